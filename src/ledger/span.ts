import type { Day } from '#src/units/business-day.ts'
import type { Litres } from '#src/units/litres.ts'

/** An entry whose running balance is asked for. */
export type Shown = {
  id: number
  locationId: number
  businessDay: Day
  occurredAt: Date
  /** Something of its minute was taken back. */
  isMinuteCorrected: boolean
}

/** One day of one location of which something is shown. */
export type Span = {
  locationId: number
  day: Day
  /** How many entries the day has. */
  entries: number
  opening: Litres
  closing: Litres
  /** Added up from the day's end back, which is nearer. */
  isFromEnd: boolean
  /** The minute at that end, and by time and number the entries shown that are nearest to it and farthest from it. */
  end: Date
  nearest: Moment
  farthest: Moment
}

type Moment = { at: Date; id: number }
