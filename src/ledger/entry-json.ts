import type { z } from 'zod'
import type { EntryAnswer } from '#src/ledger/answers.ts'
import type { EntryView } from '#src/ledger/entry-view.ts'
import { toDecimal } from '#src/units/litres.ts'

/** An entry as the API answers it: litres as text with two decimals, times in UTC. */
export function entryJson(entry: EntryView): z.input<typeof EntryAnswer> {
  return {
    id: entry.id,
    type: entry.type,
    kind: entry.kind,
    amount: toDecimal(entry.litres),
    location: entry.location,
    occurredAt: entry.occurredAt.toISOString(),
    recordedAt: entry.recordedAt.toISOString(),
    userName: entry.userName,
    notes: entry.notes,
    reference: entry.reference,
    consumer: entry.consumer,
    reversesId: entry.reversesId,
    reversedById: entry.reversedById,
    balanceAfter: toDecimal(entry.balanceAfter),
  }
}
