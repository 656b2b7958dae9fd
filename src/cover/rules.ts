import { addDays, type Day } from '#src/units/business-day.ts'
import type { Litres } from '#src/units/litres.ts'

/** Under so many days with usage a mean says nothing yet. */
export const FEWEST_DAYS = 7
/** The two paces: of the last days with usage, and of a longer while. */
export const RECENT_DAYS = 14
export const LONG_DAYS = 60
/** What lies further ahead than ten years is no date that anybody plans by. */
const FARTHEST_DAYS = 3650n

/** The day on which a level is reached; `passed` where it has been, `far` where that takes more than ten years. */
export type Reach = Day | 'passed' | 'far'

export type Forecast = {
  /** How many days with usage the mean is of. */
  usageDays: number
  /** A day's usage, rounded down to the hundredth. */
  mean: Litres
  /** When what is left falls to the threshold; null without one. */
  lowOn: Reach | null
  /** When nothing is left. */
  emptyOn: Reach
}

/** How long the stock lasts at two paces; null where too little was used to tell. */
export type Cover = { recent: Forecast; long: Forecast } | null

type Stock = { balance: Litres; lowStockLitres: Litres | null }

/**
 * Balance ÷ mean daily usage, counted on from today. `usage`: litres of the days with usage, newest first, today left out:
 * it is not over, and half a day would pass for a whole one. Days without usage are left out of the mean, so that the
 * answer is how long the stock lasts if it is used every day. Everything is rounded down, to the earlier day.
 */
export function coverOf({ balance, lowStockLitres }: Stock, usage: Litres[], today: Day): Cover {
  if (usage.length < FEWEST_DAYS) return null
  const forecast = (days: number): Forecast => {
    const counted = usage.slice(0, days)
    const total = counted.reduce((sum, litres) => sum + litres, 0n)
    const pace = { total, days: BigInt(counted.length), today }
    return {
      usageDays: counted.length,
      mean: total / pace.days,
      lowOn: lowStockLitres === null ? null : reach(balance - lowStockLitres, pace),
      emptyOn: balance === 0n ? 'passed' : reach(balance, pace),
    }
  }
  return { recent: forecast(RECENT_DAYS), long: forecast(LONG_DAYS) }
}

/** The mean stays a fraction: rounded first, a small one would move the day. */
function reach(distance: Litres, pace: { total: Litres; days: bigint; today: Day }): Reach {
  if (distance < 0n) return 'passed'
  const days = (distance * pace.days) / pace.total
  return days > FARTHEST_DAYS ? 'far' : addDays(pace.today, Number(days))
}
