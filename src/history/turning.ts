import { and, eq, gt, lt, or, type SQL } from 'drizzle-orm'
import { entries } from '#src/database/schema/transactions.ts'
import type { HistoryTotals } from '#src/history/chosen.ts'
import type { Day } from '#src/units/business-day.ts'

/** Where the pages beside this one begin; null where there is none. */
export type Turn = {
  newer: string | null
  older: string | null
  /** Where the page is not full because no more entries were looked at: the day that was come to. */
  searchedUntil?: Day
}

/** A page of what words find. */
export type Found = { ids: number[]; totals: HistoryTotals; turn: Turn }

/** A place in the order of time. */
export type Point = { at: Date; id: number }

export const comparePoints = (a: Point, b: Point): number =>
  a.at.getTime() - b.at.getTime() || a.id - b.id

/** The entries beyond a point, which is none of them. */
export function isBeyond({ at, id }: Point, isNewer: boolean): SQL | undefined {
  const further = isNewer ? gt : lt
  const { occurredAt } = entries
  return or(further(occurredAt, at), and(eq(occurredAt, at), further(entries.id, id)))
}

export const cursorOf = ({ at, id }: Point): string => `${at.getTime() / 1000}-${id}`

export function readCursor(text: string | undefined): Point | null {
  if (text === undefined) return null
  const [seconds, id] = text.split('-').map(Number)
  return { at: new Date((seconds ?? 0) * 1000), id: id ?? 0 }
}
