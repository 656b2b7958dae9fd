import { and, between, desc, inArray, type SQLWrapper, sql } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { locationDays } from '#src/database/schema/locations.ts'
import { sumPeriod } from '#src/ledger/periods.ts'
import type { LocationView } from '#src/locations/queries.ts'
import { addDays, type Day } from '#src/units/business-day.ts'
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
  const balance = scope.reduce((sum, place) => sum + place.balance, 0n)
  const since = await sumPeriod(db, ids, { first: addDays(last, 1) })
  const shown = new Set(days)
  const figures: Record<Day, Figures> = {}
  let closing = balance - since.litresIn + since.litresOut
  for (const { day, litresIn, litresOut } of await readMovedDays(db, ids, { first, last })) {
    const opening = closing - litresIn + litresOut
    if (shown.has(day)) figures[day] = { opening, in: litresIn, out: litresOut, closing }
    closing = opening
  }
  return figures
}

async function readMovedDays(db: Db, ids: number[], { first, last }: { first: Day; last: Day }) {
  const sumOf = (column: SQLWrapper) => sql`sum(${column})`.mapWith(parseDecimal)
  return db
    .select({
      day: locationDays.businessDay,
      litresIn: sumOf(locationDays.litresIn),
      litresOut: sumOf(locationDays.litresOut),
    })
    .from(locationDays)
    .where(
      and(inArray(locationDays.locationId, ids), between(locationDays.businessDay, first, last)),
    )
    .groupBy(locationDays.businessDay)
    .orderBy(desc(locationDays.businessDay))
}
