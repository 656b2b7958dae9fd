import { and, asc, desc, eq, gte, inArray, lt, sql } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { preparedFor, slot, slots } from '#src/database/prepared.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { type Chosen, type HistoryTotals, isDownwards, timeIndexFor } from '#src/history/chosen.ts'
import type { HistoryFilter } from '#src/history/input.ts'
import {
  type Part,
  type PeriodSums,
  readDaysOfMonth,
  readParts,
  sumPeriod,
} from '#src/ledger/periods.ts'
import { type FoundRow, selectEntryRows, selectIds } from '#src/ledger/queries.ts'
import { addDays, type Day, dayStart } from '#src/units/business-day.ts'

/** Totals of a filter that asks for days, types and locations only: added up from months and days. */
export async function sumByDays(db: Db, { filter, places }: Chosen): Promise<HistoryTotals> {
  const { startDate: first, endDate: last } = filter
  return totalsOf(await sumPeriod(db, places, { first, last }), filter)
}

/** A page of such a filter by time, and its totals. Whoever turns on counts along the parts that add up to them. */
export async function readPageByDays(
  db: Db,
  chosen: Chosen,
  { skip, limit }: { skip: number; limit: number },
): Promise<{ rows: FoundRow[]; totals: HistoryTotals }> {
  if (skip === 0) {
    const totals = await sumByDays(db, chosen)
    return { rows: await readRowsFrom(db, chosen, { skip, limit, day: null }), totals }
  }
  const { startDate: first, endDate: last } = chosen.filter
  const parts = await readParts(db, chosen.places, { first, last })
  const totals = totalsOf(addUp(parts), chosen.filter)
  const start = await findDay(db, chosen, { parts, skip })
  return { rows: start ? await readRowsFrom(db, chosen, { ...start, limit }) : [], totals }
}

function totalsOf(sums: PeriodSums, { type }: HistoryFilter): HistoryTotals {
  const litresIn = type === 'OUT' ? 0n : sums.litresIn
  const litresOut = type === 'IN' ? 0n : sums.litresOut
  return {
    entries: (type === 'OUT' ? 0 : sums.rowsIn) + (type === 'IN' ? 0 : sums.rowsOut),
    isMore: false,
    litres: { in: litresIn, out: litresOut, net: litresIn - litresOut },
  }
}

const addUp = (parts: Part[]): PeriodSums =>
  parts.reduce(
    (sum, part) => ({
      litresIn: sum.litresIn + part.litresIn,
      litresOut: sum.litresOut + part.litresOut,
      rowsIn: sum.rowsIn + part.rowsIn,
      rowsOut: sum.rowsOut + part.rowsOut,
    }),
    { litresIn: 0n, litresOut: 0n, rowsIn: 0, rowsOut: 0 },
  )

/** The rows from a day on, less some of its own; from the beginning of the list where no day is named. */
async function readRowsFrom(
  db: Db,
  chosen: Chosen,
  { day, skip, limit }: { day: Day | null; skip: number; limit: number },
): Promise<FoundRow[]> {
  const { filter, reach, zone } = chosen
  const isDown = isDownwards(chosen)
  const first = isDown ? filter.startDate : (day ?? filter.startDate)
  const last = isDown ? (day ?? filter.endDate) : filter.endDate
  const shape = {
    isDown,
    isSomewhere: reach !== null,
    isOfType: filter.type !== undefined,
    index: timeIndexFor(chosen),
  }
  return selectRows(db, shape, {
    places: reach,
    type: filter.type,
    since: first === undefined ? BEGIN : dayStart(first, zone),
    until: last === undefined ? END : dayStart(addDays(last, 1), zone),
    limit,
    skip,
  })
}

/** Before and after all books. */
const BEGIN = new Date('1000-01-01T00:00:00Z')
const END = new Date('9999-01-01T00:00:00Z')

type Shape = { isDown: boolean; isSomewhere: boolean; isOfType: boolean; index: string }

const selectRows = preparedFor((db, { isDown, isSomewhere, isOfType, index }: Shape) => {
  const { id, type, locationId, occurredAt } = entries
  const direction = isDown ? desc : asc
  const page = selectIds(db, index)
    .where(
      and(
        isSomewhere ? inArray(locationId, slots(locationId, 'places')) : undefined,
        isOfType ? eq(type, sql.placeholder('type')) : undefined,
        gte(occurredAt, slot(occurredAt, 'since')),
        lt(occurredAt, slot(occurredAt, 'until')),
      ),
    )
    .orderBy(direction(occurredAt), direction(id))
    .limit(sql.placeholder('limit'))
    .offset(sql.placeholder('skip'))
  return selectEntryRows(db, page.as('page'))
})

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

type Place = { day: Day; skip: number }

/**
 * The day on which the entry after so many others stands, and how many of its entries come before it. It is found by
 * counting months and days, not entries.
 */
async function findDay(
  db: Db,
  chosen: Chosen,
  { parts, skip }: { parts: Part[]; skip: number },
): Promise<Place | null> {
  const found = seek(parts, skip, chosen)
  if (!found?.part.isMonth) return found && { day: found.part.from, skip: found.skip }
  const days = await readDaysOfMonth(db, chosen.places, found.part.from)
  const within = seek(days, found.skip, chosen)
  return within && { day: within.part.from, skip: within.skip }
}

function seek(parts: Part[], skip: number, chosen: Chosen): { part: Part; skip: number } | null {
  let left = skip
  for (const part of isDownwards(chosen) ? [...parts].reverse() : parts) {
    const rows = rowsOf(part, chosen)
    if (left < rows) return { part, skip: left }
    left -= rows
  }
  return null
}

const rowsOf = ({ rowsIn, rowsOut }: Part, { filter: { type } }: Chosen): number =>
  (type === 'OUT' ? 0 : rowsIn) + (type === 'IN' ? 0 : rowsOut)
