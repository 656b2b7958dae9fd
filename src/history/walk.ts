import { and, asc, desc, eq, not, type SQL, sql } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { type Chosen, conditionOf, type HistoryTotals, timeIndexFor } from '#src/history/chosen.ts'
import { inReach, matchesTimeline } from '#src/history/conditions.ts'
import {
  cursorOf,
  type Found,
  isBeyond,
  type Point,
  readCursor,
  type Turn,
} from '#src/history/turning.ts'
import { reversal } from '#src/ledger/reversal.ts'
import { businessDay } from '#src/units/business-day.ts'

/**
 * What one request may cost: entries whose words are read, and entries that an index passes by because they are of
 * another type or place. It is no time, so that a slow machine finds the same.
 */
const BOUNDS = { read: 10_000, passed: 40_000 }

/**
 * A page of what holds the words, out of so many entries beside its beginning: it may be less than full, and says then
 * how far it was looked. Null where the whole filter has no more entries than that.
 */
export async function lookThrough(
  db: Db,
  chosen: Chosen,
  bounds: typeof BOUNDS = BOUNDS,
): Promise<Found | null> {
  const { before, after } = chosen.filter
  const from = readCursor(after ?? before)
  const top = { from: null, isBack: false, bounds, isRough: from !== null }
  const edge = await findEdge(db, chosen, top)
  if (edge === null) return null
  if (from === null) return readStretch(db, chosen, { ...top, edge })
  const way = { from, isBack: after === undefined }
  const beside = await findEdge(db, chosen, { ...way, bounds, isRough: false })
  const found = await readStretch(db, chosen, { ...way, edge: beside })
  if (!way.isBack || found.turn.newer !== null) return found
  // The way back has come to the newest entry: the first page is a full one.
  const filter = { ...chosen.filter, before: undefined }
  return lookThrough(db, { ...chosen, filter }, bounds)
}

/** From a point, or from the newest entry, towards older ones; `isBack`: towards newer ones. */
type Way = { from: Point | null; isBack: boolean }
/** As far as an edge; to the end of the filter's entries where there is none. */
type Stretch = Way & { edge: Point | null }

type Sought = Way & {
  bounds: typeof BOUNDS
  /** Asked only whether there is an edge. */
  isRough: boolean
}

/** The last entry that is looked at; null where there are not so many. */
async function findEdge(db: Db, chosen: Chosen, sought: Sought): Promise<Point | null> {
  const { bounds, isRough, ...way } = sought
  const { first, rest } = conditionsOfIndex(chosen)
  if (rest === undefined) return pointAt(db, chosen, { way, condition: first, place: bounds.read })
  const furthest = await pointAt(db, chosen, { way, condition: first, place: bounds.passed })
  if (furthest && isRough) return furthest
  const condition = and(first, rest, furthest ? isWithin(furthest, way) : undefined)
  return (await pointAt(db, chosen, { way, condition, place: bounds.read })) ?? furthest
}

/** What an index answers by where it is entered, and what by looking at each of its lines. */
function conditionsOfIndex({ filter, reach, zone }: Chosen) {
  const { type, startDate, endDate, kind, user, consumer } = filter
  const period = matchesTimeline({ type: undefined, startDate, endDate }, zone)
  const isType = type === undefined ? undefined : eq(entries.type, type)
  const isInReach = inReach(reach)
  // A consumer is at one location, which its index need not name.
  if (consumer !== undefined)
    return { first: and(eq(entries.consumerId, consumer), period), rest: isType }
  if (kind !== undefined)
    return { first: and(eq(entries.kind, kind), isInReach, period), rest: isType }
  if (user !== undefined)
    return { first: and(eq(entries.userId, user), period), rest: and(isInReach, isType) }
  return { first: and(isInReach, period), rest: isType }
}

type Place = { way: Way; condition: SQL | undefined; place: number }

async function pointAt(db: Db, chosen: Chosen, { way, condition, place }: Place) {
  const [point] = await db
    .select({ at: entries.occurredAt, id: entries.id })
    .from(entries, { forceIndex: timeIndexFor(chosen) })
    .where(and(condition, startsAt(way)))
    .orderBy(...orderOf(way))
    .limit(1)
    .offset(place - 1)
  return point ?? null
}

const startsAt = ({ from, isBack }: Way) => (from ? isBeyond(from, isBack) : undefined)

const isWithin = (edge: Point, { isBack }: Way): SQL => {
  const beyond = isBeyond(edge, isBack)
  return beyond ? not(beyond) : sql`true`
}

function orderOf({ isBack }: Way): SQL[] {
  const direction = isBack ? asc : desc
  return [direction(entries.occurredAt), direction(entries.id)]
}

async function readStretch(db: Db, chosen: Chosen, stretch: Stretch): Promise<Found> {
  const { limit } = chosen.filter
  const { isBack, edge } = stretch
  const rows = await selectStretch(db, chosen, stretch)
    .orderBy(...orderOf(stretch))
    .limit(limit + 1)
  const shown = rows.slice(0, limit)
  if (isBack) shown.reverse()
  const isFull = rows.length > limit
  return {
    ids: shown.map(({ id }) => id),
    totals: isFull ? moreThan(rows[0]?.found ?? 1) : foundSoFar(shown.length),
    turn: {
      ...turnOf(shown, { ...stretch, isFull }),
      ...(!isFull && edge && { searchedUntil: businessDay(edge.at, chosen.zone) }),
    },
  }
}

function selectStretch(db: Db, chosen: Chosen, stretch: Stretch) {
  const query = db
    .select({ id: entries.id, at: entries.occurredAt, found: sql<number>`count(*) over ()` })
    .from(entries, { forceIndex: timeIndexFor(chosen) })
    .$dynamic()
  const isAsked = chosen.filter.corrected !== undefined
  const joined = isAsked ? query.leftJoin(reversal, eq(reversal.reversesId, entries.id)) : query
  const { edge } = stretch
  return joined.where(
    and(startsAt(stretch), edge ? isWithin(edge, stretch) : undefined, conditionOf(chosen)),
  )
}

/** The next page goes on behind the last entry shown or, where nothing more was found, behind the last looked at. */
function turnOf(
  shown: Point[],
  { from, isBack, edge, isFull }: Stretch & { isFull: boolean },
): Turn {
  const [newest, oldest] = [shown[0], shown.at(-1)]
  // Where nothing is shown, the way back begins beside the point itself, which is on the page beside.
  const beside = from && { at: from.at, id: Math.max(0, from.id + (isBack ? 1 : -1)) }
  const behind = from && ((isBack ? oldest : newest) ?? beside)
  const ahead = isFull ? (isBack ? newest : oldest) : edge
  const [newer, older] = isBack ? [ahead, behind] : [behind, ahead]
  return { newer: newer ? cursorOf(newer) : null, older: older ? cursorOf(older) : null }
}

/** A round number below: of 1.666, and of 2.000 as well, it can be said that they are more than 1.000. */
function moreThan(count: number): HistoryTotals {
  const less = count - 1
  const unit = 10 ** (String(less).length - 1)
  return { entries: Math.floor(less / unit) * unit, isMore: true, litres: null }
}

const foundSoFar = (count: number): HistoryTotals => ({
  entries: count,
  isMore: false,
  isPartial: true,
  litres: null,
})
