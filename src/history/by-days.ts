import { and, asc, desc, eq, gte, inArray, lt, sql } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { preparedFor, slot, slots } from '#src/database/prepared.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { type Chosen, type HistoryTotals, isDownwards, timeIndexFor } from '#src/history/chosen.ts'
import type { HistoryFilter } from '#src/history/input.ts'
import { type Place, seekDay } from '#src/history/seek-day.ts'
import { type Part, type PeriodSums, sumPeriod } from '#src/ledger/periods.ts'
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
  const { parts, place } = await seekDay(db, chosen, skip)
  const totals = totalsOf(addUp(parts), chosen.filter)
  return { rows: place ? await readRowsNear(db, chosen, { ...place, limit }) : [], totals }
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

/** The same rows, gone to from the nearer end of their day, which may have thousands. */
function readRowsNear(
  db: Db,
  chosen: Chosen,
  { day, rows, skip, limit }: Place & { limit: number },
): Promise<FoundRow[]> {
  const behind = rows - skip - limit
  if (behind < 0 || skip <= behind) return readRowsFrom(db, chosen, { day, skip, limit })
  const filter: HistoryFilter = {
    ...chosen.filter,
    startDate: day,
    endDate: day,
    sort: isDownwards(chosen) ? 'date' : '-date',
  }
  return readRowsFrom(db, { ...chosen, filter }, { day: null, skip: behind, limit })
}

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
