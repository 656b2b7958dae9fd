import { readHeads } from '#src/audit/kept.ts'
import type { Db } from '#src/database/client.ts'
import { type Chosen, isDownwards } from '#src/history/chosen.ts'
import {
  type Part,
  type PartRows,
  type Period,
  readDaysOfMonth,
  readParts,
} from '#src/ledger/periods.ts'
import { type Recent, recentOnly } from '#src/recent.ts'
import { addDays, type Day } from '#src/units/business-day.ts'

/** A day with how many entries of the list it has, and how many of them come before the place that is meant. */
export type Place = { day: Day; rows: number; skip: number }

/** How many entries come before the first one of a day, in the order of the list. */
export async function countBefore(db: Db, chosen: Chosen, day: Day): Promise<number> {
  const { startDate: first, endDate: last } = chosen.filter
  const isBefore = isDownwards(chosen)
    ? { first: later(first, addDays(day, 1)), last }
    : { first, last: earlier(last, addDays(day, -1)) }
  if (isBefore.first && isBefore.last && isBefore.first > isBefore.last) return 0
  const parts = await readParts(db, chosen.places, isBefore)
  return parts.reduce((count, part) => count + rowsOf(part, chosen), 0)
}

const later = (a: Day | undefined, b: Day): Day => (a !== undefined && a > b ? a : b)
const earlier = (a: Day | undefined, b: Day): Day => (a !== undefined && a < b ? a : b)

/**
 * The months and days that a filter is about, and the day on which the entry after so many others stands: found by
 * counting those parts and the days of one month, not entries. Null where there are not so many.
 */
export async function seekDay(
  db: Db,
  chosen: Chosen,
  skip: number,
): Promise<{ parts: Part[]; place: Place | null }> {
  const { startDate: first, endDate: last } = chosen.filter
  const heads = await readHeads(db, chosen.places)
  const parts = await keptParts(db, chosen, { heads, of: { first, last } })
  const found = seek(parts, skip, chosen)
  if (!found?.part.isMonth) return { parts, place: found && placeOf(found, chosen) }
  const days = await keptDays(db, chosen, { heads, of: found.part.from })
  const within = seek(days, found.skip, chosen)
  return { parts, place: within && placeOf(within, chosen) }
}

const placeOf = ({ part, skip }: Sought<PartRows>, chosen: Chosen): Place => ({
  day: part.from,
  rows: rowsOf(part, chosen),
  skip,
})

type Sought<Some> = { part: Some; skip: number }

function seek<Some extends PartRows>(
  parts: Some[],
  skip: number,
  chosen: Chosen,
): Sought<Some> | null {
  let left = skip
  for (const part of isDownwards(chosen) ? [...parts].reverse() : parts) {
    const rows = rowsOf(part, chosen)
    if (left < rows) return { part, skip: left }
    left -= rows
  }
  return null
}

const rowsOf = ({ rowsIn, rowsOut }: PartRows, { filter: { type } }: Chosen): number =>
  (type === 'OUT' ? 0 : rowsIn) + (type === 'IN' ? 0 : rowsOut)

/** For each connection, some kilobytes each. */
const MOST = 16
const LONGEST_MS = 10_000

/**
 * Counts once for whoever turns pages: while the chains of these locations end as they did, nothing was booked there, and
 * their months and days are what they were. Ten seconds at most, since bin/verify may have mended those meanwhile.
 */
function keptWhileSameHeads<Asked, Value>(
  read: (db: Db, places: number[], asked: Asked) => Promise<Value>,
): (db: Db, chosen: Chosen, asked: { heads: string[]; of: Asked }) => Promise<Value> {
  const known = new WeakMap<Db, Recent<Value>>()
  return async (db, { places }, { heads, of }) => {
    const kept = known.get(db) ?? recentOnly<Value>(MOST)
    known.set(db, kept)
    const key = JSON.stringify([Math.floor(Date.now() / LONGEST_MS), places, heads, of])
    const value = kept.get(key) ?? (await read(db, places, of))
    kept.set(key, value)
    return value
  }
}

const keptParts = keptWhileSameHeads<Period, Part[]>(readParts)
const keptDays = keptWhileSameHeads<Day, PartRows[]>(readDaysOfMonth)
