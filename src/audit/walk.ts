import { and, asc, desc, eq, gt, lt, not, or, type SQL } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { type accessLogs, systemLogs } from '#src/database/schema/audit.ts'
import { businessDay, type Day } from '#src/units/business-day.ts'

/** Rows that are only ever appended: their numbers ascend as they were written. */
export type Trail = typeof systemLogs | typeof accessLogs

/** A way to the rows of a trail, the newest first, along an index. */
export type Way = {
  trail: Trail
  index: string
  /** What the index answers by where it is entered. */
  entered: SQL | undefined
  /** What each row that the index leads to is looked at for; undefined where that is nothing. */
  lookedAtFor: SQL | undefined
  order: Order
}

/** By the number of the row, by its place in its chain, or by when it was written. */
export type Order = 'number' | 'position' | 'time'

/** Which page: beside a cursor, or the first one. */
export type Place = { before?: string | undefined; after?: string | undefined; limit: number }

export type TrailPage = {
  ids: number[]
  /** Cursors of the pages beside this one; null where there is none. */
  newer: string | null
  older: string | null
  /** Where the page is not full because no more rows were looked at: the day that was come to. */
  searchedUntil: Day | null
}

/**
 * So many rows are looked at for one page, where an index does not answer everything that is asked. It is no time, so
 * that a slow machine finds the same.
 */
export const MOST_LOOKED_AT = 10_000

/** A row by its time and by its number, or its place in the chain. */
type Point = { at: Date; key: number }

/** From a point, or from the newest row, towards older ones; `isBack`: towards newer ones. */
type Walk = { from: Point | null; isBack: boolean }

/** A page of the rows on a way. It costs the same wherever it lies, however many rows there are. */
export async function findPage(
  db: Db,
  way: Way,
  { place, zone }: { place: Place; zone: string },
): Promise<TrailPage> {
  const { before, after, limit } = place
  const from = readCursor(after ?? before, way)
  const walk = { from, isBack: from !== null && after === undefined }
  const edge = way.lookedAtFor ? await findEdge(db, way, walk) : null
  const rows = await readStretch(db, way, { ...walk, edge, limit: limit + 1 })
  const isFull = rows.length > limit
  const shown = rows.slice(0, limit)
  if (walk.isBack) shown.reverse()
  const turn = turnOf(shown, { ...walk, ahead: isFull ? 'shown' : edge }, way)
  // The way back has come to the newest row: the first page is a full one.
  if (walk.isBack && turn.newer === null) return findPage(db, way, { place: { limit }, zone })
  const searchedUntil = isFull || edge === null ? null : businessDay(edge.at, zone)
  return { ids: shown.map(({ id }) => id), ...turn, searchedUntil }
}

/** Whether so few rows stand where an index is entered that all of them can be looked at for one page. */
export async function areFew(
  db: Db,
  { trail, index, entered }: Pick<Way, 'trail' | 'index' | 'entered'>,
): Promise<boolean> {
  const [more] = await db
    .select({ id: trail.id })
    .from(trail, { forceIndex: index })
    .where(entered)
    .limit(1)
    .offset(MOST_LOOKED_AT)
  return more === undefined
}

/** The last row that is looked at; null where there are not so many. */
async function findEdge(db: Db, way: Way, walk: Walk): Promise<Point | null> {
  const { trail, index, entered } = way
  if (index === 'PRIMARY') return findEdgeByNumber(db, way, walk)
  // The index alone is read: what stands in the rows passed by is of no interest.
  const key = keyOf(way)
  const [last] = await db
    .select({ key })
    .from(trail, { forceIndex: index })
    .where(and(entered, beyondStart(way, walk)))
    .orderBy(...orderOf(way, walk))
    .limit(1)
    .offset(MOST_LOOKED_AT - 1)
  return last ? pointAt(db, way, and(entered, eq(key, last.key))) : null
}

