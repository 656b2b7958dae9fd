import { and, eq } from 'drizzle-orm'
import { chainOfLocation, recordChange } from '#src/audit/service.ts'
import { type Actor, can, isAllowed, mayReach } from '#src/auth/permissions.ts'
import { type Db, errnoOf, inTransaction } from '#src/database/client.ts'
import { consumers, locations } from '#src/database/schema/locations.ts'
import { entries } from '#src/database/schema/transactions.ts'
import type { EntryKind, EntryType, EntryView } from '#src/ledger/entry-view.ts'
import type { EntryInput } from '#src/ledger/input.ts'
import { checkOpening } from '#src/ledger/opening.ts'
import { insufficientStock, timeProblem } from '#src/ledger/refusals.ts'
import { type EntryRequest, findRepeated, hashRequest } from '#src/ledger/requests.ts'
import { applyMove, foresee, lockLocation } from '#src/ledger/timeline.ts'
import { forbidden, Rejected } from '#src/rejected.ts'
import type { System } from '#src/system.ts'
import { wallClock, wholeMinute } from '#src/units/business-day.ts'
import { toDecimal } from '#src/units/litres.ts'

/** A booked entry; `isRepeat` where this very request had been booked before. */
export type Booking = { entry: EntryView; isRepeat: boolean }

const DUPLICATE = 1062

/** Books fuel used. Throws Rejected where the stock would fall below zero at any moment of the timeline. */
export function recordUsage(
  system: System,
  actor: Actor,
  input: EntryInput & { request: EntryRequest },
): Promise<Booking> {
  if (input.kind === 'opening') {
    throw new Rejected(422, 'Stok awal dicatat sebagai stok masuk.', {
      kind: 'Stok awal dicatat sebagai stok masuk.',
    })
  }
  return recordEntry(system, actor, { ...input, type: 'OUT', kind: 'usage' })
}

/** Books fuel received, or what was there when the books began (kind opening). */
export function recordDelivery(
  system: System,
  actor: Actor,
  input: EntryInput & { request: EntryRequest },
): Promise<Booking> {
  return recordEntry(system, actor, { ...input, type: 'IN', kind: input.kind ?? 'delivery' })
}

type NewEntry = Omit<EntryInput, 'kind'> & {
  type: EntryType
  kind: EntryKind
  request: EntryRequest
}

async function recordEntry(system: System, actor: Actor, input: NewEntry): Promise<Booking> {
  const book = () => inTransaction(system.db, (tx) => bookOnce(system, tx, actor, input))
  try {
    return await book()
  } catch (error) {
    // The same key was booked at another location between the look-up and the insert: now it will be found.
    if (errnoOf(error) === DUPLICATE && input.request.id !== null) return book()
    throw error
  }
}

/** A repeat is answered before any other check; it is looked for again under the lock, where nobody can be quicker. */
async function bookOnce(system: System, tx: Db, actor: Actor, input: NewEntry): Promise<Booking> {
  const zone = system.config.timezone
  const repeated = await findRepeated(tx, zone, actor, input)
  if (repeated) return { entry: repeated, isRepeat: true }
  const location = await loadLocation(tx, actor, input.location)
  const consumerId = await findConsumerId(tx, location.id, input.consumer)
  const locked = await lockLocation(tx, location.id, zone)
  const repeatedMeanwhile = await findRepeated(tx, zone, actor, input)
  if (repeatedMeanwhile) return { entry: repeatedMeanwhile, isRepeat: true }
  const now = system.now()
  const at = input.occurredAt ?? wholeMinute(now)
  const problem = timeProblem({ at, now, zone, isFree: isAllowed(can.backdateFreely, actor) })
  if (problem) throw new Rejected(422, problem, { occurredAt: problem })
  if (input.kind === 'opening') await checkOpening(tx, { locationId: location.id, at, zone })
  const move = { at, type: input.type, litres: input.amount }
  const outlook = await foresee(tx, locked, move)
  if (outlook.breach)
    throw insufficientStock({ ...outlook, at, isChosen: input.occurredAt !== null, zone, actor })
  const { capacityLitres } = location
  const [result] = await tx.insert(entries).values({
    type: input.type,
    kind: input.kind,
    litres: input.amount,
    locationId: location.id,
    occurredAt: at,
    businessDay: outlook.day,
    recordedAt: now,
    userId: actor.id,
    notes: input.notes,
    reference: input.reference,
    consumerId,
    requestId: input.request.id,
    requestHash: hashRequest(actor, input),
    overCapacity:
      input.type === 'IN' && capacityLitres !== null && outlook.balanceAfter > capacityLitres,
  })
  await applyMove(tx, locked, move, outlook)
  const entry = describeEntry({
    system,
    actor,
    input,
    id: result.insertId,
    at,
    now,
    location,
    outlook,
  })
  await recordChange(tx, {
    chain: chainOfLocation(location.id),
    at: now,
    userId: actor.id,
    action: 'entry.book',
    subject: `entry:${entry.id}`,
    after: auditable(entry),
  })
  return { entry, isRepeat: false }
}

