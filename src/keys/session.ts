import { and, eq, isNull, lte, or, sql } from 'drizzle-orm'
import { recordAccess } from '#src/audit/service.ts'
import { countChanges, countLow } from '#src/auth/counts-in-reach.ts'
import type { Origin, Session } from '#src/auth/sessions.ts'
import { hashToken } from '#src/auth/tokens.ts'
import { prepared } from '#src/database/prepared.ts'
import { locations } from '#src/database/schema/locations.ts'
import { apiKeys, users } from '#src/database/schema/users.ts'
import { readBearer } from '#src/keys/secret.ts'
import { type Recent, recentOnly } from '#src/recent.ts'
import type { System } from '#src/system.ts'

/** How often the use of a key is written down. */
const NOTED_MS = 60_000
const MOST_NOTED = 1_000

/**
 * What a program may do that sends this Authorization header; null where it holds no key, or one that was revoked. A
 * key has no session that could end: it is looked up with each request.
 */
export async function findKeySession(
  system: System,
  authorization: string,
  origin: Origin,
): Promise<Session | null> {
  const secret = readBearer(authorization)
  const [row] = secret === null ? [] : await selectKey(system.db, { hash: hashToken(secret) })
  if (!row) return null
  if (row.revokedAt !== null || !row.active) {
    await noteRevokedUse(system, row, origin)
    return null
  }
  await noteUse(system, row)
  return toSession(row)
}

/** Comes with every request of a program. */
const selectKey = prepared((db) =>
  db
    .select({
      id: apiKeys.id,
      scope: apiKeys.scope,
      prefix: apiKeys.prefix,
      lastUsedAt: apiKeys.lastUsedAt,
      revokedAt: apiKeys.revokedAt,
      userId: users.id,
      name: users.name,
      email: users.email,
      role: users.role,
      active: users.active,
      place: { id: locations.id, code: locations.code, name: locations.name },
      lowLocations: countLow(db),
      changes: countChanges(db),
    })
    .from(apiKeys)
    .innerJoin(users, eq(users.id, apiKeys.userId))
    .leftJoin(locations, eq(locations.id, users.locationId))
    .where(eq(apiKeys.hash, sql.placeholder('hash'))),
)

type KeyRow = Awaited<ReturnType<typeof selectKey>>[number]

function toSession({ id, scope, userId, place, ...row }: KeyRow): Session {
  const { name, email, role, lowLocations, changes } = row
  return {
    id: `key:${id}`,
    actor: { id: userId, name, email, role, location: place, key: scope },
    lowLocations,
    changes,
    reuseNoticedAt: null,
    mustChangePassword: false,
  }
}

/** A busy program would otherwise write with everything it reads. */
async function noteUse(system: System, { id, lastUsedAt }: KeyRow): Promise<void> {
  const now = system.now()
  const before = new Date(now.getTime() - NOTED_MS)
  if (lastUsedAt !== null && lastUsedAt > before) return
  const isDue = or(isNull(apiKeys.lastUsedAt), lte(apiKeys.lastUsedAt, before))
  await system.db
    .update(apiKeys)
    .set({ lastUsedAt: now })
    .where(and(eq(apiKeys.id, id), isDue))
}

/** Tells that a device still has the old key, or that somebody has found it. */
async function noteRevokedUse(system: System, row: KeyRow, origin: Origin): Promise<void> {
  const at = system.now()
  const known = noted.get(system) ?? recentOnly<number>(MOST_NOTED)
  noted.set(system, known)
  const last = known.get(row.prefix)
  if (last !== undefined && at.getTime() - last < NOTED_MS) return
  known.set(row.prefix, at.getTime())
  const { userId, prefix } = row
  await recordAccess(system.db, { at, action: 'key.refused', userId, detail: prefix, ...origin })
}

/** When the use of a revoked key was written down last. */
const noted = new WeakMap<System, Recent<number>>()
