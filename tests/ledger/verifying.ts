import { asc, eq, type SQL } from 'drizzle-orm'
import { GENESIS_HASH, hashLink } from '#src/audit/service.ts'
import { auditChains, systemLogs } from '#src/database/schema/audit.ts'
import { locations } from '#src/database/schema/locations.ts'
import { verifyBooks } from '#src/ledger/verify.ts'
import type { Depot } from '#tests/support/app.ts'

/** Every difference that bin/verify would name. */
export async function differencesIn(depot: Depot): Promise<string[]> {
  const found: string[] = []
  const { differences } = await verifyBooks(depot.system, (difference) => found.push(difference))
  if (differences !== found.length) throw new Error(`${differences} counted, ${found.length} named`)
  return found
}

/** Changes rows behind the services' back. */
export async function tamper(depot: Depot, statement: SQL): Promise<void> {
  await depot.root.db.execute(statement)
}

/** Takes every hash of a chain again, as somebody would who has the database and knows how it is done. */
export async function forge(depot: Depot, chain: string): Promise<void> {
  const { db } = depot.root
  const links = await db
    .select()
    .from(systemLogs)
    .where(eq(systemLogs.chain, chain))
    .orderBy(asc(systemLogs.position))
  let previousHash = GENESIS_HASH
  for (const [at, stored] of links.entries()) {
    const link = { ...stored, position: at + 1, previousHash }
    previousHash = hashLink(link)
    await db
      .update(systemLogs)
      .set({ ...link, hash: previousHash })
      .where(eq(systemLogs.id, link.id))
  }
  await db
    .update(auditChains)
    .set({ length: links.length, headHash: previousHash })
    .where(eq(auditChains.chain, chain))
}

export async function locationId(depot: Depot, code = 'GENSET'): Promise<number> {
  const [row] = await depot.db.select().from(locations).where(eq(locations.code, code))
  if (!row) throw new Error(`there is no location ${code}`)
  return row.id
}

/** The number of the last row of the audit trail. */
export async function lastLinkId(depot: Depot): Promise<number> {
  const links = await depot.db.select({ id: systemLogs.id }).from(systemLogs).orderBy(systemLogs.id)
  return links.at(-1)?.id ?? 0
}
