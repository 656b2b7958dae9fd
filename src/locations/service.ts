import { eq } from 'drizzle-orm'
import {
  ADMINISTRATION_CHAIN,
  chainOfLocation,
  openChain,
  recordChange,
} from '#src/audit/service.ts'
import { type Db, errnoOf, inTransaction } from '#src/database/client.ts'
import { locationBalances, locations } from '#src/database/schema/locations.ts'
import type { LocationChange, LocationInput } from '#src/locations/input.ts'
import { notFound, Rejected } from '#src/rejected.ts'
import type { System } from '#src/system.ts'
import { toDecimal } from '#src/units/litres.ts'

const DUPLICATE = 1062

type LocationRow = typeof locations.$inferSelect

/** Makes a location with its balance row and its audit chain. */
export async function createLocation(
  system: System,
  actor: { id: number } | null,
  input: LocationInput,
): Promise<LocationRow> {
  try {
    return await inTransaction(system.db, (tx) =>
      addLocation(tx, { at: system.now(), userId: actor?.id ?? null }, input),
    )
  } catch (error) {
    if (errnoOf(error) === DUPLICATE) throw duplicateCode()
    throw error
  }
}

/** The same inside a transaction of the caller's. */
export async function addLocation(
  tx: Db,
  by: { at: Date; userId: number | null },
  input: LocationInput,
): Promise<LocationRow> {
  const [result] = await tx.insert(locations).values({ ...input, createdAt: by.at })
  const locationId = result.insertId
  await tx.insert(locationBalances).values({ locationId, balance: 0n, entries: 0 })
  await openChain(tx, chainOfLocation(locationId))
  await recordChange(tx, {
    chain: ADMINISTRATION_CHAIN,
    at: by.at,
    userId: by.userId,
    action: 'location.create',
    subject: `location:${locationId}`,
    after: auditable(input),
  })
  return findLocation(tx, locationId)
}

export async function changeLocation(
  system: System,
  actor: { id: number },
  { id, change }: { id: number; change: LocationChange },
): Promise<LocationRow> {
  try {
    return await inTransaction(system.db, async (tx) => {
      const before = await findLocation(tx, id, { lock: true })
      if (Object.values(change).every((value) => value === undefined)) return before
      await tx.update(locations).set(change).where(eq(locations.id, id))
      const after = await findLocation(tx, id)
      await recordChange(tx, {
        chain: ADMINISTRATION_CHAIN,
        at: system.now(),
        userId: actor.id,
        action: 'location.change',
        subject: `location:${id}`,
        before: auditable(before),
        after: auditable(after),
      })
      return after
    })
  } catch (error) {
    if (errnoOf(error) === DUPLICATE) throw duplicateCode()
    throw error
  }
}

async function findLocation(tx: Db, id: number, { lock = false } = {}): Promise<LocationRow> {
  const query = tx.select().from(locations).where(eq(locations.id, id)).$dynamic()
  const [row] = await (lock ? query.for('update') : query)
  if (!row) throw notFound()
  return row
}

function auditable({ code, name, capacityLitres, lowStockLitres, active }: LocationInput) {
  return {
    code,
    name,
    capacityLitres: capacityLitres === null ? null : toDecimal(capacityLitres),
    lowStockLitres: lowStockLitres === null ? null : toDecimal(lowStockLitres),
    active,
  }
}

const duplicateCode = () =>
  new Rejected(409, 'Kode lokasi ini sudah dipakai.', { code: 'Kode lokasi ini sudah dipakai.' })
