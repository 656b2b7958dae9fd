import { and, asc, eq } from 'drizzle-orm'
import { changesInReach } from '#src/audit/reach.ts'
import { ADMINISTRATION_CHAIN, chainOfLocation } from '#src/audit/service.ts'
import { ORIGIN, tellsOf } from '#src/audit/subjects.ts'
import type { Actor } from '#src/auth/permissions.ts'
import type { Db } from '#src/database/client.ts'
import { auditChains, systemLogs } from '#src/database/schema/audit.ts'
import { locations } from '#src/database/schema/locations.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { users } from '#src/database/schema/users.ts'
import { type WallClock, wallClock } from '#src/units/business-day.ts'

/** One chain of the audit trail, by its head; `name` is its location's, or the administration's. */
export type ChainView = { chain: string; name: string; length: number; headHash: string }

/** A chain with its last row; null while it has none, or where it is a secret. `by` is null where nobody is named. */
export type ChainWithLast = ChainView & { last: { clock: WallClock; by: string | null } | null }

/** A row of the audit trail that tells of one entry, with its place in its chain. */
export type TrailRowView = {
  id: number
  clock: WallClock
  /** Null where nobody is named. */
  by: string | null
  action: string
  /** The name of its location's chain, or of the administration's. */
  chainName: string
  position: number
  hash: string
}

export const ADMINISTRATION_NAME = 'Administrasi'

const SHOWN = {
  id: systemLogs.id,
  at: systemLogs.recordedAt,
  by: users.name,
  action: systemLogs.action,
  chain: systemLogs.chain,
  position: systemLogs.position,
  hash: systemLogs.hash,
}

/** Whoever the trail may tell of: everybody by name, those who left and programs as well, also those that only read. */
export function readPeople(db: Db): Promise<{ id: number; name: string }[]> {
  return db
    .select({ id: users.id, name: users.name })
    .from(users)
    .orderBy(asc(users.name), asc(users.id))
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

/** The same with their last rows, as far as this person may know of them. */
export async function readChains(db: Db, actor: Actor, zone: string): Promise<ChainWithLast[]> {
  const chains = await readHeads(db)
  const lasts = await db
    .select({ chain: systemLogs.chain, at: systemLogs.recordedAt, by: users.name })
    .from(auditChains)
    .innerJoin(
      systemLogs,
      and(eq(systemLogs.chain, auditChains.chain), eq(systemLogs.position, auditChains.length)),
    )
    .leftJoin(users, eq(users.id, systemLogs.userId))
    .where(changesInReach(actor))
  const byChain = new Map(
    lasts.map(({ chain, at, by }) => [chain, { clock: wallClock(at, zone), by }]),
  )
  return chains.map((chain) => ({ ...chain, last: byChain.get(chain.chain) ?? null }))
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
    .select({ ...ORIGIN, locationName: locations.name })
    .from(entries)
    .innerJoin(locations, eq(locations.id, entries.locationId))
    .where(eq(entries.id, id))
  if (!entry) return []
  const rows = await db
    .select(SHOWN)
    .from(systemLogs)
    .leftJoin(users, eq(users.id, systemLogs.userId))
    .where(tellsOf(entry))
    .orderBy(asc(systemLogs.recordedAt), asc(systemLogs.id))
  return rows.map(({ at, chain, ...row }) => ({
    ...row,
    clock: wallClock(at, zone),
    chainName: chain === ADMINISTRATION_CHAIN ? ADMINISTRATION_NAME : entry.locationName,
  }))
}
