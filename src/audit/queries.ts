import { and, asc, desc, eq, inArray, or, sql } from 'drizzle-orm'
import { ADMINISTRATION_CHAIN, chainOfLocation } from '#src/audit/service.ts'
import type { Db } from '#src/database/client.ts'
import { auditChains, systemLogs } from '#src/database/schema/audit.ts'
import { locations } from '#src/database/schema/locations.ts'
import { entries, imports } from '#src/database/schema/transactions.ts'
import { users } from '#src/database/schema/users.ts'
import { type WallClock, wallClock } from '#src/units/business-day.ts'

/** One chain of the audit trail, by its head; `name` is its location's, or the administration's. */
export type ChainView = { chain: string; name: string; length: number; headHash: string }

/** A chain with its last row; null while it has none. */
export type ChainWithLast = ChainView & { last: { clock: WallClock; by: string } | null }

/** A row of the audit trail. */
export type ChangeView = {
  id: number
  clock: WallClock
  by: string
  /** As it is stored: "entry.book". */
  action: string
  /** What was changed, in words; an entry by its number. */
  subject: { entryId: number } | { words: string }
}

/** A row of the audit trail that tells of one entry, with its place in its chain. */
export type TrailRowView = {
  id: number
  clock: WallClock
  by: string
  action: string
  /** The name of its location's chain, or of the administration's. */
  chainName: string
  position: number
  hash: string
}

/** Who changed something where nobody is named: the first start, or a person at the shell. */
const NOBODY = 'Sistem'
const ADMINISTRATION_NAME = 'Administrasi'

const SHOWN = {
  id: systemLogs.id,
  at: systemLogs.recordedAt,
  by: users.name,
  action: systemLogs.action,
  chain: systemLogs.chain,
  position: systemLogs.position,
  hash: systemLogs.hash,
}

/** Every chain: the administration's first, then those of the locations by their code. */
export async function readHeads(db: Db): Promise<ChainView[]> {
  const heads = await db.select().from(auditChains)
  const places = await db
    .select({ id: locations.id, name: locations.name })
    .from(locations)
    .orderBy(asc(locations.code))
  const names = new Map([
    [ADMINISTRATION_CHAIN, ADMINISTRATION_NAME],
    ...places.map(({ id, name }) => [chainOfLocation(id), name] as const),
  ])
  const order = [...names.keys()]
  return heads
    .map((head) => ({ ...head, name: names.get(head.chain) ?? head.chain }))
    .sort((a, b) => order.indexOf(a.chain) - order.indexOf(b.chain))
}

export async function readChains(db: Db, zone: string): Promise<ChainWithLast[]> {
  const chains = await readHeads(db)
  const lasts = await db
    .select({ chain: systemLogs.chain, at: systemLogs.recordedAt, by: users.name })
    .from(auditChains)
    .innerJoin(
      systemLogs,
      and(eq(systemLogs.chain, auditChains.chain), eq(systemLogs.position, auditChains.length)),
    )
    .leftJoin(users, eq(users.id, systemLogs.userId))
  const byChain = new Map(
    lasts.map(({ chain, at, by }) => [chain, { clock: wallClock(at, zone), by: by ?? NOBODY }]),
  )
  return chains.map((chain) => ({ ...chain, last: byChain.get(chain.chain) ?? null }))
}

/** The newest changes, the last one first. */
export async function readLatestChanges(
  db: Db,
  { limit, zone }: { limit: number; zone: string },
): Promise<ChangeView[]> {
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
    .orderBy(desc(systemLogs.id))
    .limit(limit)
  const words = await nameSubjects(
    db,
    rows.map(({ subject }) => subject),
  )
  return rows.map(({ id, at, by, action, subject }) => ({
    id,
    clock: wallClock(at, zone),
    by: by ?? NOBODY,
    action,
    subject: subject.startsWith('entry:')
      ? { entryId: Number(subject.slice('entry:'.length)) }
      : { words: words.get(subject) ?? subject },
  }))
}

/**
 * What the audit trail says of an entry, the oldest first: its booking or the file that brought it in, the correction
 * that made it, and the one that took it out. Says nothing of who may see the entry.
 */
export async function readEntryTrail(
  db: Db,
  { id, zone }: { id: number; zone: string },
): Promise<TrailRowView[]> {
  const [entry] = await db
    .select({
      importId: entries.importId,
      originalId: sql<number | null>`coalesce(${entries.reversesId}, ${entries.replacesId})`,
      locationName: locations.name,
    })
    .from(entries)
    .innerJoin(locations, eq(locations.id, entries.locationId))
    .where(eq(entries.id, id))
  if (!entry) return []
  const { importId, originalId, locationName } = entry
  const isOf = (subject: string) => eq(systemLogs.subject, subject)
  const isCorrection = eq(systemLogs.action, 'entry.correct')
  const rows = await db
    .select(SHOWN)
    .from(systemLogs)
    .leftJoin(users, eq(users.id, systemLogs.userId))
    .where(
      or(
        isOf(`entry:${id}`),
        originalId === null ? undefined : and(isOf(`entry:${originalId}`), isCorrection),
        importId === null ? undefined : isOf(`import:${importId}`),
      ),
    )
    .orderBy(asc(systemLogs.recordedAt), asc(systemLogs.id))
  return rows.map(({ at, by, chain, ...row }) => ({
    ...row,
    clock: wallClock(at, zone),
    by: by ?? NOBODY,
    chainName: chain === ADMINISTRATION_CHAIN ? ADMINISTRATION_NAME : locationName,
  }))
}

/** "user:7" and the like by the names that people know them by today. */
async function nameSubjects(db: Db, subjects: string[]): Promise<Map<string, string>> {
  const ids = (noun: string): number[] =>
    subjects.flatMap((subject) =>
      subject.startsWith(`${noun}:`) ? [Number(subject.slice(noun.length + 1))] : [],
    )
  const people = await db
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(inArray(users.id, [0, ...ids('user')]))
  const places = await db
    .select({ id: locations.id, name: locations.name })
    .from(locations)
    .where(inArray(locations.id, [0, ...ids('location')]))
  const files = await db
    .select({ id: imports.id, name: imports.fileName })
    .from(imports)
    .where(inArray(imports.id, [0, ...ids('import')]))
  return new Map([
    ...people.map(({ id, name }) => [`user:${id}`, name] as const),
    ...places.map(({ id, name }) => [`location:${id}`, name] as const),
    ...files.map(({ id, name }) => [`import:${id}`, name] as const),
  ])
}
