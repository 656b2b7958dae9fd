import { eq, type SQL, sql } from 'drizzle-orm'
import type { ChainHead } from '#src/audit/service.ts'
import type { Db } from '#src/database/client.ts'
import { prepared } from '#src/database/prepared.ts'
import { auditChains } from '#src/database/schema/audit.ts'
import { locationBalances, locations } from '#src/database/schema/locations.ts'
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
}

/** Locks a location by its number or code; null where there is none. */
export async function findAndLock(
  tx: Db,
  place: { id: number; code?: never } | { code: string; id?: never },
  zone: string,
): Promise<LockedLocation | null> {
  const { id, code } = place
  const [row] = id === undefined ? await lockByCode(tx, { code }) : await lockById(tx, { id })
  return row ? standingOf(row, zone) : null
}

const lockById = prepared((tx) =>
  selectStanding(tx, eq(locations.id, sql.placeholder('id'))).for('update'),
)
const lockByCode = prepared((tx) =>
  selectStanding(tx, eq(locations.code, sql.placeholder('code'))).for('update'),
)

/** The same where it is known to be there. */
export async function lockLocation(
  tx: Db,
  locationId: number,
  zone: string,
): Promise<LockedLocation> {
  return expectFound(await findAndLock(tx, { id: locationId }, zone), locationId)
}

/** The same for a look ahead, in a snapshot where nothing moves: nobody is kept waiting. */
export async function peekLocation(
  snapshot: Db,
  locationId: number,
  zone: string,
): Promise<LockedLocation> {
  const [row] = await selectStanding(snapshot, eq(locations.id, locationId))
  return expectFound(row ? standingOf(row, zone) : null, locationId)
}

function selectStanding(tx: Db, condition: SQL) {
  const isItsChain = sql`${auditChains.chain} = concat('location:', ${locations.id})`
  return tx
    .select({
      location: locations,
      balance: locationBalances.balance,
      entries: locationBalances.entries,
      lowSince: locationBalances.lowSince,
      chain: { length: auditChains.length, headHash: auditChains.headHash },
    })
    .from(locations)
    .innerJoin(locationBalances, eq(locationBalances.locationId, locations.id))
    .innerJoin(auditChains, isItsChain)
    .where(condition)
    .$dynamic()
}

type Standing = Awaited<ReturnType<typeof selectStanding>>[number]

const standingOf = ({ location, ...row }: Standing, zone: string): LockedLocation => ({
  ...location,
  ...row,
  zone,
})

function expectFound(location: LockedLocation | null, id: number): LockedLocation {
  if (!location) throw new Error(`location ${id} has no balance row`)
  return location
}
