import { and, asc, eq, or, type SQL } from 'drizzle-orm'
import type { Actor } from '#src/auth/permissions.ts'
import type { Db } from '#src/database/client.ts'
import { consumers, locations } from '#src/database/schema/locations.ts'
import { users } from '#src/database/schema/users.ts'
import { type LocationView, listLocations } from '#src/locations/queries.ts'

/** What the fields of the filter offer. */
export type Choices = {
  locations: LocationView[]
  people: { id: number; name: string }[]
  consumers: { id: number; name: string; location: string }[]
}

export async function readChoices(db: Db, actor: Actor): Promise<Choices> {
  const own = actor.role === 'operasional' ? (actor.location?.id ?? 0) : null
  return {
    locations: await listLocations(db, actor),
    people: await listPeople(db, own),
    consumers: await listConsumers(db, own),
  }
}

/** Whoever may have booked at the location: those who left as well. */
async function listPeople(db: Db, own: number | null) {
  const isHere: SQL | undefined =
    own === null
      ? undefined
      : or(eq(users.locationId, own), eq(users.role, 'supervisor'), eq(users.role, 'admin'))
  return db
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(isHere)
    .orderBy(asc(users.name))
}

async function listConsumers(db: Db, own: number | null) {
  return db
    .select({ id: consumers.id, name: consumers.name, location: locations.name })
    .from(consumers)
    .innerJoin(locations, eq(locations.id, consumers.locationId))
    .where(and(own === null ? undefined : eq(consumers.locationId, own)))
    .orderBy(asc(locations.code), asc(consumers.name))
}
