import { and, gt, gte, lt, sql } from 'drizzle-orm'
import type { Actor } from '#src/auth/permissions.ts'
import { choosePlaces, type MovedDay, trendOf } from '#src/charts/queries.ts'
import { MOST_PLACES, type Period } from '#src/charts/rules.ts'
import type { Db } from '#src/database/client.ts'
import { locationDays } from '#src/database/schema/locations.ts'
import { inSnapshot } from '#src/database/transaction.ts'
import type { LocationView } from '#src/locations/queries.ts'
import { firstDayOf, lastDayOf, type Month } from '#src/reports/month.ts'
import {
  type LocationReport,
  locationReport,
  type MonthReport,
  recapOf,
  totalOf,
} from '#src/reports/rules.ts'
import { inPlaces, readCorrections, readKinds } from '#src/reports/sums.ts'
import { addDays, type Day } from '#src/units/business-day.ts'

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
