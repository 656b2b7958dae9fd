import { and, between, eq, gte, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import { type AnyMySqlColumn, unionAll } from 'drizzle-orm/mysql-core'
import type { Db } from '#src/database/client.ts'
import { locationDays, locationMonths } from '#src/database/schema/locations.ts'
import { addDays, type Day, lastOfMonth, monthOf } from '#src/units/business-day.ts'
import { type Litres, parseDecimal } from '#src/units/litres.ts'

/** Days from the first to the last, both included; without one, from the beginning or to the end. */
export type Period = { first?: Day | undefined; last?: Day | undefined }

/** What counts, in litres, and all rows of each type. */
export type PeriodSums = { litresIn: Litres; litresOut: Litres; rowsIn: number; rowsOut: number }

/** Adds up a period over these locations: whole months by their own rows, the rest by days. */
export async function sumPeriod(
  db: Db,
  locationIds: number[],
  period: Period,
): Promise<PeriodSums> {
  const parts = partsOf(db, locationIds, period).as('parts')
  const [row] = await db
    .select({
      litresIn: sql`coalesce(sum(${parts.litresIn}), 0)`.mapWith(parseDecimal),
      litresOut: sql`coalesce(sum(${parts.litresOut}), 0)`.mapWith(parseDecimal),
      rowsIn: sql`coalesce(sum(${parts.rowsIn}), 0)`.mapWith(Number),
      rowsOut: sql`coalesce(sum(${parts.rowsOut}), 0)`.mapWith(Number),
    })
    .from(parts)
  return row ?? { litresIn: 0n, litresOut: 0n, rowsIn: 0, rowsOut: 0 }
}

/** A part of a period, a month or a day by its first day, with how many rows it holds. */
export type Part = { from: Day; isMonth: boolean; rowsIn: number; rowsOut: number }

/** How the rows of a period spread over its months, and over days where a month is not whole; in order of time. */
export async function readParts(db: Db, locationIds: number[], period: Period): Promise<Part[]> {
  const parts = partsOf(db, locationIds, period).as('parts')
  return db
    .select({
      from: sql<Day>`${parts.from}`,
      isMonth: sql`${parts.isMonth}`.mapWith(Boolean),
      rowsIn: sql`sum(${parts.rowsIn})`.mapWith(Number),
      rowsOut: sql`sum(${parts.rowsOut})`.mapWith(Number),
    })
    .from(parts)
    .groupBy(parts.from, parts.isMonth)
    .orderBy(parts.from)
}

/** The days of one month that have rows, in order of time. */
export function readDaysOfMonth(db: Db, locationIds: number[], month: Day): Promise<Part[]> {
  const days = selectDays(
    db,
    and(
      isAt(locationDays.locationId, locationIds),
      between(locationDays.businessDay, month, lastOfMonth(month)),
    ),
  ).as('days')
  return db
    .select({
      from: sql<Day>`${days.from}`,
      isMonth: sql`0`.mapWith(Boolean),
      rowsIn: sql`sum(${days.rowsIn})`.mapWith(Number),
      rowsOut: sql`sum(${days.rowsOut})`.mapWith(Number),
    })
    .from(days)
    .groupBy(days.from)
    .orderBy(days.from)
}

function partsOf(db: Db, locationIds: number[], period: Period) {
  const { months, days } = cut(period)
  return unionAll(
    selectMonths(db, and(isAt(locationMonths.locationId, locationIds), months)),
    selectDays(db, and(isAt(locationDays.locationId, locationIds), days)),
  )
}

const selectMonths = (db: Db, condition: SQL | undefined) =>
  db
    .select({
      from: sql<Day>`${locationMonths.month}`.as('from_day'),
      isMonth: sql<number>`1`.as('is_month'),
      litresIn: locationMonths.litresIn,
      litresOut: locationMonths.litresOut,
      rowsIn: locationMonths.rowsIn,
      rowsOut: locationMonths.rowsOut,
    })
    .from(locationMonths)
    .where(condition)

const selectDays = (db: Db, condition: SQL | undefined) =>
  db
    .select({
      from: sql<Day>`${locationDays.businessDay}`.as('from_day'),
      isMonth: sql<number>`0`.as('is_month'),
      litresIn: locationDays.litresIn,
      litresOut: locationDays.litresOut,
      rowsIn: locationDays.rowsIn,
      rowsOut: locationDays.rowsOut,
    })
    .from(locationDays)
    .where(condition)

/** The whole months of a period, and the days before and after them. */
function cut({ first, last }: Period): { months: SQL | undefined; days: SQL | undefined } {
  const end = last && addDays(last, 1)
  const monthsFrom = first && (first === monthOf(first) ? first : nextMonth(first))
  const monthsUntil = end && monthOf(end)
  const { month } = locationMonths
  const { businessDay } = locationDays
  if (monthsFrom && monthsUntil && monthsFrom >= monthsUntil) {
    return {
      months: sql`false`,
      days: and(gte(businessDay, first ?? monthsFrom), lt(businessDay, end ?? monthsUntil)),
    }
  }
  const edges = [
    first && monthsFrom ? and(gte(businessDay, first), lt(businessDay, monthsFrom)) : undefined,
    end && monthsUntil ? and(gte(businessDay, monthsUntil), lt(businessDay, end)) : undefined,
  ]
  return {
    months: and(
      monthsFrom ? gte(month, monthsFrom) : undefined,
      monthsUntil ? lt(month, monthsUntil) : undefined,
    ),
    days: or(...edges) ?? sql`false`,
  }
}

function isAt(column: AnyMySqlColumn, ids: number[]): SQL | undefined {
  const [only, ...others] = ids
  if (only === undefined) return sql`false`
  return others.length === 0 ? eq(column, only) : inArray(column, ids)
}

const nextMonth = (day: Day): Day => monthOf(addDays(monthOf(day), 31))
