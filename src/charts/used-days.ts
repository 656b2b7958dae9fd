import { and, eq, gt, gte, inArray, lte, type SQL, sql } from 'drizzle-orm'
import { type AnyMySqlColumn, unionAll } from 'drizzle-orm/mysql-core'
import type { Period } from '#src/charts/rules.ts'
import type { Db } from '#src/database/client.ts'
import { consumerDays, locationDays } from '#src/database/schema/locations.ts'

/**
 * What each genset or tug used on each day of a period on which it used something, and under no number what was used
 * with none named: all that left the location on a day less what is known of. Read from derived rows alone, so that it
 * costs no more where there are more entries.
 */
export function selectUsedDays(db: Db, places: { id: number }[], period: Period) {
  const named = db
    .select({
      locationId: consumerDays.locationId,
      consumerId: sql<number | null>`${consumerDays.consumerId}`.as('used_by'),
      day: consumerDays.businessDay,
      litres: sql`${consumerDays.litres}`.mapWith(consumerDays.litres).as('used_litres'),
      entries: sql`${consumerDays.entries}`.mapWith(Number).as('used_entries'),
    })
    .from(consumerDays)
    .where(and(isAsked(consumerDays, places, period), gt(consumerDays.entries, 0)))
  const unnamed = db
    .select({
      locationId: locationDays.locationId,
      // A bare null would make a decimal of all numbers.
      consumerId: sql<number | null>`cast(null as unsigned)`.as('used_by'),
      day: locationDays.businessDay,
      litres: restOf(locationDays.litresOut, consumerDays.litres)
        .mapWith(consumerDays.litres)
        .as('used_litres'),
      entries: restOf(locationDays.entriesOut, consumerDays.entries)
        .mapWith(Number)
        .as('used_entries'),
    })
    .from(locationDays)
    .leftJoin(
      consumerDays,
      and(
        eq(consumerDays.locationId, locationDays.locationId),
        eq(consumerDays.businessDay, locationDays.businessDay),
      ),
    )
    .where(isAsked(locationDays, places, period))
    .groupBy(locationDays.locationId, locationDays.businessDay)
    .having(sql`${restOf(locationDays.entriesOut, consumerDays.entries)} > 0`)
  return unionAll(named, unnamed)
}

/** A day of the location has one row, which the join repeats for each that is named. */
const restOf = (all: AnyMySqlColumn, named: AnyMySqlColumn): SQL =>
  sql`max(${all}) - coalesce(sum(${named}), 0)`

const isAsked = (
  table: typeof consumerDays | typeof locationDays,
  places: { id: number }[],
  { first, last }: Period,
): SQL | undefined =>
  and(
    inArray(
      table.locationId,
      places.map(({ id }) => id),
    ),
    gte(table.businessDay, first),
    lte(table.businessDay, last),
  )
