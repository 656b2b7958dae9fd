import { and, asc, count, eq, sql } from 'drizzle-orm'
import { administrationHead, keptUntilChanged } from '#src/audit/kept.ts'
import type { Actor } from '#src/auth/permissions.ts'
import type { Db } from '#src/database/client.ts'
import { preparedFor } from '#src/database/prepared.ts'
import { consumers, locationBalances, locations } from '#src/database/schema/locations.ts'
import { users } from '#src/database/schema/users.ts'
import { notFound } from '#src/rejected.ts'
import type { Litres } from '#src/units/litres.ts'

export type LocationView = {
  id: number
  code: string
  name: string
  capacityLitres: Litres | null
  lowStockLitres: Litres | null
  active: boolean
  balance: Litres
  entries: number
  hasEntries: boolean
  /** Names of the gensets or tugs that can be chosen here. */
  consumers: string[]
}

/** The locations this person may see: a clerk's own, everybody else's all. In order of their code. */
export async function listLocations(db: Db, actor: Actor): Promise<LocationView[]> {
  return (await readPlaces(db, actor)).locations
}

/** One of them by its number. Throws Rejected 404 where there is none that this person may see. */
export async function loadPlace(db: Db, actor: Actor, id: number): Promise<LocationView> {
  const place = (await listLocations(db, actor)).find((location) => location.id === id)
  if (!place) throw notFound()
  return place
}

type Consumer = Pick<typeof consumers.$inferSelect, 'id' | 'locationId' | 'name' | 'active'>

export type Places = {
  locations: LocationView[]
  /** All gensets and tugs by name, also those that are out of use. */
  consumers: Consumer[]
  /** The head of the administration's chain at this moment; null where there is no location to tell it. */
  head: string | null
}

/** The same, with what a page about them asks for as well. */
export async function readPlaces(db: Db, actor: Actor): Promise<Places> {
  const rows = await selectPlaces(db, isTiedToOwn(actor), { own: ownOf(actor) })
  const head = rows[0]?.head ?? null
  const known = await readConsumers(db, head)
  return { locations: rows.map(viewWith(known)), consumers: known, head }
}

/** Whether this person sees one location only, and which: 0 where a clerk has none. */
export const isTiedToOwn = (actor: Actor): boolean => actor.role === 'operasional'
export const ownOf = (actor: Actor): number => actor.location?.id ?? 0

const selectPlaces = preparedFor((db, isOwnOnly: boolean) =>
  db
    .select(placeFields(db))
    .from(locations)
    .innerJoin(locationBalances, eq(locationBalances.locationId, locations.id))
    .where(isOwnOnly ? eq(locations.id, sql.placeholder('own')) : undefined)
    .orderBy(asc(locations.code)),
)

/** What a statement that joins locations with their balances selects for a view of them. */
export const placeFields = (db: Db) => ({
  id: locations.id,
  code: locations.code,
  name: locations.name,
  capacityLitres: locations.capacityLitres,
  lowStockLitres: locations.lowStockLitres,
  active: locations.active,
  balance: locationBalances.balance,
  entries: locationBalances.entries,
  head: administrationHead(db),
})

type PlaceRow = Omit<LocationView, 'hasEntries' | 'consumers'> & { head: string }

/** Completes such rows. */
export async function withConsumers<Row extends PlaceRow>(db: Db, rows: Row[]) {
  return rows.map(viewWith<Row>(await readConsumers(db, rows[0]?.head ?? null)))
}

const viewWith =
  <Row extends PlaceRow>(known: Consumer[]) =>
  ({ head: _, ...row }: Row): Omit<Row, 'head'> & LocationView => ({
    ...row,
    hasEntries: row.entries > 0,
    consumers: known.flatMap(({ locationId, name, active }) =>
      active && locationId === row.id ? name : [],
    ),
  })

const readConsumers = keptUntilChanged(
  (db): Promise<Consumer[]> =>
    db
      .select({
        id: consumers.id,
        locationId: consumers.locationId,
        name: consumers.name,
        active: consumers.active,
      })
      .from(consumers)
      .orderBy(asc(consumers.name)),
)

/** How many clerks with an active account work at this location and nowhere else. */
export async function countClerks(db: Db, locationId: number): Promise<number> {
  const [row] = await db
    .select({ clerks: count() })
    .from(users)
    .where(
      and(
        eq(users.locationId, locationId),
        eq(users.role, 'operasional'),
        eq(users.active, true),
        eq(users.builtIn, false),
      ),
    )
  return row?.clerks ?? 0
}
