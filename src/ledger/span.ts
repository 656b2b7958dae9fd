import type { Day } from '#src/units/business-day.ts'
import type { Litres } from '#src/units/litres.ts'

/** An entry whose running balance is asked for. */
export type Shown = { id: number; locationId: number; businessDay: Day; occurredAt: Date }

/** The minutes of one day of one location that are shown. */
export type Span = {
  locationId: number
  day: Day
  /** How many entries the day has. */
  entries: number
  opening: Litres
  closing: Litres
  /** In order of time, in milliseconds. */
  minutes: number[]
  /** Added up from the day's end back, which is nearer. */
  isFromEnd: boolean
  from: Date
  to: Date
}
