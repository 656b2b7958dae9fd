import { and, gt, gte, inArray, lte, type SQLWrapper, sql } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/mysql-core'
import type { Db } from '#src/database/client.ts'
import { prepared, slots } from '#src/database/prepared.ts'
import { locationDays, locationMonths } from '#src/database/schema/locations.ts'
import type { LocationView } from '#src/locations/queries.ts'
import { type Day, lastOfMonth } from '#src/units/business-day.ts'
import { type Litres, parseDecimal } from '#src/units/litres.ts'

type Figures = { opening: Litres; in: Litres; out: Litres; closing: Litres }

/** What each of these days began with, took in, gave out and ended with, over all of these locations. */
export async function readDayFigures(
  db: Db,
  scope: LocationView[],
  days: Day[],
): Promise<Record<Day, Figures>> {
  const sorted = [...days].sort()
  const [first, last] = [sorted[0], sorted.at(-1)]
  if (first === undefined || last === undefined) return {}
  const ids = scope.map(({ id }) => id)
  const shown = new Set(days)
  const figures: Record<Day, Figures> = {}
  let closing = scope.reduce((sum, place) => sum + place.balance, 0n)
  for (const { day, litresIn, litresOut } of await readBack(db, ids, { first, last })) {
    const opening = closing - litresIn + litresOut
    if (shown.has(day)) figures[day] = { opening, in: litresIn, out: litresOut, closing }
    closing = opening
  }
  return figures
}

/** From now back: the months after that of the last day, then the days of that month and those before, to the first. */
function readBack(db: Db, ids: number[], { first, last }: { first: Day; last: Day }) {
  return selectBack(db, { ids, first, monthEnd: lastOfMonth(last) })
}

const selectBack = prepared((db) => {
  const [first, monthEnd] = [sql.placeholder('first'), sql.placeholder('monthEnd')]
  const parts = unionAll(
    db
      .select({
        day: sql<Day>`${locationMonths.month}`.as('part'),
        litresIn: locationMonths.litresIn,
        litresOut: locationMonths.litresOut,
      })
      .from(locationMonths)
      .where(
        and(
          inArray(locationMonths.locationId, slots(locationMonths.locationId, 'ids')),
          gt(locationMonths.month, monthEnd),
        ),
      ),
    db
      .select({
        day: sql<Day>`${locationDays.businessDay}`.as('part'),
        litresIn: locationDays.litresIn,
        litresOut: locationDays.litresOut,
      })
      .from(locationDays)
      .where(
        and(
          inArray(locationDays.locationId, slots(locationDays.locationId, 'ids')),
          gte(locationDays.businessDay, first),
          lte(locationDays.businessDay, monthEnd),
        ),
      ),
  ).as('parts')
  const sumOf = (column: SQLWrapper) => sql`sum(${column})`.mapWith(parseDecimal)
  return db
    .select({ day: parts.day, litresIn: sumOf(parts.litresIn), litresOut: sumOf(parts.litresOut) })
    .from(parts)
    .groupBy(parts.day)
    .orderBy(sql`${parts.day} desc`)
})
