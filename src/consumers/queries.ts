import { asc, eq } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { consumers, locations } from '#src/database/schema/locations.ts'

/** A genset or a tug, and the code of its location. */
export type ConsumerView = Awaited<ReturnType<typeof listConsumers>>[number]

/** All of a location by name, also those that are out of use. */
export async function listConsumers(db: Db, locationId: number) {
  return selectConsumers(db)
    .where(eq(consumers.locationId, locationId))
    .orderBy(asc(consumers.name))
}

/** One of them; null where there is none. */
export async function findConsumer(db: Db, id: number): Promise<ConsumerView | null> {
  const [row] = await selectConsumers(db).where(eq(consumers.id, id))
  return row ?? null
}

function selectConsumers(db: Db) {
  return db
    .select({
      id: consumers.id,
      locationId: consumers.locationId,
      location: locations.code,
      name: consumers.name,
      kind: consumers.kind,
      powerKilowatts: consumers.powerKilowatts,
      active: consumers.active,
    })
    .from(consumers)
    .innerJoin(locations, eq(locations.id, consumers.locationId))
    .$dynamic()
}
