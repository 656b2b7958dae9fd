import { appendMove, type DayFigures, QUIET_DAY, signed } from '#src/ledger/rules.ts'
import type { TimelineRow } from '#src/ledger/verify/timeline-rows.ts'
import type { Day } from '#src/units/business-day.ts'
import type { Litres } from '#src/units/litres.ts'

/** What the entries of a location come to, up to one of them. */
export type Sums = { balance: Litres; entries: number; days: Map<Day, DayFigures> }

export const noSums = (): Sums => ({ balance: 0n, entries: 0, days: new Map() })

/** A reversed entry and its reversal are counted as entries, and as zero litres. */
export function addToSums(sums: Sums, row: TimelineRow): void {
  sums.entries++
  const day = sums.days.get(row.businessDay) ?? QUIET_DAY
  const isCounted = row.reversesId === null && row.reversedById === null
  if (isCounted) sums.balance += signed(row)
  sums.days.set(row.businessDay, isCounted ? appendMove(day, row) : day)
}
