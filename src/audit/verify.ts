import { and, asc, eq, gt } from 'drizzle-orm'
import { GENESIS_HASH, hashLink } from '#src/audit/service.ts'
import type { Db } from '#src/database/client.ts'
import { auditChains, systemLogs } from '#src/database/schema/audit.ts'

const PAGE = 5_000

/** Walks every chain of the audit trail and names the first broken row of each. */
export async function verifyChains(
  snapshot: Db,
  report: (difference: string) => void,
): Promise<void> {
  const chains = await snapshot.select().from(auditChains).orderBy(asc(auditChains.chain))
  for (const { chain, length, headHash } of chains) {
    const end = await walk(snapshot, chain)
    if (end.broken !== null)
      report(`jejak audit ${chain}: baris ${end.broken} tidak cocok dengan rantainya`)
    else if (end.position !== length || end.hash !== headHash) {
      report(
        `jejak audit ${chain}: ujung rantai tidak cocok (${end.position} dari ${length} baris)`,
      )
    }
  }
}

async function walk(
  snapshot: Db,
  chain: string,
): Promise<{ position: number; hash: string; broken: number | null }> {
  let [position, hash] = [0, GENESIS_HASH]
  for (;;) {
    const links = await snapshot
      .select()
      .from(systemLogs)
      .where(and(eq(systemLogs.chain, chain), gt(systemLogs.position, position)))
      .orderBy(asc(systemLogs.position))
      .limit(PAGE)
    for (const link of links) {
      const isNext = link.position === position + 1 && link.previousHash === hash
      if (!isNext || hashLink(link) !== link.hash) return { position, hash, broken: link.id }
      position = link.position
      hash = link.hash
    }
    if (links.length < PAGE) return { position, hash, broken: null }
  }
}
