import { and, asc, eq, gte, inArray, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import { type AnyMySqlColumn, unionAll } from 'drizzle-orm/mysql-core'
import type { Actor } from '#src/auth/permissions.ts'
import {
  type ConsumerKey,
  type ConsumerUse,
  compareWithUsual,
  keyOf,
  USUAL_DAYS,
  type Used,
  type UsedDay,
} from '#src/charts/consumer-rules.ts'
import { choosePlaces } from '#src/charts/queries.ts'
import { MOST_PLACES, type Period } from '#src/charts/rules.ts'
import type { Db } from '#src/database/client.ts'
import { consumers } from '#src/database/schema/locations.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { inSnapshot } from '#src/database/transaction.ts'
import { reversal } from '#src/ledger/reversal.ts'
import type { LocationView } from '#src/locations/queries.ts'
import { addDays, dayStart } from '#src/units/business-day.ts'

/** Most that run daily have their usual days in here; the rest is read for the others only. */
const NEAR_DAYS = 120
const FAR_DAYS = 366

/** The index that holds all that is added up here: without being told, a database opens each row of long periods. */
const BY_KIND = { forceIndex: 'transactions_location_kind' }

export type ConsumerRow = ConsumerUse & { name: string | null }
export type ConsumersOfPlace = { code: string; name: string; rows: ConsumerRow[] }

export type ConsumersChart = {
  /** Null where they are too many to be shown at once. */
  places: ConsumersOfPlace[] | null
  location: LocationView | null
  locations: LocationView[]
}

type Question = { location?: string | undefined; period: Period | null; zone: string }

/**
 * Usage of each genset and tug in a period, at one location or at all that this person may see.
 * Throws Rejected 422 where the location is none of theirs.
 */
export async function readConsumersChart(
  db: Db,
  actor: Actor,
  { location, period, zone }: Question,
): Promise<ConsumersChart> {
  return inSnapshot(db, async (snapshot) => {
    const { all, chosen } = await choosePlaces(snapshot, actor, location)
    const [first, ...others] = chosen
    const found = { location: first && others.length === 0 ? first : null, locations: all }
    if (chosen.length > MOST_PLACES) return { ...found, places: null }
    if (!period || chosen.length === 0) return { ...found, places: [] }
    const known = await readKnown(snapshot, chosen)
    const used = await readUsed(snapshot, chosen, { period, zone })
    const before = await readBefore(snapshot, { places: chosen, known, period, zone })
    const places = chosen.map(({ id, code, name }) => ({
      code,
      name,
      rows: rowsOf(
        known.filter(({ locationId }) => locationId === id),
        { used, before },
      ),
    }))
    return { ...found, places }
  })
}

type Known = ConsumerKey & { name: string | null; active: boolean }
type Found = { used: Map<string, Used>; before: Map<string, UsedDay[]> }

/** Largest first; those that are out of use only where they used something. */
function rowsOf(known: Known[], { used, before }: Found): ConsumerRow[] {
  const rows = known.flatMap((consumer) => {
    const key = keyOf(consumer)
    const own = used.get(key)
    if (!own && !consumer.active) return []
    const nothing = { litres: 0n, entries: 0, days: 0 }
    return [{ name: consumer.name, ...compareWithUsual(own ?? nothing, before.get(key) ?? []) }]
  })
  return rows.sort((a, b) => (a.litres < b.litres ? 1 : a.litres > b.litres ? -1 : 0))
}

/** The gensets and tugs of these places, and for each place those that nobody named. */
async function readKnown(db: Db, places: LocationView[]): Promise<Known[]> {
  const { locationId, id, name, active } = consumers
  const rows = await db
    .select({ locationId, consumerId: id, name, active })
    .from(consumers)
    .where(inPlaces(locationId, places))
    .orderBy(asc(name))
  const unnamed = places.map((place) => ({
    locationId: place.id,
    consumerId: null,
    name: null,
    active: false,
  }))
  return [...rows, ...unnamed]
}

type Bounds = { period: Period; zone: string }

async function readUsed(db: Db, places: LocationView[], bounds: Bounds) {
  const used = selectUsedDays(db, { places, ...bounds }).as('used')
  const rows = await db
    .select({
      locationId: used.locationId,
      consumerId: used.consumerId,
      litres: sql`sum(${used.litres})`.mapWith(entries.litres),
      entries: sql`sum(${used.entries})`.mapWith(Number),
      days: sql`count(*)`.mapWith(Number),
    })
    .from(used)
    .groupBy(used.locationId, used.consumerId)
  return new Map(
    rows.map(({ litres, entries, days, ...key }) => [keyOf(key), { litres, entries, days }]),
  )
}

type BeforeAsked = Bounds & { places: LocationView[]; known: Known[] }

/** Days with usage before the period: the near ones of all, then those further back where these are too few. */
async function readBefore(db: Db, { places, known, period, zone }: BeforeAsked) {
  const end = addDays(period.first, -1)
  const near = { first: addDays(period.first, -NEAR_DAYS), last: end }
  const far = { first: addDays(period.first, -FAR_DAYS), last: addDays(near.first, -1) }
  const byKey = Map.groupBy(await readUsedDays(db, { places, period: near, zone }), keyOf)
  const isFull = (key: ConsumerKey) => (byKey.get(keyOf(key))?.length ?? 0) >= USUAL_DAYS
  const wanting = known.filter((consumer) => !isFull(consumer)).map(({ consumerId }) => consumerId)
  const further = await readUsedDays(db, { places, period: far, zone, consumerIds: wanting })
  for (const day of further) byKey.set(keyOf(day), [...(byKey.get(keyOf(day)) ?? []), day])
  return byKey
}

type DaysAsked = Bounds & { places: LocationView[]; consumerIds?: (number | null)[] | undefined }

async function readUsedDays(db: Db, asked: DaysAsked): Promise<UsedDay[]> {
  return asked.consumerIds?.length === 0 ? [] : selectUsedDays(db, asked)
}

/**
 * Days with usage that counts. What was reversed is taken off afterwards: there is little of it, and to look for a
 * reversal of each usage takes longer than to add up all of them.
 */
function selectUsedDays(db: Db, { places, consumerIds, ...bounds }: DaysAsked) {
  const booked = db
    .select(sumsOf(1))
    .from(entries, BY_KIND)
    .where(and(eq(entries.kind, 'usage'), isAsked(entries, { places, consumerIds, ...bounds })))
    .groupBy(entries.locationId, entries.consumerId, entries.businessDay)
  // A reversal lies at the place and in the minute of what it takes back.
  const takenBack = db
    .select(sumsOf(-1))
    .from(reversal, BY_KIND)
    .innerJoin(entries, eq(entries.id, reversal.reversesId))
    .where(
      and(
        eq(reversal.kind, 'reversal'),
        eq(entries.kind, 'usage'),
        isAsked(reversal, { places, ...bounds }),
        consumerIds && isOneOf(consumerIds),
      ),
    )
    .groupBy(entries.locationId, entries.consumerId, entries.businessDay)
  const both = unionAll(booked, takenBack).as('both')
  return db
    .select({
      locationId: both.locationId,
      consumerId: both.consumerId,
      day: both.day,
      litres: sql`sum(${both.litres})`.mapWith(entries.litres).as('used_litres'),
      entries: sql`sum(${both.entries})`.mapWith(Number).as('used_entries'),
    })
    .from(both)
    .groupBy(both.locationId, both.consumerId, both.day)
    .having(sql`sum(${both.entries}) > 0`)
}

const sumsOf = (sign: 1 | -1) => ({
  locationId: entries.locationId,
  consumerId: entries.consumerId,
  day: entries.businessDay,
  litres: sql`${sql.raw(String(sign))} * sum(${entries.litres})`.as('litres'),
  entries: sql`${sql.raw(String(sign))} * count(*)`.as('entries'),
})

function isOneOf(consumerIds: (number | null)[]): SQL | undefined {
  const ids = consumerIds.filter((id) => id !== null)
  const isNamed = ids.length > 0 ? inArray(entries.consumerId, ids) : undefined
  return consumerIds.includes(null) ? or(isNamed, isNull(entries.consumerId)) : isNamed
}

function isAsked(
  table: typeof entries | typeof reversal,
  { places, consumerIds, period, zone }: DaysAsked,
): SQL | undefined {
  return and(
    inPlaces(table.locationId, places),
    gte(table.occurredAt, dayStart(period.first, zone)),
    lt(table.occurredAt, dayStart(addDays(period.last, 1), zone)),
    consumerIds && isOneOf(consumerIds),
  )
}

const inPlaces = (column: AnyMySqlColumn, places: LocationView[]): SQL =>
  inArray(
    column,
    places.map(({ id }) => id),
  )
