import { asc, desc, eq, isNotNull } from 'drizzle-orm'
import { alias } from 'drizzle-orm/mysql-core'
import type { Db } from '#src/database/client.ts'
import { locations } from '#src/database/schema/locations.ts'
import { apiKeys, users } from '#src/database/schema/users.ts'

export type KeyView = Awaited<ReturnType<typeof listKeys>>[number]

const makers = alias(users, 'makers')

/** Every key there ever was: those in use before those revoked, the newest first. */
export async function listKeys(db: Db) {
  return selectKeys(db).orderBy(asc(isNotNull(apiKeys.revokedAt)), desc(apiKeys.id))
}

export async function findKey(db: Db, id: number): Promise<KeyView | null> {
  const [row] = await selectKeys(db).where(eq(apiKeys.id, id))
  return row ?? null
}

function selectKeys(db: Db) {
  return db
    .select({
      id: apiKeys.id,
      name: users.name,
      scope: apiKeys.scope,
      location: locations.code,
      locationName: locations.name,
      prefix: apiKeys.prefix,
      createdAt: apiKeys.createdAt,
      createdBy: makers.name,
      lastUsedAt: apiKeys.lastUsedAt,
      revokedAt: apiKeys.revokedAt,
    })
    .from(apiKeys)
    .innerJoin(users, eq(users.id, apiKeys.userId))
    .innerJoin(makers, eq(makers.id, apiKeys.createdBy))
    .leftJoin(locations, eq(locations.id, users.locationId))
    .$dynamic()
}
