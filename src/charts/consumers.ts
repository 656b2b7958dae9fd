import { and, asc, eq, gte, inArray, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
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
  const rows = await db
    .select({
      locationId: entries.locationId,
      consumerId: entries.consumerId,
      litres: sumOfLitres,
      entries: sql`count(*)`.mapWith(Number),
      days: sql`count(distinct ${entries.businessDay})`.mapWith(Number),
    })
    .from(entries, BY_KIND)
    .leftJoin(reversal, eq(reversal.reversesId, entries.id))
    .where(isUsage(places, bounds))
    .groupBy(entries.locationId, entries.consumerId)
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

type DaysAsked = Bounds & { places: LocationView[]; consumerIds?: (number | null)[] }

async function readUsedDays(db: Db, { places, consumerIds, ...bounds }: DaysAsked) {
  if (consumerIds?.length === 0) return []
  const { locationId, consumerId, businessDay } = entries
  return db
    .select({ locationId, consumerId, day: businessDay, litres: sumOfLitres })
    .from(entries, BY_KIND)
    .leftJoin(reversal, eq(reversal.reversesId, entries.id))
    .where(and(isUsage(places, bounds), consumerIds && isOneOf(consumerIds)))
    .groupBy(locationId, consumerId, businessDay)
}

function isOneOf(consumerIds: (number | null)[]): SQL | undefined {
  const ids = consumerIds.filter((id) => id !== null)
  const isNamed = ids.length > 0 ? inArray(entries.consumerId, ids) : undefined
  return consumerIds.includes(null) ? or(isNamed, isNull(entries.consumerId)) : isNamed
}

/** Usage that counts: what was reversed is none. */
const isUsage = (places: LocationView[], { period, zone }: Bounds): SQL | undefined =>
  and(
    inPlaces(entries.locationId, places),
    eq(entries.kind, 'usage'),
    gte(entries.occurredAt, dayStart(period.first, zone)),
    lt(entries.occurredAt, dayStart(addDays(period.last, 1), zone)),
    isNull(reversal.id),
  )

const sumOfLitres: SQL<bigint> = sql`sum(${entries.litres})`.mapWith(entries.litres)

const inPlaces = (
  column: typeof entries.locationId | typeof consumers.locationId,
  places: LocationView[],
): SQL =>
  inArray(
    column,
    places.map(({ id }) => id),
  )
