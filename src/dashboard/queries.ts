import { and, desc, eq, gte, inArray, max, type SQL } from 'drizzle-orm'
import type { Actor } from '#src/auth/permissions.ts'
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
  const days = await readDays(db, ids, businessDay(now, zone))
  const last = await readLastEntries(db, ids)
  return locations.map((location) => {
    const day = days.get(location.id)
    const latest = last.get(location.id)
    return {
      ...location,
      isLow: location.lowStockLitres !== null && location.balance < location.lowStockLitres,
      today: {
        opening: location.balance - (day?.net ?? 0n),
        in: day?.litresIn ?? 0n,
        out: day?.litresOut ?? 0n,
        closing: location.balance,
      },
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

/** The last entry of each location's timeline: its latest minute from the index, then the highest id of that minute. */
async function readLastEntries(db: Db, locationIds: number[]) {
  if (locationIds.length === 0) return new Map<number, { occurredAt: Date; userName: string }>()
  const latest = db
    .select({ locationId: entries.locationId, occurredAt: max(entries.occurredAt).as('latest_at') })
    .from(entries)
    .where(inArray(entries.locationId, locationIds))
    .groupBy(entries.locationId)
    .as('latest')
  const rows = await db
    .select({
      locationId: entries.locationId,
      occurredAt: entries.occurredAt,
      userName: users.name,
    })
    .from(latest)
    .innerJoin(
      entries,
      and(eq(entries.locationId, latest.locationId), eq(entries.occurredAt, latest.occurredAt)),
    )
    .innerJoin(users, eq(users.id, entries.userId))
    .orderBy(entries.id)
  return new Map(rows.map((row) => [row.locationId, row]))
}
