import { and, desc, eq, gte, inArray, max, type SQL, sql } from 'drizzle-orm'
import { isUnder } from '#src/alerts/rules.ts'
import type { Actor } from '#src/auth/permissions.ts'
import { readCovers } from '#src/cover/queries.ts'
import type { Cover } from '#src/cover/rules.ts'
import type { Db } from '#src/database/client.ts'
import { locationDays } from '#src/database/schema/locations.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { users } from '#src/database/schema/users.ts'
import type { EntryView } from '#src/ledger/entry-view.ts'
import { readEntries } from '#src/ledger/queries.ts'
import { type LocationView, listLocations } from '#src/locations/queries.ts'
import { businessDay, type Day, dayStart, wallClock } from '#src/units/business-day.ts'
import type { Litres } from '#src/units/litres.ts'

export type DayFigures = { opening: Litres; in: Litres; out: Litres; closing: Litres }

/** A location with what its dashboard card says of today. */
export type LocationToday = LocationView & {
  isLow: boolean
  today: DayFigures
  cover: Cover
  last: { clock: string; userName: string } | null
}

type Moment = { now: Date; zone: string }

/** The active locations that this person may see, as they stand now. */
export async function readLocationsToday(
  db: Db,
  actor: Actor,
  { now, zone }: Moment,
): Promise<LocationToday[]> {
  const locations = await listLocations(db, actor, { activeOnly: true })
  const ids = locations.map(({ id }) => id)
  const today = businessDay(now, zone)
  const days = await readDays(db, ids, today)
  const covers = await readCovers(db, locations, today)
  const last = await readLastEntries(db, ids)
  return locations.map((location) => {
    const day = days.get(location.id)
    const latest = last.get(location.id)
    return {
      ...location,
      isLow: location.hasEntries && isUnder(location.balance, location.lowStockLitres),
      today: {
        opening: location.balance - (day?.net ?? 0n),
        in: day?.litresIn ?? 0n,
        out: day?.litresOut ?? 0n,
        closing: location.balance,
      },
      cover: covers.get(location.id) ?? null,
      last: latest
        ? { clock: wallClock(latest.occurredAt, zone), userName: latest.userName }
        : null,
    }
  })
}

/** The entries that this person booked last, newest first. */
export async function readOwnLastEntries(
  db: Db,
  actor: Actor,
  zone: string,
  limit: number,
): Promise<EntryView[]> {
  const ids = await selectIds(db, eq(entries.userId, actor.id))
    .orderBy(desc(entries.id))
    .limit(limit)
  return readEntries(
    db,
    zone,
    ids.map(({ id }) => id),
  )
}

/** Today's entries at every location, newest first. */
export async function readEntriesToday(
  db: Db,
  { now, zone }: Moment,
  limit: number,
): Promise<EntryView[]> {
  const ids = await selectIds(db, gte(entries.occurredAt, dayStart(businessDay(now, zone), zone)))
    .orderBy(desc(entries.occurredAt), desc(entries.id))
    .limit(limit)
  return readEntries(
    db,
    zone,
    ids.map(({ id }) => id),
  )
}

function selectIds(db: Db, condition: SQL) {
  return db.select({ id: entries.id }).from(entries).where(condition).$dynamic()
}

async function readDays(db: Db, locationIds: number[], day: Day) {
  if (locationIds.length === 0) return new Map<number, typeof locationDays.$inferSelect>()
  const rows = await db
    .select()
    .from(locationDays)
    .where(and(inArray(locationDays.locationId, locationIds), eq(locationDays.businessDay, day)))
  return new Map(rows.map((row) => [row.locationId, row]))
}

/**
 * The last entry of each location's timeline: of its latest minute the highest id. Each is looked up by itself in the
 * index: joined with a list of latest minutes, MariaDB makes that list anew for every entry while it knows no statistics
 * of the table, as after a first import.
 */
async function readLastEntries(db: Db, locationIds: number[]) {
  const last = new Map<number, { occurredAt: Date; userName: string }>()
  for (const locationId of locationIds) {
    const isHere = eq(entries.locationId, locationId)
    const latest = db
      .select({ at: max(entries.occurredAt) })
      .from(entries)
      .where(isHere)
    const [found] = await db
      .select({ id: max(entries.id) })
      .from(entries)
      .where(and(isHere, eq(entries.occurredAt, sql`(${latest})`)))
    const [row] = await db
      .select({ occurredAt: entries.occurredAt, userName: users.name })
      .from(entries)
      .innerJoin(users, eq(users.id, entries.userId))
      .where(eq(entries.id, found?.id ?? 0))
    if (row) last.set(locationId, row)
  }
  return last
}
