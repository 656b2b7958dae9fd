import { and, asc, gte, inArray, type SQL, sql } from 'drizzle-orm'
import type { Actor } from '#src/auth/permissions.ts'
import {
  type ChartRow,
  type Figures,
  type Period,
  type Step,
  stepOf,
  sumUp,
} from '#src/charts/rules.ts'
import type { Db } from '#src/database/client.ts'
import { prepared, slots } from '#src/database/prepared.ts'
import { locationDays } from '#src/database/schema/locations.ts'
import { inSnapshot } from '#src/database/transaction.ts'
import { type LocationView, listLocations } from '#src/locations/queries.ts'
import { Rejected } from '#src/rejected.ts'
import { addDays, type Day } from '#src/units/business-day.ts'
import type { Litres } from '#src/units/litres.ts'

export type TrendRow = Figures & { date: Day; location: string }

type Place = { location?: string | undefined }

/** A row for each day and location of the period, quiet days too, in the order of date and location. */
export async function readTrend(
  db: Db,
  actor: Actor,
  { location, ...period }: Period & Place,
): Promise<TrendRow[]> {
  return inSnapshot(db, async (snapshot) => {
    const { chosen } = await choosePlaces(snapshot, actor, location)
    const moved = await readMovedDays(snapshot, chosen, period.first)
    const rows = chosen.flatMap(({ id, code, balance }) =>
      trendOf(balance, moved.get(id) ?? [], period).map((row) => ({ ...row, location: code })),
    )
    return rows.sort((a, b) => compare(a.date, b.date) || compare(a.location, b.location))
  })
}

export type Chart = {
  step: Step
  rows: ChartRow[]
  /** The one location that is charted; null where several are added up. */
  location: LocationView | null
  /** Those that could be chosen. */
  locations: LocationView[]
}

/** The figures of one location, or of all that this person may see together. No period, no rows. */
export async function readChart(
  db: Db,
  actor: Actor,
  { location, period }: Place & { period: Period | null },
): Promise<Chart> {
  return inSnapshot(db, async (snapshot) =>
    chartOf(snapshot, await choosePlaces(snapshot, actor, location), period),
  )
}

/** The same of locations that are known, with their balances of this moment. */
export async function chartOf(
  db: Db,
  { all, chosen }: { all: LocationView[]; chosen: LocationView[] },
  period: Period | null,
): Promise<Chart> {
  const [first, ...others] = chosen
  const places = { locations: all, location: first && others.length === 0 ? first : null }
  if (!period || !first) return { ...places, step: 'day', rows: [] }
  const balance = chosen.reduce((sum, place) => sum + place.balance, 0n)
  const days = trendOf(balance, await readSums(db, chosen, period.first), period)
  const step = stepOf(period)
  return { ...places, step, rows: sumUp(days, step) }
}

/** Throws Rejected 422 where the location named is none that this person can see. */
export async function choosePlaces(db: Db, actor: Actor, location: string | undefined) {
  const all = await listLocations(db, actor)
  const chosen = all.filter(({ code }) => location === undefined || code === location)
  if (location !== undefined && chosen.length === 0) {
    throw new Rejected(422, 'Lokasi tidak dikenal.', { location: 'Lokasi tidak dikenal.' })
  }
  return { all, chosen }
}

export type MovedDay = { businessDay: Day; net: Litres; litresIn: Litres; litresOut: Litres }

async function readMovedDays(
  db: Db,
  locations: LocationView[],
  first: Day,
): Promise<Map<number, MovedDay[]>> {
  const byLocation = new Map<number, MovedDay[]>(locations.map(({ id }) => [id, []]))
  if (locations.length === 0) return byLocation
  const ids = locations.map(({ id }) => id)
  for (const row of await selectMovedDays(db, { ids, first }))
    byLocation.get(row.locationId)?.push(row)
  return byLocation
}

const selectMovedDays = prepared((db) =>
  db
    .select({
      locationId: locationDays.locationId,
      businessDay: locationDays.businessDay,
      net: locationDays.net,
      litresIn: locationDays.litresIn,
      litresOut: locationDays.litresOut,
    })
    .from(locationDays)
    .where(isSince())
    .orderBy(asc(locationDays.businessDay)),
)

/** A row a day for all these locations together, so that hundreds of them cost no more rows than one. */
async function readSums(db: Db, locations: LocationView[], first: Day): Promise<MovedDay[]> {
  return selectSums(db, { ids: locations.map(({ id }) => id), first })
}

const selectSums = prepared((db) =>
  db
    .select({
      businessDay: locationDays.businessDay,
      net: sumOf(locationDays.net),
      litresIn: sumOf(locationDays.litresIn),
      litresOut: sumOf(locationDays.litresOut),
    })
    .from(locationDays)
    .where(isSince())
    .groupBy(locationDays.businessDay),
)

type LitreColumn = (typeof locationDays)['net' | 'litresIn' | 'litresOut']

const sumOf = (column: LitreColumn): SQL<Litres> => sql`sum(${column})`.mapWith(column)

const isSince = (): SQL | undefined =>
  and(
    inArray(locationDays.locationId, slots(locationDays.locationId, 'ids')),
    gte(locationDays.businessDay, sql.placeholder('first')),
  )

/** Walks forward from what was there before the first day: today's balance less all that has come since. */
export function trendOf(balance: Litres, moved: MovedDay[], { first, last }: Period) {
  const byDay = new Map(moved.map((row) => [row.businessDay, row]))
  let opening = moved.reduce((sum, row) => sum - row.net, balance)
  const rows: (Figures & { date: Day })[] = []
  for (let date = first; date <= last; date = addDays(date, 1)) {
    const { litresIn = 0n, litresOut = 0n } = byDay.get(date) ?? {}
    const closing = opening + litresIn - litresOut
    rows.push({ date, opening, in: litresIn, out: litresOut, closing })
    opening = closing
  }
  return rows
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
