import { and, desc, eq, gte, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/mysql-core'
import { isUnder } from '#src/alerts/rules.ts'
import type { Actor } from '#src/auth/permissions.ts'
import { type Chart, chartOf } from '#src/charts/queries.ts'
import { readCovers } from '#src/cover/queries.ts'
import type { Cover } from '#src/cover/rules.ts'
import type { Db } from '#src/database/client.ts'
import { prepared, preparedFor, slot } from '#src/database/prepared.ts'
import { locationBalances, locationDays, locations } from '#src/database/schema/locations.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { users } from '#src/database/schema/users.ts'
import { inSnapshot } from '#src/database/transaction.ts'
import type { EntryView } from '#src/ledger/entry-view.ts'
import { completeEntries, selectEntryRows, selectIds } from '#src/ledger/queries.ts'
import {
  isTiedToOwn,
  type LocationView,
  ownOf,
  placeFields,
  withConsumers,
} from '#src/locations/queries.ts'
import { addDays, businessDay, dayStart, wallClock } from '#src/units/business-day.ts'
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

export type Overview = { locations: LocationToday[]; entries: EntryView[]; trend: Chart }

/** What bookkeepers see first, all of one moment: the active locations, today's entries and the last days. */
export async function readOverview(
  db: Db,
  actor: Actor,
  { moment, limit, days }: { moment: Moment; limit: number; days: number },
): Promise<Overview> {
  const today = businessDay(moment.now, moment.zone)
  return inSnapshot(db, async (snapshot) => {
    const places = await readPlacesToday(snapshot, actor, moment)
    return {
      locations: await completePlaces(snapshot, places, moment),
      entries: await readEntriesToday(snapshot, moment, limit),
      trend: await chartOf(
        snapshot,
        { all: places, chosen: places },
        { first: addDays(today, 1 - days), last: today },
      ),
    }
  })
}

/** The active locations that this person may see, as they stand now. */
export async function readLocationsToday(
  db: Db,
  actor: Actor,
  moment: Moment,
): Promise<LocationToday[]> {
  return completePlaces(db, await readPlacesToday(db, actor, moment), moment)
}

type PlaceToday = Awaited<ReturnType<typeof readPlacesToday>>[number]

async function completePlaces(
  db: Db,
  all: PlaceToday[],
  { now, zone }: Moment,
): Promise<LocationToday[]> {
  const places = all.filter(({ active }) => active)
  const covers = await readCovers(db, places, businessDay(now, zone))
  return places.map(({ net, litresIn, litresOut, lastAt, lastBy, ...location }) => ({
    ...location,
    isLow: location.hasEntries && isUnder(location.balance, location.lowStockLitres),
    today: {
      opening: location.balance - (net ?? 0n),
      in: litresIn ?? 0n,
      out: litresOut ?? 0n,
      closing: location.balance,
    },
    cover: covers.get(location.id) ?? null,
    last:
      lastAt !== null && lastBy !== null
        ? { clock: wallClock(lastAt, zone), userName: lastBy }
        : null,
  }))
}

/** All locations that this person may see, with their figures of today and the last entry of each. */
async function readPlacesToday(db: Db, actor: Actor, { now, zone }: Moment) {
  const values = { own: ownOf(actor), today: businessDay(now, zone) }
  return withConsumers(db, await selectPlacesToday(db, isTiedToOwn(actor), values))
}

const selectPlacesToday = preparedFor((db, isOwnOnly: boolean) =>
  db
    .select({
      ...placeFields(db),
      net: locationDays.net,
      litresIn: locationDays.litresIn,
      litresOut: locationDays.litresOut,
      lastAt: entries.occurredAt,
      lastBy: users.name,
    })
    .from(locations)
    .innerJoin(locationBalances, eq(locationBalances.locationId, locations.id))
    .leftJoin(
      locationDays,
      and(
        eq(locationDays.locationId, locations.id),
        eq(locationDays.businessDay, sql.placeholder('today')),
      ),
    )
    .leftJoin(entries, eq(entries.id, lastEntryOf(db)))
    .leftJoin(users, eq(users.id, entries.userId))
    .where(isOwnOnly ? eq(locations.id, sql.placeholder('own')) : undefined)
    .orderBy(locations.code),
)

const last = alias(entries, 'last_entry')

/** The last entry of a location's timeline, of its latest minute the highest id: looked up in the index for each. */
function lastEntryOf(db: Db) {
  const found = db
    .select({ id: last.id })
    .from(last, { forceIndex: 'transactions_location_timeline' })
    .where(eq(last.locationId, locations.id))
    .orderBy(desc(last.occurredAt), desc(last.id))
    .limit(1)
  return sql<number>`(${found})`
}

/** The entries that this person booked last, newest first. */
export async function readOwnLastEntries(
  db: Db,
  actor: Actor,
  zone: string,
  limit: number,
): Promise<EntryView[]> {
  const rows = await selectOwnLast(db, { userId: actor.id, limit })
  return (await completeEntries(db, rows, { zone })).sort((a, b) => b.id - a.id)
}

const selectOwnLast = prepared((db) =>
  selectEntryRows(
    db,
    selectIds(db)
      .where(eq(entries.userId, sql.placeholder('userId')))
      .orderBy(desc(entries.id))
      .limit(sql.placeholder('limit'))
      .as('page'),
  ),
)

/** Today's entries at every location, newest first. */
async function readEntriesToday(
  db: Db,
  { now, zone }: Moment,
  limit: number,
): Promise<EntryView[]> {
  const rows = await selectSince(db, { since: dayStart(businessDay(now, zone), zone), limit })
  return (await completeEntries(db, rows, { zone })).sort(
    (a, b) => b.occurredAt.getTime() - a.occurredAt.getTime() || b.id - a.id,
  )
}

const selectSince = prepared((db) =>
  selectEntryRows(
    db,
    selectIds(db)
      .where(gte(entries.occurredAt, slot(entries.occurredAt, 'since')))
      .orderBy(desc(entries.occurredAt), desc(entries.id))
      .limit(sql.placeholder('limit'))
      .as('page'),
  ),
)
