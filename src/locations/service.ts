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
import { answerOnce, type By, FROM_SHELL, identify, refuseTaken } from '#src/requests.ts'
import type { System } from '#src/system.ts'
import { formatRound, type Litres, toDecimal } from '#src/units/litres.ts'
import { checkVersion } from '#src/version.ts'

const TAKEN = {
  field: 'code',
  sentence: 'Kode ini sudah dipakai lokasi lain. Pakai kode lain.',
}

type LocationRow = typeof locations.$inferSelect

/** What a location is, with litres as decimals: as the audit trail and the answer to a request keep it. */
export type LocationRecord = ReturnType<typeof recordOf>

/** `isRepeat` where this very request had made or changed the location before. */
export type LocationWritten = { location: LocationRecord; isRepeat: boolean }

/**
 * Makes a location with its balance row and its audit chain. Throws Rejected 409 where the code is taken, and 422 for a
 * threshold above the capacity.
 */
export async function createLocation(
  system: System,
  { actor, request = FROM_SHELL }: By,
  input: LocationInput,
): Promise<LocationWritten> {
  const actorId = actor?.id ?? null
  const known = identify(request, { actorId, sent: auditable(input) })
  const write = () =>
    answerOnce(system, known, async (tx, look) => {
      await look()
      checkLimits(input)
      return recordOf(await addLocation(tx, { at: system.now(), userId: actorId }, input))
    })
  const { result, isRepeat } = await refuseTaken(write, TAKEN)
  return { location: result, isRepeat }
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

/**
 * Changes a location. `version` is that of the location as a form showed it. Throws Rejected 404 where there is none,
 * 409 where the code is taken or the location has changed meanwhile, and 422 for a threshold above the capacity.
 */
export async function changeLocation(
  system: System,
  { actor, request = FROM_SHELL }: By,
  { id, change, version }: { id: number; change: LocationChange; version?: string | undefined },
): Promise<LocationWritten> {
  const actorId = actor?.id ?? null
  const seen = version === undefined ? [] : [version]
  const known = identify(request, { actorId, sent: [id, sentFields(change), ...seen] })
  const write = () =>
    answerOnce(system, known, async (tx, look) => {
      const standing = await lockBalance(tx, id)
      const before = await findLocation(tx, id, { lock: true })
      await look()
      checkVersion(recordOf(before), version)
      if (Object.values(change).every((value) => value === undefined)) return recordOf(before)
      await tx.update(locations).set(change).where(eq(locations.id, id))
      const after = await findLocation(tx, id)
      if (JSON.stringify(recordOf(after)) === JSON.stringify(recordOf(before)))
        return recordOf(before)
      checkLimits(after)
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
    })
  const { result, isRepeat } = await refuseTaken(write, TAKEN)
  return { location: result, isRepeat }
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

/** A threshold that no stock can reach would be an alert for ever. */
function checkLimits({
  capacityLitres,
  lowStockLitres,
}: Pick<LocationRow, 'capacityLitres' | 'lowStockLitres'>): void {
  if (capacityLitres === null || lowStockLitres === null || lowStockLitres <= capacityLitres) return
  const sentence = `Batas ini melebihi kapasitas (${formatRound(capacityLitres)} liter), jadi stok akan selalu menipis. Isi yang lebih kecil.`
  throw new Rejected(422, sentence, { lowStockThreshold: sentence })
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
