import { asc, eq, or, type SQL, sql } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/mysql-core'
import type { Actor } from '#src/auth/permissions.ts'
import type { Db } from '#src/database/client.ts'
import { consumers } from '#src/database/schema/locations.ts'
import { users } from '#src/database/schema/users.ts'
import { type LocationView, listLocations } from '#src/locations/queries.ts'

/** What the fields of the filter offer. */
export type Choices = {
  locations: LocationView[]
  people: { id: number; name: string }[]
  consumers: { id: number; name: string; location: string }[]
}

export async function readChoices(db: Db, actor: Actor): Promise<Choices> {
  const locations = await listLocations(db, actor)
  const names = new Map(locations.map(({ id, name }) => [id, name]))
  const named = await readNamed(db, actor.role === 'operasional' ? (actor.location?.id ?? 0) : null)
  return {
    locations,
    people: named.flatMap(({ id, name, locationId }) => (locationId === null ? { id, name } : [])),
    consumers: named
      .flatMap(({ id, name, locationId }) => {
        const location = locationId === null ? undefined : names.get(Number(locationId))
        return location === undefined ? [] : { id, name, location }
      })
      .sort((a, b) => (a.location < b.location ? -1 : a.location > b.location ? 1 : 0)),
  }
}

/** People, without a location, and gensets and tugs, whose location comes as text, in one answer by name. */
async function readNamed(db: Db, own: number | null) {
  const named = unionAll(
    db
      .select({
        id: sql<number>`${users.id}`.as('named_id'),
        name: sql<string>`${users.name}`.as('named'),
        locationId: sql<string | null>`null`.as('at_location'),
      })
      .from(users)
      .where(mayHaveBookedAt(own)),
    db
      .select({
        id: sql<number>`${consumers.id}`.as('named_id'),
        name: sql<string>`${consumers.name}`.as('named'),
        locationId: sql<string | null>`${consumers.locationId}`.as('at_location'),
      })
      .from(consumers),
  ).as('all_named')
  return db.select().from(named).orderBy(asc(named.name))
}

/** Whoever may have booked at the location: those who left as well. */
const mayHaveBookedAt = (own: number | null): SQL | undefined =>
  own === null
    ? undefined
    : or(eq(users.locationId, own), eq(users.role, 'supervisor'), eq(users.role, 'admin'))
