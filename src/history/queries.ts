import {
  and,
  asc,
  desc,
  eq,
  gte,
  inArray,
  lt,
  or,
  type SQL,
  type SQLWrapper,
  sql,
} from 'drizzle-orm'
import type { Actor } from '#src/auth/permissions.ts'
import type { Db } from '#src/database/client.ts'
import { locationBalances, locationDays } from '#src/database/schema/locations.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { inSnapshot } from '#src/database/transaction.ts'
import type { EntryFilter, HistoryFilter } from '#src/history/input.ts'
import type { EntryView } from '#src/ledger/entry-view.ts'
import { compareWithinMinute, type Standing } from '#src/ledger/order.ts'
import { counts, readEntries, reversal } from '#src/ledger/queries.ts'
import { type LocationView, listLocations } from '#src/locations/queries.ts'
import { Rejected } from '#src/rejected.ts'
import { addDays, type Day, dayStart } from '#src/units/business-day.ts'
import { type Litres, parseDecimal } from '#src/units/litres.ts'

export type HistoryTotals = { entries: number; litresIn: Litres; litresOut: Litres; net: Litres }

export type HistoryPage = {
  rows: EntryView[]
  totals: HistoryTotals
  days: Record<Day, { opening: Litres; in: Litres; out: Litres; closing: Litres }>
  locations: LocationView[]
}

/** One page of the history under a filter, its totals and its days, all of one moment. */
export async function readHistory(
  db: Db,
  actor: Actor,
  { filter, zone }: { filter: HistoryFilter; zone: string },
): Promise<HistoryPage> {
  return inSnapshot(db, async (snapshot) => {
    const locations = await listLocations(snapshot, actor)
    const scope = scopeOf(locations, filter.location)
    const condition = and(inLocations(scope, locations, actor), matches(filter, zone))
    const totals = await readTotals(snapshot, condition)
    const ids = await readPageIds(snapshot, condition, filter)
    const rows = await readEntries(snapshot, zone, ids)
    const shownDays = rows.map(({ occurredClock }) => occurredClock.slice(0, 10))
    const isWholeDays = filter.type === undefined && filter.search === undefined
    const days = isWholeDays ? await readDayFigures(snapshot, scope, shownDays) : {}
    return { rows, totals, days, locations }
  })
}

/** One entry, or null where there is none that this person may see. */
export async function findVisibleEntry(
  db: Db,
  actor: Actor,
  { id, zone }: { id: number; zone: string },
): Promise<EntryView | null> {
  const [entry] = await readEntries(db, zone, [id])
  const isVisible = actor.role !== 'operasional' || entry?.location === actor.location?.code
  return entry && isVisible ? entry : null
}

/** The locations that a filter is about. Throws Rejected 422 where it names one that this person cannot see. */
export function scopeOf(locations: LocationView[], code: string | undefined): LocationView[] {
  if (code === undefined) return locations
  const chosen = locations.filter((location) => location.code === code)
  if (chosen.length === 0)
    throw new Rejected(422, 'Lokasi tidak dikenal.', { location: 'Lokasi tidak dikenal.' })
  return chosen
}

/** Everything is in reach of somebody who may see all locations and named none: then the timeline's own index serves. */
export function inLocations(
  scope: LocationView[],
  all: LocationView[],
  actor: Actor,
): SQL | undefined {
  if (scope.length === all.length && actor.role !== 'operasional') return undefined
  return scope.length === 0
    ? sql`false`
    : inArray(
        entries.locationId,
        scope.map(({ id }) => id),
      )
}

/** What a filter asks of an entry, whatever its location. */
export function matches(
  { type, startDate, endDate, search }: EntryFilter,
  zone: string,
): SQL | undefined {
  const pattern = search === undefined ? undefined : `%${search.replace(/[\\%_]/g, '\\$&')}%`
  return and(
    type === undefined ? undefined : eq(entries.type, type),
    startDate === undefined ? undefined : gte(entries.occurredAt, dayStart(startDate, zone)),
    endDate === undefined ? undefined : lt(entries.occurredAt, dayStart(addDays(endDate, 1), zone)),
    pattern === undefined
      ? undefined
      : or(sql`${entries.notes} like ${pattern}`, sql`${entries.reference} like ${pattern}`),
  )
}

/** All entries are counted; the litres of a reversed one and of its reversal are zero. */
async function readTotals(db: Db, condition: SQL | undefined): Promise<HistoryTotals> {
  const litresOf = (type: string) =>
    sql`coalesce(sum(case when ${counts} and ${entries.type} = ${type} then ${entries.litres} else 0 end), 0)`.mapWith(
      parseDecimal,
    )
  const [row] = await db
    .select({
      entries: sql<number>`count(*)`,
      litresIn: litresOf('IN'),
      litresOut: litresOf('OUT'),
    })
    .from(entries)
    .leftJoin(reversal, eq(reversal.reversesId, entries.id))
    .where(condition)
  const { litresIn = 0n, litresOut = 0n } = row ?? {}
  return { entries: row?.entries ?? 0, litresIn, litresOut, net: litresIn - litresOut }
}

async function readPageIds(
  db: Db,
  condition: SQL | undefined,
  { sort, page, limit }: HistoryFilter,
): Promise<number[]> {
  const by = sort.endsWith('date') ? entries.occurredAt : entries.litres
  const direction = sort.startsWith('-') ? desc : asc
  const rows = await db
    .select({ id: entries.id, at: entries.occurredAt, placeOfId: entries.placeOfId })
    .from(entries)
    .where(condition)
    .orderBy(direction(by), direction(entries.id))
    .limit(limit)
    .offset((page - 1) * limit)
  return (sort.endsWith('date') ? inLedgerOrderOf(rows, sort) : rows).map(({ id }) => id)
}

/** The index knows times and numbers; on a page a replacement stands beside what it replaced. */
function inLedgerOrderOf(rows: Standing[], sort: HistoryFilter['sort']): Standing[] {
  const sign = sort.startsWith('-') ? -1 : 1
  return rows.sort((a, b) => sign * (a.at.getTime() - b.at.getTime() || compareWithinMinute(a, b)))
}

/** What each of these days began with, took in, gave out and ended with, over all of these locations. */
async function readDayFigures(
  db: Db,
  scope: LocationView[],
  days: Day[],
): Promise<HistoryPage['days']> {
  const [first] = [...days].sort()
  if (first === undefined) return {}
  const ids = scope.map(({ id }) => id)
  const sumOf = (column: SQLWrapper) => sql`sum(${column})`.mapWith(parseDecimal)
  const rows = await db
    .select({
      day: locationDays.businessDay,
      net: sumOf(locationDays.net),
      litresIn: sumOf(locationDays.litresIn),
      litresOut: sumOf(locationDays.litresOut),
    })
    .from(locationDays)
    .where(and(inArray(locationDays.locationId, ids), gte(locationDays.businessDay, first)))
    .groupBy(locationDays.businessDay)
    .orderBy(desc(locationDays.businessDay))
  const [now] = await db
    .select({ balance: sql`coalesce(sum(${locationBalances.balance}), 0)`.mapWith(parseDecimal) })
    .from(locationBalances)
    .where(inArray(locationBalances.locationId, ids))
  const shown = new Set(days)
  const figures: HistoryPage['days'] = {}
  let closing = now?.balance ?? 0n
  for (const { day, net, litresIn, litresOut } of rows) {
    const opening = closing - net
    if (shown.has(day)) figures[day] = { opening, in: litresIn, out: litresOut, closing }
    closing = opening
  }
  return figures
}
