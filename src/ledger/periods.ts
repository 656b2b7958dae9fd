import { and, between, gte, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/mysql-core'
import type { Db } from '#src/database/client.ts'
import { prepared, slots } from '#src/database/prepared.ts'
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
  const [row] = await selectSums(db, { locationIds, ...cut(period) })
  return row ?? { litresIn: 0n, litresOut: 0n, rowsIn: 0, rowsOut: 0 }
}

const selectSums = prepared((db) => {
  const parts = partsOf(db).as('parts')
  return db
    .select({
      litresIn: sql`coalesce(sum(${parts.litresIn}), 0)`.mapWith(parseDecimal),
      litresOut: sql`coalesce(sum(${parts.litresOut}), 0)`.mapWith(parseDecimal),
      rowsIn: sql`coalesce(sum(${parts.rowsIn}), 0)`.mapWith(Number),
      rowsOut: sql`coalesce(sum(${parts.rowsOut}), 0)`.mapWith(Number),
    })
    .from(parts)
})

/** A part of a period, a month or a day by its first day. */
export type Part = PeriodSums & { from: Day; isMonth: boolean }
export type PartRows = Pick<Part, 'from' | 'rowsIn' | 'rowsOut'>

/** How the rows of a period spread over its months, and over days where a month is not whole; in order of time. */
export function readParts(db: Db, locationIds: number[], period: Period): Promise<Part[]> {
  return selectParts(db, { locationIds, ...cut(period) })
}

const selectParts = prepared((db) => {
  const parts = partsOf(db).as('parts')
  return db
    .select({
      from: sql<Day>`${parts.from}`,
      isMonth: sql`${parts.isMonth}`.mapWith(Boolean),
      litresIn: sql`sum(${parts.litresIn})`.mapWith(parseDecimal),
      litresOut: sql`sum(${parts.litresOut})`.mapWith(parseDecimal),
      rowsIn: sql`sum(${parts.rowsIn})`.mapWith(Number),
      rowsOut: sql`sum(${parts.rowsOut})`.mapWith(Number),
    })
    .from(parts)
    .groupBy(parts.from, parts.isMonth)
    .orderBy(parts.from)
})

/** How many rows the days of one month have, in order of time; days without any are not among them. */
export function readDaysOfMonth(db: Db, locationIds: number[], month: Day): Promise<PartRows[]> {
  return selectDaysOfMonth(db, { locationIds, first: month, last: lastOfMonth(month) })
}

const selectDaysOfMonth = prepared((db) => {
  const [first, last] = [sql.placeholder('first'), sql.placeholder('last')]
  const days = selectDays(db, between(locationDays.businessDay, first, last)).as('days')
  return db
    .select({
      from: sql<Day>`${days.from}`,
      rowsIn: sql`sum(${days.rowsIn})`.mapWith(Number),
      rowsOut: sql`sum(${days.rowsOut})`.mapWith(Number),
    })
    .from(days)
    .groupBy(days.from)
    .orderBy(days.from)
})

/** With the places that `cut` fills. */
function partsOf(db: Db) {
  const { month } = locationMonths
  const { businessDay } = locationDays
  const from = (name: keyof Cut) => sql.placeholder(name)
  return unionAll(
    selectMonths(db, and(gte(month, from('monthsFrom')), lt(month, from('monthsUntil')))),
    selectDays(
      db,
      or(
        and(gte(businessDay, from('headFrom')), lt(businessDay, from('headUntil'))),
        and(gte(businessDay, from('tailFrom')), lt(businessDay, from('tailUntil'))),
      ),
    ),
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
    .where(and(isAmongPlaces(locationMonths), condition))

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
    .where(and(isAmongPlaces(locationDays), condition))

const isAmongPlaces = ({ locationId }: typeof locationMonths | typeof locationDays): SQL =>
  inArray(locationId, slots(locationId, 'locationIds'))

/** The whole months of a period, and the days before and after them; an `until` is the first one that is not of it. */
type Cut = {
  monthsFrom: Day
  monthsUntil: Day
  headFrom: Day
  headUntil: Day
  tailFrom: Day
  tailUntil: Day
}

/** Before and after all books. */
const [BEGIN, END]: [Day, Day] = ['1000-01-01', '9999-12-01']

function cut({ first, last }: Period): Cut {
  const end = last && addDays(last, 1)
  const monthsFrom = first ? (first === monthOf(first) ? first : nextMonth(first)) : BEGIN
  const monthsUntil = end ? monthOf(end) : END
  const isWithoutMonths = monthsFrom >= monthsUntil
  return {
    monthsFrom,
    monthsUntil: isWithoutMonths ? monthsFrom : monthsUntil,
    headFrom: first ?? monthsFrom,
    headUntil: isWithoutMonths ? (end ?? monthsUntil) : monthsFrom,
    tailFrom: monthsUntil,
    tailUntil: isWithoutMonths ? monthsUntil : (end ?? monthsUntil),
  }
}

const nextMonth = (day: Day): Day => monthOf(addDays(monthOf(day), 31))
