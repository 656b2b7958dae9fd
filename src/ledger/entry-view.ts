import type { ENTRY_KINDS, ENTRY_TYPES } from '#src/database/schema/transactions.ts'
import type { WallClock } from '#src/units/business-day.ts'
import type { Litres } from '#src/units/litres.ts'

export type EntryType = (typeof ENTRY_TYPES)[number]
export type EntryKind = (typeof ENTRY_KINDS)[number]

/** One entry as every screen, the API and the exports show it. */
export type EntryView = {
  id: number
  type: EntryType
  kind: EntryKind
  litres: Litres
  /** The location's code. */
  location: string
  locationName: string
  occurredAt: Date
  /** `occurredAt` as the clock on the depot's wall showed it. */
  occurredClock: WallClock
  recordedAt: Date
  recordedClock: WallClock
  userId: number
  userName: string
  notes: string | null
  reference: string | null
  consumer: string | null
  reversesId: number | null
  reversedById: number | null
  replacesId: number | null
  /** The entry whose place within its minute this one has taken. */
  placeOfId: number | null
  isOverCapacity: boolean
  /** What was left at the entry's location right after it, in the order of the ledger. */
  balanceAfter: Litres
}
