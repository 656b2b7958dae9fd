import type { Cover } from '#src/cover/rules.ts'
import type { WallClock } from '#src/units/business-day.ts'
import type { Litres } from '#src/units/litres.ts'

/** What a day of a location began with, took in, gave out and ended with. */
export type DayFigures = { opening: Litres; in: Litres; out: Litres; closing: Litres }

/** A location as its plate shows it. */
export type LocationCard = {
  code: string
  name: string
  balance: Litres
  capacityLitres: Litres | null
  lowStockLitres: Litres | null
  isLow: boolean
  hasEntries: boolean
  today: DayFigures
  /** How long it lasts. */
  cover: Cover
  /** The entry booked last, or null where there is none or it is not told. */
  last: { clock: WallClock; userName: string } | null
}
