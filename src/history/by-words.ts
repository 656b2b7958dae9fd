import { and, asc, desc, eq, gt, lt, or, type SQL, sql } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { type Chosen, COUNTED, conditionOf, type HistoryTotals } from '#src/history/chosen.ts'
import { inReach, matchesTimeline } from '#src/history/conditions.ts'
import { isLongWord, wordsOf } from '#src/history/words.ts'
import { counts, reversal } from '#src/ledger/reversal.ts'
import type { Litres } from '#src/units/litres.ts'

/** In books of this size the index of words is quick with any word. */
const SMALL = 20_000
/** In larger ones a frequent word is found by reading along the timeline: a page of it must lie within so many entries. */
const LOOKED_THROUGH = 5_000

/** Where the pages beside this one begin; null where there is none. */
export type Turn = { newer: string | null; older: string | null }

export type Found = { ids: number[]; totals: HistoryTotals; turn: Turn }

/**
 * Entries that hold words, newest first. What the index of words costs grows with the number of entries that hold a
 * word, so a word that is frequent where the page begins is found without it; its entries are not counted to the end.
 */
export async function findByWords(db: Db, chosen: Chosen): Promise<Found> {
  return (chosen.size > SMALL ? await lookThrough(db, chosen) : null) ?? findIndexed(db, chosen)
}

type Point = { at: Date; id: number }

async function findIndexed(db: Db, chosen: Chosen): Promise<Found> {
  const { before, after, limit } = chosen.filter
  const all = await readIndexed(db, chosen)
  const isOlder = (point: Point) => (row: Point) => compare(row, point) < 0
  const [newerThan, olderThan] = [readCursor(before), readCursor(after)]
  let begin = 0
  if (olderThan) begin = placeOf(all, isOlder(olderThan))
  else if (newerThan)
    begin = Math.max(0, placeOf(all, (row) => compare(row, newerThan) <= 0) - limit)
  const shown = all.slice(begin, begin + limit)
  return {
    ids: shown.map(({ id }) => id),
    totals: totalsOf(all),
    turn: turnOf(shown, { hasNewer: begin > 0, hasOlder: begin + limit < all.length }),
  }
}

const compare = (a: Point, b: Point): number => a.at.getTime() - b.at.getTime() || a.id - b.id

/** Where a list goes on past a point; at its end where it does not. */
function placeOf(all: Point[], isPast: (row: Point) => boolean): number {
  const place = all.findIndex(isPast)
  return place < 0 ? all.length : place
}

type IndexedRow = Point & { type: 'IN' | 'OUT'; litres: Litres; isCounted: boolean }

/** Newest first, at most one more than is counted. */
async function readIndexed(db: Db, chosen: Chosen): Promise<IndexedRow[]> {
  const long = wordsOf(chosen.filter.search ?? '').filter(isLongWord)
  const asked = long.map((word) => `+${word}*`).join(' ')
  return db
    .select({
      id: entries.id,
      at: entries.occurredAt,
      type: entries.type,
      litres: entries.litres,
      isCounted: sql`${counts}`.mapWith(Boolean),
    })
    .from(entries)
    .leftJoin(reversal, eq(reversal.reversesId, entries.id))
    .where(
      and(
        sql`match (${entries.notes}, ${entries.reference}) against (${asked} in boolean mode)`,
        conditionOf(chosen),
      ),
    )
    .orderBy(desc(entries.occurredAt), desc(entries.id))
    .limit(COUNTED + 1)
}

function totalsOf(all: IndexedRow[]): HistoryTotals {
  if (all.length > COUNTED) return { entries: COUNTED, isMore: true, litres: null }
  const sum = (type: IndexedRow['type']) =>
    all.reduce((total, row) => total + (row.isCounted && row.type === type ? row.litres : 0n), 0n)
  const [litresIn, litresOut] = [sum('IN'), sum('OUT')]
  const litres = { in: litresIn, out: litresOut, net: litresIn - litresOut }
  return { entries: all.length, isMore: false, litres }
}

/** A page out of the entries beside its beginning; null where these do not fill it. */
async function lookThrough(db: Db, chosen: Chosen): Promise<Found | null> {
  const { before, after, limit } = chosen.filter
  const isBack = after === undefined && before !== undefined
  const from = readCursor(after ?? before)
  const near = selectNear(db, chosen, { from, isBack })
  const direction = isBack ? asc : desc
  const rows = await db
    .select({
      id: entries.id,
      at: entries.occurredAt,
      found: sql<number>`count(*) over ()`,
    })
    .from(near)
    .innerJoin(entries, eq(entries.id, near.id))
    .leftJoin(reversal, eq(reversal.reversesId, entries.id))
    .where(conditionOf(chosen))
    .orderBy(direction(near.at), direction(near.id))
    .limit(limit + 1)
  if (rows.length <= limit) return null
  const shown = rows.slice(0, limit)
  if (isBack) shown.reverse()
  return {
    ids: shown.map(({ id }) => id),
    totals: { entries: roundedBelow(rows[0]?.found ?? 1), isMore: true, litres: null },
    turn: turnOf(shown, { hasNewer: from !== null, hasOlder: true }),
  }
}

function selectNear(
  db: Db,
  { filter, reach, zone }: Chosen,
  { from, isBack }: { from: Point | null; isBack: boolean },
) {
  const direction = isBack ? asc : desc
  const index = reach?.length === 1 ? 'transactions_location_timeline' : 'transactions_timeline'
  return db
    .select({
      id: sql<number>`${entries.id}`.as('near_id'),
      at: sql`${entries.occurredAt}`.as('near_at'),
    })
    .from(entries, { forceIndex: index })
    .where(
      and(inReach(reach), matchesTimeline(filter, zone), from ? isBeside(from, isBack) : undefined),
    )
    .orderBy(direction(entries.occurredAt), direction(entries.id))
    .limit(LOOKED_THROUGH)
    .as('near')
}

function isBeside({ at, id }: Point, isBack: boolean): SQL | undefined {
  const further = isBack ? gt : lt
  const { occurredAt } = entries
  return or(further(occurredAt, at), and(eq(occurredAt, at), further(entries.id, id)))
}

const turnOf = (
  shown: Point[],
  { hasNewer, hasOlder }: { hasNewer: boolean; hasOlder: boolean },
) => ({
  newer: hasNewer ? cursorOf(shown[0]) : null,
  older: hasOlder ? cursorOf(shown.at(-1)) : null,
})

const cursorOf = (point: Point | undefined): string | null =>
  point ? `${point.at.getTime() / 1000}-${point.id}` : null

function readCursor(text: string | undefined): Point | null {
  if (text === undefined) return null
  const [seconds, id] = text.split('-').map(Number)
  return { at: new Date((seconds ?? 0) * 1000), id: id ?? 0 }
}

/** A round number below: of 1.666, and of 2.000 as well, it can be said that they are more than 1.000. */
function roundedBelow(count: number): number {
  const less = count - 1
  const unit = 10 ** (String(less).length - 1)
  return Math.floor(less / unit) * unit
}
