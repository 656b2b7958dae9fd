import { eq } from 'drizzle-orm'
import { noteStockLevel, type StockLevel } from '#src/alerts/service.ts'
import {
  ADMINISTRATION_CHAIN,
  chainOfLocation,
  openChain,
  recordChange,
} from '#src/audit/service.ts'
import type { Db } from '#src/database/client.ts'
import { locationBalances, locations } from '#src/database/schema/locations.ts'
import type { LocationChange, LocationInput } from '#src/locations/input.ts'
import { notFound, Rejected } from '#src/rejected.ts'
import { answerOnce, FROM_SHELL, identify, isDuplicate, type WriteRequest } from '#src/requests.ts'
import type { System } from '#src/system.ts'
import { type Litres, toDecimal } from '#src/units/litres.ts'

type LocationRow = typeof locations.$inferSelect

/** What a location is, with litres as decimals: as the audit trail and the answer to a request keep it. */
export type LocationRecord = ReturnType<typeof recordOf>

/** Who asks, and under which key. */
type By = { actor: { id: number } | null; request?: WriteRequest }

/** `isRepeat` where this very request had made or changed the location before. */
export type LocationWritten = { location: LocationRecord; isRepeat: boolean }

/** Makes a location with its balance row and its audit chain. Throws Rejected 409 where the code is taken. */
export async function createLocation(
  system: System,
  { actor, request = FROM_SHELL }: By,
  input: LocationInput,
): Promise<LocationWritten> {
  const actorId = actor?.id ?? null
  const known = identify(request, { actorId, sent: auditable(input) })
  return refuseDuplicate(() =>
    answerOnce(system, known, async (tx, look) => {
      await look()
      return recordOf(await addLocation(tx, { at: system.now(), userId: actorId }, input))
    }),
  )
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

/** Changes a location. Throws Rejected 404 where there is none, 409 where the code is taken. */
export async function changeLocation(
  system: System,
  { actor, request = FROM_SHELL }: By,
  { id, change }: { id: number; change: LocationChange },
): Promise<LocationWritten> {
  const actorId = actor?.id ?? null
  const known = identify(request, { actorId, sent: [id, sentFields(change)] })
  return refuseDuplicate(() =>
    answerOnce(system, known, async (tx, look) => {
      const standing = await lockBalance(tx, id)
      const before = await findLocation(tx, id, { lock: true })
      await look()
      if (Object.values(change).every((value) => value === undefined)) return recordOf(before)
      await tx.update(locations).set(change).where(eq(locations.id, id))
      const after = await findLocation(tx, id)
      const at = system.now()
      await noteThreshold(tx, { ...standing, at, lowStockLitres: after.lowStockLitres })
      await recordChange(tx, {
        chain: ADMINISTRATION_CHAIN,
        at,
        userId: actorId,
        action: 'location.change',
        subject: `location:${id}`,
        before: auditable(before),
        after: auditable(after),
      })
      return recordOf(after)
    }),
  )
}

/** Before the location's own row: a booking holds the balance when its entry refers to the location. */
async function lockBalance(tx: Db, locationId: number) {
  const [row] = await tx
    .select()
    .from(locationBalances)
    .where(eq(locationBalances.locationId, locationId))
    .for('update')
  if (!row) throw notFound()
  return row
}

/** A threshold that moves may leave the stock under it, or no longer. */
async function noteThreshold(
  tx: Db,
  standing: Awaited<ReturnType<typeof lockBalance>> & Pick<StockLevel, 'at' | 'lowStockLitres'>,
): Promise<void> {
  const { locationId, lowSince: before } = standing
  const lowSince = await noteStockLevel(tx, { ...standing, hasEntries: standing.entries > 0 })
  if (lowSince === before) return
  await tx
    .update(locationBalances)
    .set({ lowSince })
    .where(eq(locationBalances.locationId, locationId))
}

function sentFields({ capacityLitres, lowStockLitres, ...rest }: LocationChange) {
  const sent = (litres: Litres | null | undefined) =>
    litres === undefined ? undefined : decimal(litres)
  return { ...rest, capacity: sent(capacityLitres), lowStock: sent(lowStockLitres) }
}

async function findLocation(tx: Db, id: number, { lock = false } = {}): Promise<LocationRow> {
  const query = tx.select().from(locations).where(eq(locations.id, id)).$dynamic()
  const [row] = await (lock ? query.for('update') : query)
  if (!row) throw notFound()
  return row
}

export const recordOf = (row: LocationInput & { id: number }) => ({ id: row.id, ...auditable(row) })

function auditable({ code, name, capacityLitres, lowStockLitres, active }: LocationInput) {
  return {
    code,
    name,
    capacityLitres: decimal(capacityLitres),
    lowStockLitres: decimal(lowStockLitres),
    active,
  }
}

const decimal = (litres: Litres | null) => (litres === null ? null : toDecimal(litres))

async function refuseDuplicate(
  write: () => Promise<{ result: LocationRecord; isRepeat: boolean }>,
): Promise<LocationWritten> {
  try {
    const { result, isRepeat } = await write()
    return { location: result, isRepeat }
  } catch (error) {
    if (!isDuplicate(error)) throw error
    throw new Rejected(409, 'Kode lokasi ini sudah dipakai.', {
      code: 'Kode lokasi ini sudah dipakai.',
    })
  }
}
