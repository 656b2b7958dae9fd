import { addDays, countDays, type Day } from '#src/units/business-day.ts'
import type { Litres } from '#src/units/litres.ts'

export type Period = { first: Day; last: Day }
export type Figures = { opening: Litres; in: Litres; out: Litres; closing: Litres }

/** What a row of the chart's table covers: a day, a week from Monday, or a calendar month. */
export type Step = 'day' | 'week' | 'month'
export type ChartRow = Period & Figures

/** More locations than these are too much to show each of its own. */
export const MOST_PLACES = 20

const MOST_BY_DAY = 92
/** Two years, one of them with a 29 February. */
const MOST_BY_WEEK = 731
const MONDAY = 1

export function stepOf({ first, last }: Period): Step {
  const days = countDays(first, last)
  if (days > MOST_BY_WEEK) return 'month'
  return days > MOST_BY_DAY ? 'week' : 'day'
}

/** Days in their order become rows: the opening of the first, the sums, the closing of the last. */
export function sumUp(days: (Figures & { date: Day })[], step: Step): ChartRow[] {
  const rows: ChartRow[] = []
  for (const { date, ...figures } of days) {
    const last = rows[rows.length - 1]
    if (!last || startOf(last.first, step) !== startOf(date, step)) {
      rows.push({ first: date, last: date, ...figures })
      continue
    }
    last.last = date
    last.in += figures.in
    last.out += figures.out
    last.closing = figures.closing
  }
  return rows
}

function startOf(day: Day, step: Step): Day {
  if (step === 'day') return day
  if (step === 'month') return `${day.slice(0, 8)}01`
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return addDays(day, -((weekday - MONDAY + 7) % 7))
}
