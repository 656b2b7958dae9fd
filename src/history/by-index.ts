import { and, asc, desc, eq, gte, lt, type SQL, sql } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { entries } from '#src/database/schema/transactions.ts'
import {
  type Chosen,
  COUNTED,
  conditionOf,
  type HistoryTotals,
  isByTime,
  isDownwards,
  litresIndexFor,
  timeIndexFor,
} from '#src/history/chosen.ts'
import { type FoundRow, selectEntryRows, selectIds } from '#src/ledger/queries.ts'
import { counts, reversal } from '#src/ledger/reversal.ts'
import { addDays, type Day, dayStart } from '#src/units/business-day.ts'
import { parseDecimal } from '#src/units/litres.ts'

/** Totals of any filter, of the first ten thousand entries; where there are more, their litres are not added up. */
export async function sumUpToLimit(db: Db, chosen: Chosen): Promise<HistoryTotals> {
  const found = await countUpToLimit(db, chosen, conditionOf(chosen))
  if (found > COUNTED) return { entries: COUNTED, isMore: true, litres: null }
  const litresOf = (type: string) =>
    sql`coalesce(sum(case when ${counts} and ${entries.type} = ${type} then ${entries.litres} else 0 end), 0)`.mapWith(
      parseDecimal,
    )
  const [row] = await db
    .select({ in: litresOf('IN'), out: litresOf('OUT') })
    .from(entries, { forceIndex: timeIndexFor(chosen) })
    .leftJoin(reversal, eq(reversal.reversesId, entries.id))
    .where(conditionOf(chosen))
  const { in: litresIn, out: litresOut } = row ?? { in: 0n, out: 0n }
  const litres = { in: litresIn, out: litresOut, net: litresIn - litresOut }
  return { entries: found, isMore: false, litres }
}

/** How many there are, at most one more than is counted. */
async function countUpToLimit(db: Db, chosen: Chosen, condition: SQL | undefined): Promise<number> {
  const some = selectChosen(db, chosen, { condition, index: timeIndexFor(chosen) })
    .limit(COUNTED + 1)
    .as('some')
  const [row] = await db.select({ rows: sql<number>`count(*)` }).from(some)
  return row?.rows ?? 0
}

/** How many entries come before the first one of a day, in the order of the list; more than is counted is null. */
export async function countBeforeUpToLimit(
  db: Db,
  chosen: Chosen,
  day: Day,
): Promise<number | null> {
  const isBefore = isDownwards(chosen)
    ? gte(entries.occurredAt, dayStart(addDays(day, 1), chosen.zone))
    : lt(entries.occurredAt, dayStart(day, chosen.zone))
  const rows = await countUpToLimit(db, chosen, and(conditionOf(chosen), isBefore))
  return rows > COUNTED ? null : rows
}

/** The rows of a page, read along the index of its order; nothing beyond what is counted. */
export async function readRowsByIndex(
  db: Db,
  chosen: Chosen,
  { skip, limit, found }: { skip: number; limit: number; found: number | null },
): Promise<FoundRow[]> {
  if (skip >= COUNTED) return []
  const direction = isDownwards(chosen) ? desc : asc
  const by = isByTime(chosen) ? entries.occurredAt : entries.litres
  const index = isByTime(chosen)
    ? timeIndexFor(chosen)
    : litresIndexFor(chosen, { found, until: skip + limit })
  const page = selectChosen(db, chosen, { condition: conditionOf(chosen), index })
    .orderBy(direction(by), direction(entries.id))
    .limit(limit)
    .offset(skip)
  return selectEntryRows(db, page.as('page'))
}

function selectChosen(
  db: Db,
  chosen: Chosen,
  { condition, index }: { condition: SQL | undefined; index: string },
) {
  const query = selectIds(db, index)
  const joined =
    chosen.filter.corrected === undefined
      ? query
      : query.leftJoin(reversal, eq(reversal.reversesId, entries.id))
  return joined.where(condition)
}
