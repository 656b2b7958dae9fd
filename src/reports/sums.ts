import { and, eq, gte, inArray, isNull, lt, lte, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/mysql-core'
import type { Period } from '#src/charts/rules.ts'
import { selectUsedDays } from '#src/charts/used-days.ts'
import type { Db } from '#src/database/client.ts'
import { consumerDays, consumers, locationDays } from '#src/database/schema/locations.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { reversal } from '#src/ledger/reversal.ts'
import type { LocationView } from '#src/locations/queries.ts'
import type { CorrectionSum, Counted, KindSum } from '#src/reports/rules.ts'
import { addDays, dayStart } from '#src/units/business-day.ts'

/** The index that holds all that is added up here. */
const BY_KIND = { forceIndex: 'transactions_location_kind' }

type Asked = { period: Period; zone: string }
type AtPlace<Sum> = Sum & { locationId: number }

/**
 * What counts, by kind and by who used it. Deliveries and usage are nearly all there is: they are what the days of the
 * location come to, less the few entries of other kinds, and so cost no more where there are more of them.
 */
export async function readKinds(
  db: Db,
  places: LocationView[],
  asked: Asked,
): Promise<AtPlace<KindSum>[]> {
  const others = await readOthers(db, places, asked)
  const came = await readIncoming(db, places, asked.period)
  const used = await readUsed(db, places, asked.period)
  const rest = (sum: AtPlace<Counted>, type: 'IN' | 'OUT') =>
    others
      .filter((other) => other.locationId === sum.locationId && other.type === type)
      .reduce(less, sum)
  return [
    ...others.map(({ type: _, ...sum }) => ({ ...sum, consumer: null })),
    ...came.map((sum) => ({ ...sum, kind: 'delivery', consumer: null, ...rest(sum, 'IN') })),
    ...used.map(({ consumerId, ...sum }) => ({
      ...sum,
      kind: 'usage',
      ...(consumerId === null && rest(sum, 'OUT')),
    })),
  ].filter((sum) => sum.entries > 0)
}

const less = <Sum extends Counted>(sum: Sum, { litres, entries }: Counted): Sum => ({
  ...sum,
  litres: sum.litres - litres,
  entries: sum.entries - entries,
})

async function readOthers(db: Db, places: LocationView[], asked: Asked) {
  const { locationId, kind, type } = entries
  return db
    .select({ locationId, kind, type, litres: sumOf(entries.litres), entries: COUNT })
    .from(entries, BY_KIND)
    .leftJoin(reversal, eq(reversal.reversesId, entries.id))
    .where(
      and(
        inPlaces(locationId, places),
        inArray(kind, ['opening', 'adjustment', 'transfer']),
        ...isWithin(asked),
        isNull(reversal.id),
      ),
    )
    .groupBy(locationId, kind, type)
}

async function readIncoming(db: Db, places: LocationView[], { first, last }: Period) {
  const { locationId, businessDay, litresIn, entriesIn } = locationDays
  return db
    .select({
      locationId,
      litres: sql`sum(${litresIn})`.mapWith(litresIn),
      entries: sql`sum(${entriesIn})`.mapWith(Number),
    })
    .from(locationDays)
    .where(and(inPlaces(locationId, places), gte(businessDay, first), lte(businessDay, last)))
    .groupBy(locationId)
}

async function readUsed(db: Db, places: LocationView[], period: Period) {
  const used = selectUsedDays(db, places, period).as('used')
  return db
    .select({
      locationId: used.locationId,
      consumerId: used.consumerId,
      consumer: consumers.name,
      litres: sql`sum(${used.litres})`.mapWith(consumerDays.litres),
      entries: sql`sum(${used.entries})`.mapWith(Number),
    })
    .from(used)
    .leftJoin(consumers, eq(consumers.id, used.consumerId))
    .groupBy(used.locationId, used.consumerId, consumers.name)
}

/** A pair stands at the time of the entry that was wrong; its replacement may stand at another. */
export async function readCorrections(
  db: Db,
  places: LocationView[],
  asked: Asked,
): Promise<AtPlace<CorrectionSum>[]> {
  return db
    .select({
      locationId: entries.locationId,
      type: entries.type,
      pairs: COUNT,
      takenBack: sumOf(entries.litres),
      putRight: sql<bigint>`coalesce(sum(${replacement.litres}), 0)`.mapWith(entries.litres),
    })
    .from(entries, BY_KIND)
    .leftJoin(replacement, eq(replacement.replacesId, entries.reversesId))
    .where(
      and(inPlaces(entries.locationId, places), eq(entries.kind, 'reversal'), ...isWithin(asked)),
    )
    .groupBy(entries.locationId, entries.type)
}

const replacement = alias(entries, 'replacement')

const COUNT = sql`count(*)`.mapWith(Number)

const sumOf = (litres: typeof entries.litres): SQL<bigint> => sql`sum(${litres})`.mapWith(litres)

const isWithin = ({ period, zone }: Asked): SQL[] => [
  gte(entries.occurredAt, dayStart(period.first, zone)),
  lt(entries.occurredAt, dayStart(addDays(period.last, 1), zone)),
]

type LocationIdColumn = typeof entries.locationId | typeof locationDays.locationId

export const inPlaces = (column: LocationIdColumn, places: LocationView[]): SQL =>
  inArray(
    column,
    places.map(({ id }) => id),
  )
