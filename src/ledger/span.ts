import type { Day } from '#src/units/business-day.ts'
import type { Litres } from '#src/units/litres.ts'

/** An entry whose running balance is asked for. */
export type Shown = {
  id: number
  locationId: number
  businessDay: Day
  occurredAt: Date
  type: 'IN' | 'OUT'
  litres: Litres
  /** Something of its minute was taken back. */
  isMinuteCorrected: boolean
}

/** The order of the index; within a minute the ledger's own may differ. */
export const byTimeAndNumber = (a: Shown, b: Shown): number =>
  a.occurredAt.getTime() - b.occurredAt.getTime() || a.id - b.id

/** One day of one location of which something is shown. */
export type Span = {
  locationId: number
  day: Day
  /** How many entries the day has. */
  entries: number
  opening: Litres
  closing: Litres
  /** By time and number, which may both be the same. */
  firstShown: Moment
  lastShown: Moment
  /** The day's end is nearer to the first entry shown than its beginning. */
  isFromEnd: boolean
  /** The minute with which the day begins, or its last one with an entry, whichever is nearer. */
  end: Date
}

export type Moment = { at: Date; id: number }
