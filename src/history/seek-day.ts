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

/** The months and days that a filter is about, with how many entries each has. */
export function readKeptParts(db: Db, chosen: Chosen): Promise<Part[]> {
  const { startDate: first, endDate: last } = chosen.filter
  return keptParts(db, chosen, { first, last })
}

/**
 * The day on which the entry after so many others stands. It is found by counting `parts` and the days of one month,
 * not entries. Null where there are not so many.
 */
export async function findDay(
  db: Db,
  chosen: Chosen,
  { parts, skip }: { parts: Part[]; skip: number },
): Promise<Place | null> {
  const found = seek(parts, skip, chosen)
  if (!found?.part.isMonth) return found && placeOf(found, chosen)
  const days = await keptDays(db, chosen, found.part.from)
  const within = seek(days, found.skip, chosen)
  return within && placeOf(within, chosen)
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
 * Counts once for whoever turns pages: entries are only ever added, so while these locations have as many as before,
 * their months and days are what they were. Ten seconds at most, since bin/verify may have mended those meanwhile.
 */
function keptWhileNoneAdded<Asked, Value>(
  read: (db: Db, places: number[], asked: Asked) => Promise<Value>,
): (db: Db, chosen: Chosen, asked: Asked) => Promise<Value> {
  const known = new WeakMap<Db, Recent<Value>>()
  return async (db, { places, size }, asked) => {
    const kept = known.get(db) ?? recentOnly<Value>(MOST)
    known.set(db, kept)
    const key = JSON.stringify([Math.floor(Date.now() / LONGEST_MS), size, places, asked])
    const value = kept.get(key) ?? (await read(db, places, asked))
    kept.set(key, value)
    return value
  }
}

const keptParts = keptWhileNoneAdded<Period, Part[]>(readParts)
const keptDays = keptWhileNoneAdded<Day, PartRows[]>(readDaysOfMonth)
