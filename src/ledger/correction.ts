import { eq } from 'drizzle-orm'
import { chainOfLocation, writesOfLink } from '#src/audit/service.ts'
import type { Actor } from '#src/auth/permissions.ts'
import type { Db } from '#src/database/client.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { sendTogether } from '#src/database/together.ts'
import { inSnapshot } from '#src/database/transaction.ts'
import {
  type Correctable,
  checkCorrectable,
  loadCorrectable,
  type Replacement,
  replacementOf,
} from '#src/ledger/correctable.ts'
import type { CorrectionInput } from '#src/ledger/correction-input.ts'
import { followChange } from '#src/ledger/derived.ts'
import { type EntryRow, entryRecord } from '#src/ledger/entry-record.ts'
import type { EntryView } from '#src/ledger/entry-view.ts'
import { insertEntry } from '#src/ledger/insert.ts'
import { type LockedLocation, lockLocation, peekLocation } from '#src/ledger/locked.ts'
import { readEntries, readEntry } from '#src/ledger/queries.ts'
import { brokenByCorrection } from '#src/ledger/refusals.ts'
import { LAST_OF_MINUTE } from '#src/ledger/rules.ts'
import { foresee, type Outlook } from '#src/ledger/timeline.ts'
import {
  askAboutUnusual,
  findOverCapacity,
  type Questioned,
  readUsual,
} from '#src/ledger/unusual.ts'
import { identify, type KnownRequest, type WriteRequest, writeOnce } from '#src/requests.ts'
import type { System } from '#src/system.ts'
import { businessDay } from '#src/units/business-day.ts'
import { toDecimal } from '#src/units/litres.ts'

/** What a correction booked. */
export type Correction = { reversal: EntryView; replacement: EntryView | null }

type Requested = CorrectionInput & {
  request: WriteRequest
  /** The person was asked about an unusual amount, and meant it. */
  confirmUnusual?: boolean | undefined
}

/**
 * Books the opposite of an entry and, where asked, the right figure at once, judged on the net of both.
 * Throws Rejected: 404 where the person may not see the entry, 403 where they may not correct it, 409 where it was
 * corrected before, 422 where the stock would fall below zero at any moment.
 */
export async function correctEntry(
  system: System,
  actor: Actor,
  input: Requested,
): Promise<Correction & { isRepeat: boolean }> {
  const zone = system.config.timezone
  const request = identify(input.request, { actorId: actor.id, sent: sentFields(input) })
  const { result, isRepeat } = await writeOnce(system, request, {
    find: (tx, { entryId }) => readCorrection(tx, zone, entryId),
    write: async (tx, look) => {
      const { location } = await loadCorrectable(tx, actor, input.entryId)
      const locked = await lockLocation(tx, location.id, zone)
      await look()
      const plan = await planCorrection(system, actor, { tx, locked, input })
      if (!input.confirmUnusual) askAboutUnusual(plan.doubts, await readUsual(tx, plan.doubts))
      const id = await book(tx, plan, { system, actor, locked, request, reason: input.reason })
      return readCorrection(tx, zone, id)
    },
  })
  return { ...result, isRepeat }
}

/** What a correction would do to the books. Throws what `correctEntry` would, but asks about nothing. */
export async function foreseeCorrection(
  system: System,
  actor: Actor,
  input: CorrectionInput,
): Promise<{ original: EntryView; replacement: Replacement | null; outlook: Outlook }> {
  const zone = system.config.timezone
  return inSnapshot(system.db, async (tx) => {
    const { location } = await loadCorrectable(tx, actor, input.entryId)
    const locked = await peekLocation(tx, location.id, zone)
    const { replacement, outlook } = await planCorrection(system, actor, { tx, locked, input })
    return { original: await readEntry(tx, zone, input.entryId), replacement, outlook }
  })
}

function sentFields({ entryId, reason, replacement }: CorrectionInput) {
  if (replacement === null) return [entryId, reason, null]
  const { amount, occurredAt, notes, reference, consumer } = replacement
  const at = occurredAt?.toISOString()
  // What was left out says "as it was", and is another request than null.
  return [entryId, reason, { amount: toDecimal(amount), at, notes, reference, consumer }]
}

