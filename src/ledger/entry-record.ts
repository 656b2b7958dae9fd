import type { entries } from '#src/database/schema/transactions.ts'
import { toDecimal } from '#src/units/litres.ts'

export type EntryRow = typeof entries.$inferSelect

/** Every column of an entry, as the audit trail keeps it: `bin/verify` compares it with the books. */
export function entryRecord(row: EntryRow) {
  const { litres, occurredAt, recordedAt, ...rest } = row
  return {
    ...rest,
    litres: toDecimal(litres),
    occurredAt: occurredAt.toISOString(),
    recordedAt: recordedAt.toISOString(),
  }
}
