import { and, desc, eq, gt, type SQL, sql } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { selectPairs } from '#src/history/by-pairs.ts'
import {
  type Chosen,
  COUNTED,
  conditionOf,
  type HistoryTotals,
  timeIndexFor,
} from '#src/history/chosen.ts'
import { findRareWords } from '#src/history/rare-words.ts'
import {
  comparePoints,
  cursorOf,
  type Found,
  type Point,
  readCursor,
} from '#src/history/turning.ts'
import { lookThrough } from '#src/history/walk.ts'
import { counts, reversal } from '#src/ledger/reversal.ts'
import type { Litres } from '#src/units/litres.ts'

/**
 * Entries that hold words, newest first. What the index of words costs grows with the number of entries that hold a
 * word, so it is asked for rare words only. Frequent ones are found without it, among so many entries at a time.
 */
export async function findByWords(db: Db, chosen: Chosen): Promise<Found> {
  if (chosen.size === 0) return pageOf([], chosen)
  const rare = await findRareWords(db, chosen)
  if (rare.length > 0) return pageOf(await readIndexed(db, chosen, rare), chosen)
  if (chosen.filter.corrected === 'yes') return pageOf(await readPairs(db, chosen), chosen)
  return (await lookThrough(db, chosen)) ?? pageOf(await readWhole(db, chosen), chosen)
}

type Row = Point & { type: 'IN' | 'OUT'; litres: Litres; isCounted: boolean }

const COLUMNS = {
  id: entries.id,
  at: entries.occurredAt,
  type: entries.type,
  litres: entries.litres,
  isCounted: sql`${counts}`.mapWith(Boolean),
}
const BEGINNING = new Date('1900-01-01T00:00:00Z')
const NEWEST_FIRST: SQL[] = [desc(entries.occurredAt), desc(entries.id)]

function readIndexed(db: Db, chosen: Chosen, words: string[]): Promise<Row[]> {
  const asked = words.map((word) => `+${word}*`).join(' ')
  return db
    .select(COLUMNS)
    .from(entries)
    .leftJoin(reversal, eq(reversal.reversesId, entries.id))
    .where(
      and(
        sql`match (${entries.notes}, ${entries.reference}) against (${asked} in boolean mode)`,
        conditionOf(chosen),
      ),
    )
    .orderBy(...NEWEST_FIRST)
    .limit(COUNTED + 1)
}

/** Corrected entries and their reversals are few, however frequent the word. */
function readPairs(db: Db, chosen: Chosen): Promise<Row[]> {
  const found = selectPairs(db, chosen, COUNTED + 1).as('found')
  return db
    .select(COLUMNS)
    .from(found)
    .innerJoin(entries, eq(entries.id, found.id))
    .leftJoin(reversal, eq(reversal.reversesId, entries.id))
    .orderBy(...NEWEST_FIRST)
    .limit(COUNTED + 1)
}

/** Where few entries can hold the words, each is looked at. */
function readWhole(db: Db, chosen: Chosen): Promise<Row[]> {
  return (
    db
      .select(COLUMNS)
      .from(entries, { forceIndex: timeIndexFor(chosen) })
      .leftJoin(reversal, eq(reversal.reversesId, entries.id))
      // Whoever begins somewhere follows the index; else a database may sort all entries.
      .where(and(gt(entries.occurredAt, BEGINNING), conditionOf(chosen)))
      .orderBy(...NEWEST_FIRST)
      .limit(COUNTED + 1)
  )
}

/** The page that the cursors ask for, out of all that was found. */
function pageOf(all: Row[], { filter: { before, after, limit } }: Chosen): Found {
  const [newerThan, olderThan] = [readCursor(before), readCursor(after)]
  let begin = 0
  if (olderThan) begin = placeOf(all, (row) => comparePoints(row, olderThan) < 0)
  else if (newerThan)
    begin = Math.max(0, placeOf(all, (row) => comparePoints(row, newerThan) <= 0) - limit)
  const shown = all.slice(begin, begin + limit)
  const [first, last] = [shown[0], shown.at(-1)]
  return {
    ids: shown.map(({ id }) => id),
    totals: totalsOf(all),
    turn: {
      newer: begin > 0 && first ? cursorOf(first) : null,
      older: begin + limit < all.length && last ? cursorOf(last) : null,
    },
  }
}

/** Where a list goes on past a point; at its end where it does not. */
function placeOf(all: Row[], isPast: (row: Row) => boolean): number {
  const place = all.findIndex(isPast)
  return place < 0 ? all.length : place
}

function totalsOf(all: Row[]): HistoryTotals {
  if (all.length > COUNTED) return { entries: COUNTED, isMore: true, litres: null }
  const sum = (type: Row['type']) =>
    all.reduce((total, row) => total + (row.isCounted && row.type === type ? row.litres : 0n), 0n)
  const [litresIn, litresOut] = [sum('IN'), sum('OUT')]
  const litres = { in: litresIn, out: litresOut, net: litresIn - litresOut }
  return { entries: all.length, isMore: false, litres }
}
