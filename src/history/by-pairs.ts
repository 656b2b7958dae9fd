import { and, asc, desc, eq, type SQL, type Subquery, sql } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/mysql-core'
import type { Db } from '#src/database/client.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { sumByDays } from '#src/history/by-days.ts'
import {
  type Chosen,
  COUNTED,
  type HistoryTotals,
  isByTime,
  isCountedByDays,
  isDownwards,
  timeIndexFor,
} from '#src/history/chosen.ts'
import { inReach, matches, matchesTimeline } from '#src/history/conditions.ts'
import { reversal } from '#src/ledger/reversal.ts'

const NOTHING = { in: 0n, out: 0n, net: 0n }

/** Entries that were corrected, and their reversals: found from the reversals, of which there are few. */
export async function sumUpPairs(db: Db, chosen: Chosen): Promise<HistoryTotals> {
  const found = await countPairs(db, chosen)
  if (found > COUNTED) return { entries: COUNTED, isMore: true, litres: null }
  return { entries: found, isMore: false, litres: NOTHING }
}

/** What counts: all that days and months know of, less the pairs. */
export async function sumUpWithoutPairs(db: Db, chosen: Chosen): Promise<HistoryTotals> {
  const all = await sumByDays(db, chosen)
  const pairs = await countPairs(db, chosen)
  const found = all.entries - pairs
  if (found > COUNTED || pairs > COUNTED) return { entries: COUNTED, isMore: true, litres: null }
  return { ...all, entries: found }
}

/** At most one more than is counted, or two. */
async function countPairs(db: Db, chosen: Chosen): Promise<number> {
  const { filter, reach, zone } = chosen
  const isWhole = isCountedByDays({ ...chosen, filter: { ...filter, corrected: undefined } })
  if (!isWhole) return countRows(db, selectPairs(db, chosen, COUNTED + 1).as('some'))
  // Of each pair one row is IN and one OUT, at the same place and in the same minute: the reversals alone tell.
  const some = db
    .select({ id: sql<number>`${entries.id}`.as('entry_id') })
    .from(entries, {
      forceIndex: timeIndexFor({ ...chosen, filter: { ...filter, kind: 'reversal' } }),
    })
    .where(
      and(
        eq(entries.kind, 'reversal'),
        inReach(reach),
        matchesTimeline({ ...filter, type: undefined }, zone),
      ),
    )
    .limit(COUNTED + 1)
    .as('some')
  return (await countRows(db, some)) * (filter.type === undefined ? 2 : 1)
}

async function countRows(db: Db, some: Subquery): Promise<number> {
  const [row] = await db.select({ rows: sql<number>`count(*)` }).from(some)
  return row?.rows ?? 0
}

export async function readIdsOfPairs(
  db: Db,
  chosen: Chosen,
  { skip, limit }: { skip: number; limit: number },
): Promise<number[]> {
  if (skip >= COUNTED) return []
  const found = selectPairs(db, chosen, skip + limit).as('found')
  const direction = isDownwards(chosen) ? desc : asc
  const rows = await db
    .select({ id: found.id })
    .from(found)
    .orderBy(direction(found.by), direction(found.id))
    .limit(limit)
    .offset(skip)
  return rows.map(({ id }) => id)
}

/** The first so many of both kinds. A reversal lies in the minute of what it takes back, at the same place. */
export function selectPairs(db: Db, chosen: Chosen, limit: number) {
  const { filter, reach, zone } = chosen
  const { corrected: _, ...asked } = filter
  const condition = and(inReach(reach), matches(asked, zone))
  const direction = isDownwards(chosen) ? desc : asc
  const order = (table: typeof entries | typeof reversal): SQL[] => [
    direction(isByTime(chosen) ? table.occurredAt : table.litres),
    direction(table.id),
  ]
  const by = sql<string>`${isByTime(chosen) ? entries.occurredAt : entries.litres}`.as('by_value')
  return unionAll(
    db
      .select({ id: sql<number>`${entries.id}`.as('entry_id'), by })
      .from(entries)
      .where(and(eq(entries.kind, 'reversal'), condition))
      .orderBy(...order(entries))
      .limit(limit),
    db
      .select({ id: sql<number>`${entries.id}`.as('entry_id'), by })
      .from(reversal)
      .innerJoin(entries, eq(entries.id, reversal.reversesId))
      .where(and(eq(reversal.kind, 'reversal'), condition))
      .orderBy(...order(reversal))
      .limit(limit),
  )
}