type LocationRow = typeof locations.$inferSelect

/** The location a person named, or a clerk's own. */
async function loadLocation(tx: Db, actor: Actor, named: string | undefined): Promise<LocationRow> {
  const code = named ?? actor.location?.code
  if (code === undefined) throw new Rejected(422, 'Pilih lokasi.', { location: 'Pilih lokasi.' })
  if (!mayReach(actor, code)) throw forbidden('Anda hanya bekerja di lokasi Anda sendiri.')
  const [location] = await tx.select().from(locations).where(eq(locations.code, code))
  if (!location)
    throw new Rejected(422, 'Lokasi tidak dikenal.', { location: 'Lokasi tidak dikenal.' })
  if (location.active) return location
  throw new Rejected(422, 'Lokasi ini sudah nonaktif.', { location: 'Lokasi ini sudah nonaktif.' })
}

async function findConsumerId(
  tx: Db,
  locationId: number,
  name: string | null,
): Promise<number | null> {
  if (name === null) return null
  const [consumer] = await tx
    .select({ id: consumers.id, name: consumers.name })
    .from(consumers)
    .where(
      and(
        eq(consumers.locationId, locationId),
        eq(consumers.name, name),
        eq(consumers.active, true),
      ),
    )
  // The database takes "genset 1" for "Genset 1"; the entry would then be answered with a name that nobody has.
  if (consumer?.name === name) return consumer.id
  throw new Rejected(422, 'Pilih dari daftar lokasi ini.', {
    consumer: 'Pilih dari daftar lokasi ini.',
  })
}

/** The entry as it was just booked, without reading a day's entries again for the running balance. */
function describeEntry(booked: {
  system: System
  actor: Actor
  input: NewEntry
  id: number
  at: Date
  now: Date
  location: LocationRow
  outlook: Awaited<ReturnType<typeof foresee>>
}): EntryView {
  const { system, actor, input, id, at, now, location, outlook } = booked
  const zone = system.config.timezone
  const { capacityLitres } = location
  return {
    id,
    type: input.type,
    kind: input.kind,
    litres: input.amount,
    location: location.code,
    locationName: location.name,
    occurredAt: at,
    occurredClock: wallClock(at, zone),
    recordedAt: now,
    recordedClock: wallClock(now, zone),
    userName: actor.name,
    notes: input.notes,
    reference: input.reference,
    consumer: input.consumer,
    reversesId: null,
    reversedById: null,
    replacesId: null,
    isOverCapacity:
      input.type === 'IN' && capacityLitres !== null && outlook.balanceAfter > capacityLitres,
    balanceAfter: outlook.balanceAfter,
  }
}

function auditable({
  litres,
  balanceAfter,
  locationName: _,
  occurredClock: __,
  recordedClock: ___,
  ...entry
}: EntryView) {
  return { ...entry, litres: toDecimal(litres), balanceAfter: toDecimal(balanceAfter) }
}
