import { asc, eq, isNull, or } from 'drizzle-orm'
import { keptUntilChanged } from '#src/audit/kept.ts'
import type { Actor } from '#src/auth/permissions.ts'
import type { Db } from '#src/database/client.ts'
import { apiKeys, users } from '#src/database/schema/users.ts'
import { isTiedToOwn, type LocationView, ownOf, readPlaces } from '#src/locations/queries.ts'

/** What the fields of the filter offer. */
export type Choices = {
  locations: LocationView[]
  people: { id: number; name: string }[]
  consumers: { id: number; name: string; location: string }[]
  /** The head of the administration's chain; null where it is not known. */
  head: string | null
}

export async function readChoices(db: Db, actor: Actor): Promise<Choices> {
  const { locations, consumers, head } = await readPlaces(db, actor)
  const names = new Map(locations.map(({ id, name }) => [id, name]))
  const people = await readPeople(db, head)
  return {
    locations,
    head,
    people: people.flatMap(({ id, name, ...person }) =>
      mayHaveBookedFor(actor, person) ? { id, name } : [],
    ),
    consumers: consumers
      .flatMap(({ id, name, locationId }) => {
        const location = names.get(locationId)
        return location === undefined ? [] : { id, name, location }
      })
      .sort((a, b) => (a.location < b.location ? -1 : a.location > b.location ? 1 : 0)),
  }
}

/** Everybody by name, those who left as well, but no key that cannot book. */
const readPeople = keptUntilChanged((db) =>
  db
    .select({ id: users.id, name: users.name, role: users.role, locationId: users.locationId })
    .from(users)
    .leftJoin(apiKeys, eq(apiKeys.userId, users.id))
    .where(or(isNull(apiKeys.id), eq(apiKeys.scope, 'book')))
    .orderBy(asc(users.name)),
)

/** Whoever may have booked at a location that the actor sees. */
const mayHaveBookedFor = (
  actor: Actor,
  { role, locationId }: { role: Actor['role']; locationId: number | null },
): boolean => !isTiedToOwn(actor) || locationId === ownOf(actor) || role !== 'operasional'
