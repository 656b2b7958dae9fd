import { and, asc, eq, gte, sql } from 'drizzle-orm'
import type { SelectedFields } from 'drizzle-orm/mysql-core'
import type { ChainHead } from '#src/audit/service.ts'
import type { Db } from '#src/database/client.ts'
import { prepared } from '#src/database/prepared.ts'
import { auditChains } from '#src/database/schema/audit.ts'
import { locationBalances, locationDays, locations } from '#src/database/schema/locations.ts'
import type { Day } from '#src/units/business-day.ts'
import type { Litres } from '#src/units/litres.ts'

export type LocationRow = typeof locations.$inferSelect

/**
 * A location whose rows this transaction has locked: nobody else writes to it until commit. With it goes the head of
 * its audit chain, so that a booking need not ask for it.
 */
export type LockedLocation = LocationRow & {
  zone: string
  balance: Litres
  entries: number
  lowSince: Date | null
  chain: ChainHead
  /** Its days from one on, where they came with the lock. */
  recent: { from: Day; days: LocationDay[] } | null
}

export type LocationDay = typeof locationDays.$inferSelect

/** Locks a location by its code, and its days from one on; null where there is none. */
export async function findAndLock(
  tx: Db,
  place: { code: string; from: Day },
  zone: string,
): Promise<LockedLocation | null> {
  const rows = await lockByCode(tx, place)
  const [first] = rows
  if (!first) return null
  const days = rows.flatMap(({ day }) => day ?? [])
  return { ...standingOf(first, zone), recent: { from: place.from, days } }
}

/**
 * Under the lock each statement keeps everybody else waiting, so that the days come with it. All of it is read as
 * locked rows are, as they stand once the lock is held: a subquery would tell of the moment before the wait.
 */
const lockByCode = prepared((tx) =>
  selectStanding(tx, { day: locationDays })
    .leftJoin(
      locationDays,
      and(
        eq(locationDays.locationId, locations.id),
        gte(locationDays.businessDay, sql.placeholder('from')),
      ),
    )
    .where(eq(locations.code, sql.placeholder('code')))
    .orderBy(asc(locationDays.businessDay))
    .for('update'),
)

/** Locks a location that is known to be there. */
export async function lockLocation(
  tx: Db,
  locationId: number,
  zone: string,
): Promise<LockedLocation> {
  const [row] = await selectStanding(tx, {}).where(eq(locations.id, locationId)).for('update')
  return expectFound(row, { locationId, zone })
}

/** The same for a look ahead, in a snapshot where nothing moves: nobody is kept waiting. */
export async function peekLocation(
  snapshot: Db,
  locationId: number,
  zone: string,
): Promise<LockedLocation> {
  const [row] = await selectStanding(snapshot, {}).where(eq(locations.id, locationId))
  return expectFound(row, { locationId, zone })
}

function selectStanding<More extends SelectedFields>(tx: Db, more: More) {
  const isItsChain = sql`${auditChains.chain} = concat('location:', ${locations.id})`
  return tx
    .select({
      location: locations,
      balance: locationBalances.balance,
      entries: locationBalances.entries,
      lowSince: locationBalances.lowSince,
      chain: { length: auditChains.length, headHash: auditChains.headHash },
      ...more,
    })
    .from(locations)
    .innerJoin(locationBalances, eq(locationBalances.locationId, locations.id))
    .innerJoin(auditChains, isItsChain)
    .$dynamic()
}

type Standing = { location: LocationRow } & Omit<
  LockedLocation,
  keyof LocationRow | 'zone' | 'recent'
>

function standingOf(
  { location, balance, entries, lowSince, chain }: Standing,
  zone: string,
): LockedLocation {
  return { ...location, balance, entries, lowSince, chain, zone, recent: null }
}

function expectFound(
  row: Standing | undefined,
  { locationId, zone }: { locationId: number; zone: string },
): LockedLocation {
  if (!row) throw new Error(`location ${locationId} has no balance row`)
  return standingOf(row, zone)
}
