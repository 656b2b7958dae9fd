import { asc, inArray, isNull, or, sql } from 'drizzle-orm'
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
import { selectUsedDays } from '#src/charts/used-days.ts'
import type { Db } from '#src/database/client.ts'
import { consumerDays, consumers } from '#src/database/schema/locations.ts'
import { inSnapshot } from '#src/database/transaction.ts'
import type { LocationView } from '#src/locations/queries.ts'
import { addDays } from '#src/units/business-day.ts'

/** Most that run daily have their usual days in here; the rest is read for the others only. */
const NEAR_DAYS = 120
const FAR_DAYS = 366

export type ConsumerRow = ConsumerUse & { name: string | null }
export type ConsumersOfPlace = { code: string; name: string; rows: ConsumerRow[] }

export type ConsumersChart = {
  /** Null where they are too many to be shown at once. */
  places: ConsumersOfPlace[] | null
  location: LocationView | null
  locations: LocationView[]
}

type Question = { location?: string | undefined; period: Period | null }

/**
 * Usage of each genset and tug in a period, at one location or at all that this person may see.
 * Throws Rejected 422 where the location is none of theirs.
 */
export async function readConsumersChart(
  db: Db,
  actor: Actor,
  { location, period }: Question,
): Promise<ConsumersChart> {
  return inSnapshot(db, async (snapshot) => {
    const { all, chosen } = await choosePlaces(snapshot, actor, location)
    const [first, ...others] = chosen
    const found = { location: first && others.length === 0 ? first : null, locations: all }
    if (chosen.length > MOST_PLACES) return { ...found, places: null }
    if (!period || chosen.length === 0) return { ...found, places: [] }
    const known = await readKnown(snapshot, chosen)
    const used = await readUsed(snapshot, chosen, period)
    const before = await readBefore(snapshot, { places: chosen, known, period })
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
    .where(
      inArray(
        locationId,
        places.map(({ id }) => id),
      ),
    )
    .orderBy(asc(name))
  const unnamed = places.map((place) => ({
    locationId: place.id,
    consumerId: null,
    name: null,
    active: false,
  }))
  return [...rows, ...unnamed]
}

async function readUsed(db: Db, places: LocationView[], period: Period) {
  const used = selectUsedDays(db, places, period).as('used')
  const rows = await db
    .select({
      locationId: used.locationId,
      consumerId: used.consumerId,
      litres: sql`sum(${used.litres})`.mapWith(consumerDays.litres),
      entries: sql`sum(${used.entries})`.mapWith(Number),
      days: sql`count(*)`.mapWith(Number),
    })
    .from(used)
    .groupBy(used.locationId, used.consumerId)
  return new Map(
    rows.map(({ litres, entries, days, ...key }) => [keyOf(key), { litres, entries, days }]),
  )
}

type BeforeAsked = { places: LocationView[]; known: Known[]; period: Period }

/** Days with usage before the period: the near ones of all, then those further back where these are too few. */
async function readBefore(db: Db, { places, known, period }: BeforeAsked) {
  const end = addDays(period.first, -1)
  const near = { first: addDays(period.first, -NEAR_DAYS), last: end }
  const far = { first: addDays(period.first, -FAR_DAYS), last: addDays(near.first, -1) }
  const days: UsedDay[] = await selectUsedDays(db, places, near)
  const byKey = Map.groupBy(days, keyOf)
  const isFull = (key: ConsumerKey) => (byKey.get(keyOf(key))?.length ?? 0) >= USUAL_DAYS
  const wanting = known.filter((consumer) => !isFull(consumer)).map(({ consumerId }) => consumerId)
  for (const day of await readFurther(db, places, { period: far, consumerIds: wanting }))
    byKey.set(keyOf(day), [...(byKey.get(keyOf(day)) ?? []), day])
  return byKey
}

async function readFurther(
  db: Db,
  places: LocationView[],
  { period, consumerIds }: { period: Period; consumerIds: (number | null)[] },
): Promise<UsedDay[]> {
  if (consumerIds.length === 0) return []
  const used = selectUsedDays(db, places, period).as('used')
  const ids = consumerIds.filter((id) => id !== null)
  return db
    .select()
    .from(used)
    .where(
      or(
        ids.length > 0 ? inArray(used.consumerId, ids) : undefined,
        consumerIds.includes(null) ? isNull(used.consumerId) : undefined,
      ),
    )
}
