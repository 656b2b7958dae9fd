import { and, asc, gte, inArray } from 'drizzle-orm'
import type { Actor } from '#src/auth/permissions.ts'
import type { Db } from '#src/database/client.ts'
import { locationDays } from '#src/database/schema/locations.ts'
import { inSnapshot } from '#src/database/transaction.ts'
import { type LocationView, listLocations } from '#src/locations/queries.ts'
import { Rejected } from '#src/rejected.ts'
import { addDays, type Day } from '#src/units/business-day.ts'
import type { Litres } from '#src/units/litres.ts'

export type TrendRow = {
  date: Day
  location: string
  opening: Litres
  in: Litres
  out: Litres
  closing: Litres
}

type Period = { first: Day; last: Day }

/** A row for each day and location of the period, quiet days too, in the order of date and location. */
export async function readTrend(
  db: Db,
  actor: Actor,
  { location, ...period }: Period & { location?: string | undefined },
): Promise<TrendRow[]> {
  return inSnapshot(db, async (snapshot) => {
    const all = await listLocations(snapshot, actor)
    const chosen = all.filter(({ code }) => location === undefined || code === location)
    if (location !== undefined && chosen.length === 0) {
      throw new Rejected(422, 'Lokasi tidak dikenal.', { location: 'Lokasi tidak dikenal.' })
    }
    const moved = await readMovedDays(snapshot, chosen, period.first)
    const rows = chosen.flatMap((place) => trendOf(place, moved.get(place.id) ?? [], period))
    return rows.sort((a, b) => compare(a.date, b.date) || compare(a.location, b.location))
  })
}

type MovedDay = typeof locationDays.$inferSelect

async function readMovedDays(
  db: Db,
  locations: LocationView[],
  first: Day,
): Promise<Map<number, MovedDay[]>> {
  const byLocation = new Map<number, MovedDay[]>(locations.map(({ id }) => [id, []]))
  if (locations.length === 0) return byLocation
  const rows = await db
    .select()
    .from(locationDays)
    .where(
      and(
        inArray(locationDays.locationId, [...byLocation.keys()]),
        gte(locationDays.businessDay, first),
      ),
    )
    .orderBy(asc(locationDays.businessDay))
  for (const row of rows) byLocation.get(row.locationId)?.push(row)
  return byLocation
}

/** Walks forward from what was there before the first day: today's balance less all that has come since. */
function trendOf(location: LocationView, moved: MovedDay[], { first, last }: Period): TrendRow[] {
  const byDay = new Map(moved.map((row) => [row.businessDay, row]))
  let opening = moved.reduce((balance, row) => balance - row.net, location.balance)
  const rows: TrendRow[] = []
  for (let date = first; date <= last; date = addDays(date, 1)) {
    const { litresIn = 0n, litresOut = 0n } = byDay.get(date) ?? {}
    const closing = opening + litresIn - litresOut
    rows.push({ date, location: location.code, opening, in: litresIn, out: litresOut, closing })
    opening = closing
  }
  return rows
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
