import { eq } from 'drizzle-orm'
import { type Actor, can, isAllowed, mayReach } from '#src/auth/permissions.ts'
import type { Db } from '#src/database/client.ts'
import { consumers, locations } from '#src/database/schema/locations.ts'
import { entries } from '#src/database/schema/transactions.ts'
import type { ReplacementInput } from '#src/ledger/correction-input.ts'
import type { EntryRow } from '#src/ledger/entry-record.ts'
import type { LocationRow } from '#src/ledger/locked.ts'
import { findConsumerId } from '#src/ledger/lookups.ts'
import { checkOpening } from '#src/ledger/opening.ts'
import { timeProblem } from '#src/ledger/refusals.ts'
import { reversal } from '#src/ledger/reversal.ts'
import { forbidden, notFound, Rejected } from '#src/rejected.ts'

/** For this long after booking a clerk may correct an entry of their own. */
const CLERK_MILLISECONDS = 24 * 60 * 60 * 1000

/** An entry that somebody wants to correct, as it stands in the books. */
export type Correctable = {
  entry: EntryRow
  location: LocationRow
  consumer: string | null
  reversedById: number | null
}

/** What takes the place of an entry. */
export type Replacement = Pick<
  EntryRow,
  'litres' | 'occurredAt' | 'notes' | 'reference' | 'consumerId' | 'placeOfId' | 'type'
>

/** Throws Rejected 404 where the person may not see the entry, whether it exists or not. */
export async function loadCorrectable(tx: Db, actor: Actor, id: number): Promise<Correctable> {
  const [found] = await tx
    .select({
      entry: entries,
      location: locations,
      consumer: consumers.name,
      reversedById: reversal.id,
    })
    .from(entries)
    .innerJoin(locations, eq(locations.id, entries.locationId))
    .leftJoin(consumers, eq(consumers.id, entries.consumerId))
    .leftJoin(reversal, eq(reversal.reversesId, entries.id))
    .where(eq(entries.id, id))
  if (!found || !mayReach(actor, found.location.code)) throw notFound()
  return found
}

type Asked = Pick<EntryRow, 'kind' | 'userId' | 'recordedAt'>

/** Whether this person may correct an entry: bookkeepers any, a clerk their own within 24 hours of booking it. */
export function mayCorrect(actor: Actor, { userId, recordedAt }: Asked, now: Date): boolean {
  if (isAllowed(can.correctAnyEntry, actor)) return true
  const isOwn = userId === actor.id
  return isOwn && now.getTime() - recordedAt.getTime() <= CLERK_MILLISECONDS
}

/** Throws Rejected 403, 409 or 422 where the entry cannot be corrected, or not by this person. */
export function checkCorrectable(
  { entry, reversedById }: Correctable,
  actor: Actor,
  now: Date,
): void {
  if (!mayCorrect(actor, entry, now)) {
    throw forbidden(
      'Anda hanya dapat memperbaiki catatan Anda sendiri, paling lambat 24 jam sesudah dicatat. Minta supervisor memperbaikinya.',
    )
  }
  if (entry.kind === 'reversal') {
    const sentence =
      'Perbaikan tidak bisa diperbaiki. Perbaiki catatan penggantinya, atau catat lagi yang benar.'
    throw new Rejected(422, sentence, { entryId: sentence })
  }
  if (reversedById !== null) {
    const sentence = `Catatan ini sudah diperbaiki (catatan nomor ${reversedById}). Muat ulang riwayat.`
    throw new Rejected(409, sentence, { entryId: sentence })
  }
}

/** The entry with what is asked for put in place. A time that stays keeps its place within the minute too. */
export async function replacementOf(
  { entry, location, consumer }: Correctable,
  asked: ReplacementInput,
  { tx, actor, now, zone }: { tx: Db; actor: Actor; now: Date; zone: string },
): Promise<Replacement> {
  const occurredAt = asked.occurredAt ?? entry.occurredAt
  const isMoved = occurredAt.getTime() !== entry.occurredAt.getTime()
  if (isMoved) {
    const isFree = isAllowed(can.backdateFreely, actor)
    const problem = timeProblem({ at: occurredAt, now, zone, isFree })
    if (problem) throw new Rejected(422, problem, { 'replacement.occurredAt': problem })
  }
  if (entry.kind === 'opening' && occurredAt > entry.occurredAt) {
    const opening = { locationId: location.id, at: occurredAt, zone, replacesId: entry.id }
    await underReplacement(() => checkOpening(tx, opening))
  }
  const isSameConsumer = asked.consumer === undefined || asked.consumer === consumer
  const consumerId = isSameConsumer
    ? entry.consumerId
    : await underReplacement(() => findConsumerId(tx, location.id, asked.consumer ?? null))
  return {
    type: entry.type,
    litres: asked.amount,
    occurredAt,
    notes: asked.notes === undefined ? entry.notes : asked.notes,
    reference: asked.reference === undefined ? entry.reference : asked.reference,
    consumerId,
    placeOfId: isMoved ? null : (entry.placeOfId ?? entry.id),
  }
}

/** What is wrong with a field of the replacement is told at that field. */
async function underReplacement<T>(check: () => Promise<T>): Promise<T> {
  try {
    return await check()
  } catch (error) {
    if (!(error instanceof Rejected)) throw error
    const details = Object.entries(error.details).map(([field, sentence]) => [
      `replacement.${field}`,
      sentence,
    ])
    throw new Rejected(error.status, error.message, Object.fromEntries(details))
  }
}
