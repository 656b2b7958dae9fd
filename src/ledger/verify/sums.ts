import {
  addRow,
  appendMove,
  type DayFigures,
  type DayRows,
  NO_ROWS,
  QUIET_DAY,
  signed,
} from '#src/ledger/rules.ts'
import type { TimelineRow } from '#src/ledger/verify/timeline-rows.ts'
import { type Day, monthOf } from '#src/units/business-day.ts'
import type { Litres } from '#src/units/litres.ts'

/** A day as it is stored. */
export type DayRow = DayFigures & DayRows

export const EMPTY_DAY: DayRow = { ...QUIET_DAY, ...NO_ROWS }

/** What one genset or tug used on a day, as it is stored. */
export type UseRow = { businessDay: Day; consumerId: number; litres: Litres; entries: number }

/** Days stand before each other as their keys do. */
export const useKey = ({ businessDay, consumerId }: Omit<UseRow, 'litres' | 'entries'>): string =>
  `${businessDay} ${consumerId}`

/** What the entries of a location come to, up to one of them. */
export type Sums = {
  balance: Litres
  entries: number
  days: Map<Day, DayRow>
  /** By `useKey`. */
  uses: Map<string, UseRow>
}

export const noSums = (): Sums => ({ balance: 0n, entries: 0, days: new Map(), uses: new Map() })

/** A reversed entry and its reversal are counted as entries, and as zero litres. */
export function addToSums(sums: Sums, row: TimelineRow): void {
  sums.entries++
  const day = sums.days.get(row.businessDay) ?? EMPTY_DAY
  const isCounted = row.reversesId === null && row.reversedById === null
  if (isCounted) sums.balance += signed(row)
  const figures = isCounted ? appendMove(day, row) : day
  sums.days.set(row.businessDay, { ...figures, ...addRow(day, row) })
  if (isCounted && row.type === 'OUT') addUse(sums.uses, row)
}

function addUse(uses: Sums['uses'], { businessDay, consumerId, litres }: TimelineRow): void {
  if (consumerId === null) return
  const key = useKey({ businessDay, consumerId })
  const use = uses.get(key) ?? { businessDay, consumerId, litres: 0n, entries: 0 }
  uses.set(key, { ...use, litres: use.litres + litres, entries: use.entries + 1 })
}

/** A month as it is stored. */
export type MonthRow = Pick<DayRow, 'litresIn' | 'litresOut' | 'rowsIn' | 'rowsOut'>

export const EMPTY_MONTH: MonthRow = { litresIn: 0n, litresOut: 0n, rowsIn: 0, rowsOut: 0 }

export function monthsOf({ days }: Sums): Map<Day, MonthRow> {
  const months = new Map<Day, MonthRow>()
  for (const [day, row] of days) {
    const month = months.get(monthOf(day)) ?? EMPTY_MONTH
    months.set(monthOf(day), {
      litresIn: month.litresIn + row.litresIn,
      litresOut: month.litresOut + row.litresOut,
      rowsIn: month.rowsIn + row.rowsIn,
      rowsOut: month.rowsOut + row.rowsOut,
    })
  }
  return months
}
