import { and, count, eq, isNotNull, ne, or, type SQL, sql } from 'drizzle-orm'
import { ADMINISTRATION_CHAIN } from '#src/audit/service.ts'
import type { Db } from '#src/database/client.ts'
import { auditChains } from '#src/database/schema/audit.ts'
import { locationBalances, locations } from '#src/database/schema/locations.ts'
import { users } from '#src/database/schema/users.ts'

/** Counted with the session, so that a page on which nothing is low costs no statement more. */
export function countLow(db: Db): SQL<number> {
  const low = db
    .select({ count: count() })
    .from(locationBalances)
    .innerJoin(locations, eq(locations.id, locationBalances.locationId))
    .where(
      and(
        isNotNull(locationBalances.lowSince),
        eq(locations.active, true),
        or(ne(users.role, 'operasional'), eq(locationBalances.locationId, users.locationId)),
      ),
    )
  return sql<number>`(${low})`.mapWith(Number)
}

/**
 * Links of the audit chains in reach. They come from the database, so that all processes agree, and are counted: the
 * numbers of rows need not become visible in their order.
 */
export function countChanges(db: Db): SQL<number> {
  const changes = db
    .select({ count: sql`coalesce(sum(${auditChains.length}), 0)` })
    .from(auditChains)
    .where(
      or(
        ne(users.role, 'operasional'),
        eq(auditChains.chain, ADMINISTRATION_CHAIN),
        sql`${auditChains.chain} = concat('location:', ${users.locationId})`,
      ),
    )
  return sql<number>`(${changes})`.mapWith(Number)
}
