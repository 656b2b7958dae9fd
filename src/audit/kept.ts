import { asc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { ADMINISTRATION_CHAIN, chainOfLocation } from '#src/audit/service.ts'
import type { Db } from '#src/database/client.ts'
import { prepared, slots } from '#src/database/prepared.ts'
import { auditChains } from '#src/database/schema/audit.ts'

/**
 * A list that only the administration changes, such as people: each change leaves a link on its chain, so that the list
 * is read again where the head of that chain is another, once for each connection. Without a head it is read at once.
 * `head` must have been read before the list or in one snapshot with it. What comes is shared: nobody may alter it.
 */
export function keptUntilChanged<Value>(
  read: (db: Db) => Promise<Value>,
): (db: Db, head: string | null) => Promise<Value> {
  const known = new WeakMap<Db, { head: string; value: Value }>()
  return async (db, head) => {
    const kept = known.get(db)
    if (kept && kept.head === head) return kept.value
    const value = await read(db)
    if (head !== null) known.set(db, { head, value })
    return value
  }
}

/** The head of the administration's chain, as a column of any statement. */
export function administrationHead(db: Db): SQL<string> {
  const head = db
    .select({ hash: auditChains.headHash })
    .from(auditChains)
    .where(eq(auditChains.chain, ADMINISTRATION_CHAIN))
  return sql<string>`(${head})`
}

/** The heads of these locations' chains: while they are the same, nothing was booked there. */
export async function readHeads(db: Db, locationIds: number[]): Promise<string[]> {
  const rows = await selectHeads(db, { chains: locationIds.map(chainOfLocation) })
  return rows.map(({ head }) => head)
}

const selectHeads = prepared((db) =>
  db
    .select({ head: auditChains.headHash })
    .from(auditChains)
    .where(inArray(auditChains.chain, slots(auditChains.chain, 'chains')))
    .orderBy(asc(auditChains.chain)),
)