type Plan = {
  original: Correctable
  replacement: Replacement | null
  outlook: Outlook
  doubts: Questioned & { code: string; replacesId: number }
}

async function planCorrection(
  system: System,
  actor: Actor,
  { tx, locked, input }: { tx: Db; locked: LockedLocation; input: CorrectionInput },
): Promise<Plan> {
  const { zone } = locked
  const original = await loadCorrectable(tx, actor, input.entryId)
  checkCorrectable(original, actor, system.now())
  const { entry, location } = original
  const replacement = input.replacement
    ? await replacementOf(original, input.replacement, { tx, actor, now: system.now(), zone })
    : null
  const outlook = await foresee(tx, locked, {
    removed: placed(entry, entry.placeOfId ?? entry.id),
    added: replacement && placed(replacement, replacement.placeOfId ?? LAST_OF_MINUTE),
  })
  if (outlook.breach)
    throw brokenByCorrection(outlook.breach, { zone, hasReplacement: replacement !== null })
  const doubts = {
    code: location.code,
    // Taking an entry back is no amount that could be unusual; it may still fill the tank.
    kind: replacement ? entry.kind : 'reversal',
    litres: replacement?.litres ?? entry.litres,
    overCapacity: findOverCapacity(location, outlook),
    replacesId: entry.id,
  } as const
  return { original, replacement, outlook, doubts }
}

const placed = (
  { type, litres, occurredAt }: Pick<EntryRow, 'type' | 'litres' | 'occurredAt'>,
  standing: number,
) => ({ type, litres, at: occurredAt, standing })

type Booked = {
  system: System
  actor: Actor
  locked: LockedLocation
  request: KnownRequest
  reason: string
}

/** Appends the rows, and answers the number of the reversal. */
async function book(
  tx: Db,
  { original, replacement, outlook, doubts }: Plan,
  { system, actor, locked, request, reason }: Booked,
): Promise<number> {
  const { entry } = original
  const isOverCapacity = doubts.overCapacity !== null
  const now = system.now()
  const common = {
    ...entry,
    recordedAt: now,
    userId: actor.id,
    importId: null,
    overCapacity: false,
    placeOfId: null,
    replacesId: null,
    requestId: null,
    requestHash: null,
  }
  const reversal = await insertEntry(tx, {
    ...common,
    type: entry.type === 'IN' ? 'OUT' : 'IN',
    kind: 'reversal',
    notes: reason,
    reference: null,
    requestId: request.id,
    requestHash: request.hash,
    reversesId: entry.id,
    overCapacity: isOverCapacity && replacement === null,
  })
  const replaced =
    replacement &&
    (await insertEntry(tx, {
      ...common,
      ...replacement,
      businessDay: businessDay(replacement.occurredAt, locked.zone),
      replacesId: entry.id,
      overCapacity: isOverCapacity,
    }))
  const booked = [reversal, ...(replaced ? [replaced] : [])]
  const derived = await followChange(tx, locked, { outlook, booked, at: now })
  const link = writesOfLink(locked.chain, {
    chain: chainOfLocation(locked.id),
    at: now,
    userId: actor.id,
    action: 'entry.correct',
    subject: `entry:${entry.id}`,
    before: entryRecord(entry),
    after: {
      reason,
      reversal: entryRecord(reversal),
      replacement: replaced && entryRecord(replaced),
    },
  })
  await sendTogether(tx, [...derived, ...link])
  return reversal.id
}

/** The pair that stands in the books under this reversal. */
async function readCorrection(
  tx: Db,
  zone: string,
  reversalId: number | null,
): Promise<Correction> {
  const reversal = await readEntry(tx, zone, reversalId)
  const [replacement] = await tx
    .select({ id: entries.id })
    .from(entries)
    .where(eq(entries.replacesId, reversal.reversesId ?? 0))
  const [replaced] = await readEntries(tx, zone, replacement ? [replacement.id] : [])
  return { reversal, replacement: replaced ?? null }
}
