import { and, asc, eq } from 'drizzle-orm'
import type { Actor } from '#src/auth/permissions.ts'
import type { Db } from '#src/database/client.ts'
import { consumers, locationBalances, locations } from '#src/database/schema/locations.ts'
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
export async function listLocations(
  db: Db,
  actor: Actor,
  { activeOnly = false }: { activeOnly?: boolean } = {},
): Promise<LocationView[]> {
  const isOwn = actor.role === 'operasional' ? eq(locations.id, actor.location?.id ?? 0) : undefined
  const isActive = activeOnly ? eq(locations.active, true) : undefined
  const rows = await selectLocations(db).where(and(isOwn, isActive)).orderBy(asc(locations.code))
  const names = await listConsumers(db)
  return rows.map((row) => ({
    ...row,
    hasEntries: row.entries > 0,
    consumers: names.filter((consumer) => consumer.locationId === row.id).map(({ name }) => name),
  }))
}

async function listConsumers(db: Db) {
  return db
    .select({ locationId: consumers.locationId, name: consumers.name })
    .from(consumers)
    .where(eq(consumers.active, true))
    .orderBy(asc(consumers.name))
}

function selectLocations(db: Db) {
  return db
    .select({
      id: locations.id,
      code: locations.code,
      name: locations.name,
      capacityLitres: locations.capacityLitres,
      lowStockLitres: locations.lowStockLitres,
      active: locations.active,
      balance: locationBalances.balance,
      entries: locationBalances.entries,
    })
    .from(locations)
    .innerJoin(locationBalances, eq(locationBalances.locationId, locations.id))
    .$dynamic()
}
