import { and, eq, gt, gte, inArray, isNull, lt, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/mysql-core'
import type { Actor } from '#src/auth/permissions.ts'
import { choosePlaces, type MovedDay, trendOf } from '#src/charts/queries.ts'
import { MOST_PLACES, type Period } from '#src/charts/rules.ts'
import type { Db } from '#src/database/client.ts'
import { consumers, locationDays } from '#src/database/schema/locations.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { inSnapshot } from '#src/database/transaction.ts'
import { reversal } from '#src/ledger/reversal.ts'
import type { LocationView } from '#src/locations/queries.ts'
import { firstDayOf, lastDayOf, type Month } from '#src/reports/month.ts'
import {
  type CorrectionSum,
  type KindSum,
  type LocationReport,
  locationReport,
  type MonthReport,
  recapOf,
  totalOf,
} from '#src/reports/rules.ts'
import { addDays, type Day, dayStart } from '#src/units/business-day.ts'

/** The index that holds all that is added up here. */
const BY_KIND = { forceIndex: 'transactions_location_kind' }

export type ReportQuestion = {
  month: Month
  location?: string | undefined
  today: Day
  zone: string
}

/**
 * The books of a month at the location named, or at all that this person may see, from one snapshot.
 * Throws Rejected 422 where the location is none of theirs.
 */
export async function readReport(
  db: Db,
  actor: Actor,
  { month, location, today, zone }: ReportQuestion,
): Promise<MonthReport> {
  const end = lastDayOf(month)
  const period = { first: firstDayOf(month), last: end > today ? today : end }
  return inSnapshot(db, async (snapshot) => {
    const { all, chosen } = await choosePlaces(snapshot, actor, location)
    const days = await readDays(snapshot, chosen, period)
    const isDetailed = chosen.length <= MOST_PLACES
    const recaps = chosen.map((place) => recapOf(place, days.get(place.id) ?? []))
    return {
      ...period,
      month,
      isRunning: end >= today,
      locations: all.map(({ code, name }) => ({ code, name })),
      recaps,
      total: totalOf(recaps),
      details: isDetailed ? await readDetails(snapshot, chosen, { days, period, zone }) : null,
    }
  })
}

type Days = Map<number, ReturnType<typeof trendOf>>

/** Each day of the month at each location: from what is there now back to the month's end, and on to its start. */
async function readDays(db: Db, places: LocationView[], period: Period): Promise<Days> {
  const since = await readNetSince(db, places, period.last)
  const moved = await readMoved(db, places, period)
  return new Map(
    places.map(({ id, balance }) => {
      const closing = balance - (since.get(id) ?? 0n)
      return [id, trendOf(closing, moved.get(id) ?? [], period)]
    }),
  )
}

async function readNetSince(db: Db, places: LocationView[], last: Day) {
  if (places.length === 0) return new Map<number, bigint>()
  const rows = await db
    .select({
      locationId: locationDays.locationId,
      net: sql<bigint>`sum(${locationDays.net})`.mapWith(locationDays.net),
    })
    .from(locationDays)
    .where(and(inPlaces(locationDays.locationId, places), gt(locationDays.businessDay, last)))
    .groupBy(locationDays.locationId)
  return new Map(rows.map(({ locationId, net }) => [locationId, net]))
}

async function readMoved(db: Db, places: LocationView[], { first, last }: Period) {
  const byLocation = new Map<number, MovedDay[]>(places.map(({ id }) => [id, []]))
  if (places.length === 0) return byLocation
  const { locationId, businessDay, net, litresIn, litresOut } = locationDays
  const rows = await db
    .select({ locationId, businessDay, net, litresIn, litresOut })
    .from(locationDays)
    .where(
      and(inPlaces(locationId, places), gte(businessDay, first), lt(businessDay, addDays(last, 1))),
    )
  for (const row of rows) byLocation.get(row.locationId)?.push(row)
  return byLocation
}

async function readDetails(
  db: Db,
  places: LocationView[],
  { days, period, zone }: { days: Days; period: Period; zone: string },
): Promise<LocationReport[]> {
  if (places.length === 0) return []
  const kinds = await readKinds(db, places, { period, zone })
  const corrections = await readCorrections(db, places, { period, zone })
  return places.map((place) =>
    locationReport(place, {
      days: days.get(place.id) ?? [],
      kinds: kinds.filter(({ locationId }) => locationId === place.id),
      corrections: corrections.filter(({ locationId }) => locationId === place.id),
    }),
  )
}

type Bounds = { period: Period; zone: string }

/** What counts, by kind and by who used it. */
async function readKinds(
  db: Db,
  places: LocationView[],
  bounds: Bounds,
): Promise<(KindSum & { locationId: number })[]> {
  return db
    .select({
      locationId: entries.locationId,
      kind: entries.kind,
      consumer: consumers.name,
      litres: sumOf(entries.litres),
      entries: sql`count(*)`.mapWith(Number),
    })
    .from(entries, BY_KIND)
    .leftJoin(reversal, eq(reversal.reversesId, entries.id))
    .leftJoin(consumers, eq(consumers.id, entries.consumerId))
    .where(
      and(
        inPlaces(entries.locationId, places),
        inArray(entries.kind, ['opening', 'delivery', 'usage']),
        ...isWithin(bounds),
        isNull(reversal.id),
      ),
    )
    .groupBy(entries.locationId, entries.kind, entries.consumerId, consumers.name)
}

/** A pair stands at the time of the entry that was wrong; its replacement may stand at another. */
async function readCorrections(
  db: Db,
  places: LocationView[],
  bounds: Bounds,
): Promise<(CorrectionSum & { locationId: number })[]> {
  return db
    .select({
      locationId: entries.locationId,
      type: entries.type,
      pairs: sql`count(*)`.mapWith(Number),
      takenBack: sumOf(entries.litres),
      putRight: sql<bigint>`coalesce(sum(${replacement.litres}), 0)`.mapWith(entries.litres),
    })
    .from(entries, BY_KIND)
    .leftJoin(replacement, eq(replacement.replacesId, entries.reversesId))
    .where(
      and(inPlaces(entries.locationId, places), eq(entries.kind, 'reversal'), ...isWithin(bounds)),
    )
    .groupBy(entries.locationId, entries.type)
}

const replacement = alias(entries, 'replacement')

const sumOf = (litres: typeof entries.litres): SQL<bigint> => sql`sum(${litres})`.mapWith(litres)

const isWithin = ({ period, zone }: Bounds): SQL[] => [
  gte(entries.occurredAt, dayStart(period.first, zone)),
  lt(entries.occurredAt, dayStart(addDays(period.last, 1), zone)),
]

type LocationIdColumn = typeof entries.locationId | typeof locationDays.locationId

const inPlaces = (column: LocationIdColumn, places: LocationView[]): SQL =>
  inArray(
    column,
    places.map(({ id }) => id),
  )
