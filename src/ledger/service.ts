import { chainOfLocation, writesOfLink } from '#src/audit/service.ts'
import { type Actor, can, isAllowed } from '#src/auth/permissions.ts'
import type { Db } from '#src/database/client.ts'
import { sendWithCommit } from '#src/database/together.ts'
import { followChange } from '#src/ledger/derived.ts'
import { type EntryRow, entryRecord } from '#src/ledger/entry-record.ts'
import type { EntryKind, EntryType, EntryView } from '#src/ledger/entry-view.ts'
import type { EntryInput } from '#src/ledger/input.ts'
import { insertEntry } from '#src/ledger/insert.ts'
import type { LocationRow } from '#src/ledger/locked.ts'
import { findConsumerId, lockToBook, namedLocation } from '#src/ledger/lookups.ts'
import { checkOpening } from '#src/ledger/opening.ts'
import { readEntry } from '#src/ledger/queries.ts'
import { insufficientStock, timeProblem } from '#src/ledger/refusals.ts'
import { LAST_OF_MINUTE } from '#src/ledger/rules.ts'
import { foresee, type Outlook } from '#src/ledger/timeline.ts'
import { askAboutUnusual, findOverCapacity, readUsual } from '#src/ledger/unusual.ts'
import { forbidden, Rejected } from '#src/rejected.ts'
import { identify, type KnownRequest, type WriteRequest, writeOnce } from '#src/requests.ts'
import type { System } from '#src/system.ts'
import { businessDay, wallClock, wholeMinute } from '#src/units/business-day.ts'
import { toDecimal } from '#src/units/litres.ts'

/** A booked entry; `isRepeat` where this very request had been booked before. */
export type Booking = { entry: EntryView; isRepeat: boolean }

type Requested = EntryInput & {
  request: WriteRequest
  /** The person was asked about an unusual amount, and meant it. */
  confirmUnusual?: boolean | undefined
}

/** Books fuel used. Throws Rejected where the stock would fall below zero at any moment of the timeline. */
export function recordUsage(system: System, actor: Actor, input: Requested): Promise<Booking> {
  if (input.kind === 'opening') {
    throw new Rejected(422, 'Stok awal dicatat sebagai stok masuk.', {
      kind: 'Stok awal dicatat sebagai stok masuk.',
    })
  }
  return recordEntry(system, actor, { input, type: 'OUT', kind: 'usage' })
}

/** Books fuel received, or what was there when the books began (kind opening), which not everybody may. */
export function recordDelivery(system: System, actor: Actor, input: Requested): Promise<Booking> {
  if (input.kind === 'opening' && !isAllowed(can.recordOpening, actor))
    throw forbidden('Stok awal dicatat oleh supervisor atau admin.')
  return recordEntry(system, actor, { input, type: 'IN', kind: input.kind ?? 'delivery' })
}

type NewEntry = { input: Requested; type: EntryType; kind: EntryKind }

async function recordEntry(system: System, actor: Actor, entry: NewEntry): Promise<Booking> {
  const { input } = entry
  const request = identify(input.request, { actorId: actor.id, sent: sentFields(input) })
  const { result, isRepeat } = await writeOnce(system, request, {
    find: (tx, { entryId }) => readEntry(tx, system.config.timezone, entryId),
    write: (tx, look) => book(system, actor, { ...entry, request, tx, look }),
  })
  return { entry: result, isRepeat }
}

/** What makes two sendings of one key the same request, in a fixed order. */
function sentFields({ amount, occurredAt, location, notes, reference, consumer, kind }: Requested) {
  const at = occurredAt?.toISOString() ?? null
  return [toDecimal(amount), at, location ?? null, notes, reference, consumer, kind ?? null]
}

type Attempt = NewEntry & {
  request: KnownRequest
  tx: Db
  look: () => Promise<void>
}

async function book(system: System, actor: Actor, attempt: Attempt): Promise<EntryView> {
  const { tx, input, type, kind, request } = attempt
  const zone = system.config.timezone
  const code = namedLocation(actor, input.location)
  // Before the lock, where it keeps nobody waiting: what is usual does not hang on the very last entries.
  const usual = input.confirmUnusual ? null : await readUsual(tx, { code, kind })
  const from = businessDay(input.occurredAt ?? system.now(), zone)
  const location = await lockToBook(tx, { code, from }, zone)
  await attempt.look()
  const consumerId = await findConsumerId(tx, location.id, input.consumer)
  const now = system.now()
  const at = input.occurredAt ?? wholeMinute(now)
  const problem = timeProblem({ at, now, zone, isFree: isAllowed(can.backdateFreely, actor) })
  if (problem) throw new Rejected(422, problem, { occurredAt: problem })
  if (kind === 'opening') await checkOpening(tx, { locationId: location.id, at, zone })
  const added = { at, type, litres: input.amount, standing: LAST_OF_MINUTE }
  const outlook = await foresee(tx, location, { added, removed: null })
  if (outlook.breach)
    throw insufficientStock({ ...outlook, at, isChosen: input.occurredAt !== null, zone, actor })
  const overCapacity = findOverCapacity(location, outlook)
  if (usual) askAboutUnusual({ kind, litres: input.amount, overCapacity }, usual)
  const row = await insertEntry(tx, {
    type,
    kind,
    litres: input.amount,
    locationId: location.id,
    occurredAt: at,
    businessDay: businessDay(at, zone),
    recordedAt: now,
    userId: actor.id,
    notes: input.notes,
    reference: input.reference,
    consumerId,
    requestId: request.id,
    requestHash: request.hash,
    reversesId: null,
    replacesId: null,
    placeOfId: null,
    importId: null,
    overCapacity: overCapacity !== null,
  })
  const derived = await followChange(tx, location, { outlook, booked: [row], at: now })
  const entry = toView(row, { zone, location, actor, consumer: input.consumer, outlook })
  const link = writesOfLink(location.chain, {
    chain: chainOfLocation(location.id),
    at: now,
    userId: actor.id,
    action: 'entry.book',
    subject: `entry:${row.id}`,
    after: {
      ...entryRecord(row),
      location: location.code,
      consumer: input.consumer,
      balanceAfter: toDecimal(outlook.balanceAfter),
    },
  })
  sendWithCommit(tx, [...derived, ...link])
  return entry
}

/** The entry as it was just booked, without reading a day's entries again for the running balance. */
function toView(
  row: EntryRow,
  booked: {
    zone: string
    location: LocationRow
    actor: Actor
    consumer: string | null
    outlook: Outlook
  },
): EntryView {
  const { zone, location, actor, consumer, outlook } = booked
  const { id, type, kind, litres, occurredAt, recordedAt, notes, reference } = row
  return {
    id,
    type,
    kind,
    litres,
    location: location.code,
    locationName: location.name,
    occurredAt,
    occurredClock: wallClock(occurredAt, zone),
    recordedAt,
    recordedClock: wallClock(recordedAt, zone),
    userId: actor.id,
    userName: actor.name,
    notes,
    reference,
    consumer,
    reversesId: null,
    reversedById: null,
    replacesId: null,
    placeOfId: null,
    isOverCapacity: row.overCapacity,
    balanceAfter: outlook.balanceAfter,
  }
}