/** Rows stand side by side under numbers that hardly ever leave one out, so that none need be counted. */
async function findEdgeByNumber(db: Db, way: Way, walk: Walk): Promise<Point | null> {
  const { trail } = way
  const { from, isBack } = walk
  const start = from?.key ?? (await pointAt(db, way, undefined))?.key ?? 0
  const reached = start + (isBack ? MOST_LOOKED_AT : -MOST_LOOKED_AT)
  return pointAt(db, way, isBack ? gt(trail.id, reached) : lt(trail.id, reached + 1), isBack)
}

async function pointAt(
  db: Db,
  way: Way,
  condition: SQL | undefined,
  isFirst = false,
): Promise<Point | null> {
  const { trail } = way
  const [point] = await db
    .select({ at: trail.recordedAt, key: keyOf(way) })
    .from(trail)
    .where(condition)
    .orderBy((isFirst ? asc : desc)(trail.id))
    .limit(1)
  return point ?? null
}

type Stretch = Walk & { edge: Point | null; limit: number }

function readStretch(db: Db, way: Way, stretch: Stretch) {
  const { trail, index, entered, lookedAtFor } = way
  const { edge, isBack, limit } = stretch
  const beyondEdge = edge ? isBeyond(way, edge, isBack) : undefined
  const untilEdge = beyondEdge && not(beyondEdge)
  return db
    .select({ id: trail.id, at: trail.recordedAt, key: keyOf(way) })
    .from(trail, { forceIndex: index })
    .where(and(entered, beyondStart(way, stretch), untilEdge, lookedAtFor))
    .orderBy(...orderOf(way, stretch))
    .limit(limit)
}

const keyOf = ({ trail, order }: Pick<Way, 'trail' | 'order'>) =>
  order === 'position' ? systemLogs.position : trail.id

function orderOf(way: Way, { isBack }: Walk): SQL[] {
  const direction = isBack ? asc : desc
  const key = direction(keyOf(way))
  return way.order === 'time' ? [direction(way.trail.recordedAt), key] : [key]
}

const beyondStart = (way: Way, { from, isBack }: Walk) =>
  from ? isBeyond(way, from, isBack) : undefined

/** The rows beyond a point, which is none of them. */
function isBeyond(way: Way, { at, key }: Point, isNewer: boolean): SQL | undefined {
  const further = isNewer ? gt : lt
  const isFurther = further(keyOf(way), key)
  if (way.order !== 'time') return isFurther
  const { recordedAt } = way.trail
  return or(further(recordedAt, at), and(eq(recordedAt, at), isFurther))
}

/** The next page goes on behind the last row shown or, where nothing more was found, behind the last looked at. */
function turnOf(
  shown: Point[],
  { from, isBack, ahead }: Walk & { ahead: Point | 'shown' | null },
  way: Way,
): Pick<TrailPage, 'newer' | 'older'> {
  const [newest, oldest] = [shown[0], shown.at(-1)]
  // Where nothing is shown, the way back begins beside the point itself, which is on the page beside.
  const beside = from && { at: from.at, key: Math.max(0, from.key + (isBack ? 1 : -1)) }
  const behind = from && ((isBack ? oldest : newest) ?? beside)
  const further = ahead === 'shown' ? (isBack ? newest : oldest) : ahead
  const [newer, older] = isBack ? [further, behind] : [behind, further]
  const write = (point: Point | null | undefined) => (point ? cursorOf(point, way) : null)
  return { newer: write(newer), older: write(older) }
}

/** How a cursor is written: when, and which number; a place in a chain is marked as one. */
export const CURSOR = /^p?\d{1,13}-\d{1,15}$/

const markOf = ({ order }: Pick<Way, 'order'>): string => (order === 'position' ? 'p' : '')

const cursorOf = ({ at, key }: Point, way: Way): string => `${markOf(way)}${at.getTime()}-${key}`

/** One of another order leads nowhere, and to the first page. */
function readCursor(text: string | undefined, way: Way): Point | null {
  if (text === undefined || text.startsWith('p') !== (markOf(way) === 'p')) return null
  const [milliseconds, key] = text.replace('p', '').split('-').map(Number)
  return { at: new Date(milliseconds ?? 0), key: key ?? 0 }
}

/** Rows in the order in which a page found them. */
export function inOrderOf<Row extends { id: number }>(ids: number[], rows: Row[]): Row[] {
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}
