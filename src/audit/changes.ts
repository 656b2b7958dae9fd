import { and, eq, inArray, isNull, type SQL } from 'drizzle-orm'
import { type Comparison, compareStates } from '#src/audit/compare.ts'
import type { ChangeFilter } from '#src/audit/input.ts'
import { ADMINISTRATION_NAME } from '#src/audit/queries.ts'
import { changesInReach } from '#src/audit/reach.ts'
import { GENESIS_HASH, hashLink } from '#src/audit/service.ts'
import { askForThing, nameSubjects, type SubjectView } from '#src/audit/subjects.ts'
import { findPage, inOrderOf, type Place, type TrailPage } from '#src/audit/walk.ts'
import { type Asked, chooseWay, writtenIn } from '#src/audit/ways.ts'
import type { Actor } from '#src/auth/permissions.ts'
import type { Db } from '#src/database/client.ts'
import { systemLogs } from '#src/database/schema/audit.ts'
import { users } from '#src/database/schema/users.ts'
import { type WallClock, wallClock } from '#src/units/business-day.ts'

/** A row of the audit trail. */
export type ChangeView = {
  id: number
  clock: WallClock
  /** Null where nobody is named: the first start, or a person at the shell. */
  by: string | null
  /** As it is stored: "entry.book". */
  action: string
  subject: SubjectView
}

/** A change as it is opened: field by field, and its place in its chain. */
export type ChangeDetail = ChangeView & {
  comparison: Comparison
  /** Names of the people, places and gensets that its fields give by number: "user:7". */
  names: Record<string, string>
  /** Of its location's chain, or of the administration's. */
  chainName: string
  position: number
  hash: string
  previousHash: string
  /** Whether its hash is that of what is stored. */
  isIntact: boolean
  /** Whether it names the hash of the row before it in its chain. */
  isLinked: boolean
}

type Found = Omit<TrailPage, 'ids'> & { changes: ChangeView[] }

/** A page of the changes that this person may know of, the newest first. */
export async function readChanges(
  db: Db,
  actor: Actor,
  { filter, limit, zone }: { filter: ChangeFilter; limit: number; zone: string },
): Promise<Found> {
  const { before, after } = filter
  const way = await chooseWay(db, systemLogs, {
    asked: await askedOf(db, filter),
    period: writtenIn(systemLogs, filter, zone),
    timeIndex: 'system_logs_time',
    others: changesInReach(actor),
  })
  const place: Place = { before, after, limit }
  const { ids, ...page } = await findPage(db, way, { place, zone })
  const rows = ids.length === 0 ? [] : await readViews(db, inArray(systemLogs.id, ids), zone)
  return { ...page, changes: inOrderOf(ids, rows) }
}

async function askedOf(db: Db, { user, action, chain, thing, number }: ChangeFilter) {
  const asked: Asked[] = []
  if (thing !== undefined) asked.push(await askForThing(db, { thing, number }))
  if (user !== undefined)
    asked.push({ condition: isBy(user), index: 'system_logs_user', order: 'number' })
  if (action !== undefined) {
    const condition = eq(systemLogs.action, action)
    asked.push({ condition, index: 'system_logs_action', order: 'number' })
  }
  if (chain !== undefined) {
    const condition = eq(systemLogs.chain, chain)
    asked.push({ condition, index: 'system_logs_chain_position_unique', order: 'position' })
  }
  return asked
}

const isBy = (user: number | null): SQL =>
  user === null ? isNull(systemLogs.userId) : eq(systemLogs.userId, user)

/** One change, or null where there is none that this person may know of. */
export async function findChange(
  db: Db,
  actor: Actor,
  { id, zone }: { id: number; zone: string },
): Promise<ChangeDetail | null> {
  const [change] = await readViews(db, and(eq(systemLogs.id, id), changesInReach(actor)), zone)
  const [row] = change ? await db.select().from(systemLogs).where(eq(systemLogs.id, id)) : []
  if (!change || !row) return null
  const { chain, position, hash, previousHash } = row
  const comparison = compareStates(row)
  return {
    ...change,
    comparison,
    names: await readNamesIn(db, comparison),
    chainName: (await nameSubjects(db, [chain]))(chain).name ?? ADMINISTRATION_NAME,
    position,
    hash,
    previousHash,
    isIntact: hashLink(row) === hash,
    isLinked: previousHash === (await readHashBefore(db, row)),
  }
}

/** Null where the row before it is gone. */
async function readHashBefore(
  db: Db,
  { chain, position }: { chain: string; position: number },
): Promise<string | null> {
  if (position === 1) return GENESIS_HASH
  const [before] = await db
    .select({ hash: systemLogs.hash })
    .from(systemLogs)
    .where(and(eq(systemLogs.chain, chain), eq(systemLogs.position, position - 1)))
  return before?.hash ?? null
}

const NAMED: Record<string, string> = {
  userId: 'user',
  locationId: 'location',
  consumerId: 'consumer',
  importId: 'import',
}

async function readNamesIn(db: Db, { fields }: Comparison): Promise<Record<string, string>> {
  const subjects = fields.flatMap(({ path, before, after }) => {
    const noun = NAMED[path]
    return noun === undefined ? [] : [before, after].flatMap((id) => (id ? `${noun}:${id}` : []))
  })
  const nameOf = await nameSubjects(db, subjects)
  return Object.fromEntries(
    subjects.flatMap((subject) => {
      const { name } = nameOf(subject)
      return name === null ? [] : [[subject, name]]
    }),
  )
}

async function readViews(db: Db, condition: SQL | undefined, zone: string): Promise<ChangeView[]> {
  const rows = await db
    .select({
      id: systemLogs.id,
      at: systemLogs.recordedAt,
      by: users.name,
      action: systemLogs.action,
      subject: systemLogs.subject,
    })
    .from(systemLogs)
    .leftJoin(users, eq(users.id, systemLogs.userId))
    .where(condition)
  const nameOf = await nameSubjects(
    db,
    rows.map(({ subject }) => subject),
  )
  return rows.map(({ at, subject, ...row }) => ({
    ...row,
    clock: wallClock(at, zone),
    subject: nameOf(subject),
  }))
}
