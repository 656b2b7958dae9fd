import { and, asc, eq, gt } from 'drizzle-orm'
import {
  ADMINISTRATION_CHAIN,
  chainOfLocation,
  GENESIS_HASH,
  hashLink,
} from '#src/audit/service.ts'
import type { Db } from '#src/database/client.ts'
import { inPages } from '#src/database/pages.ts'
import { auditChains, systemLogs } from '#src/database/schema/audit.ts'
import { locations } from '#src/database/schema/locations.ts'

/** A row of the audit trail as it is stored. */
export type StoredLink = typeof systemLogs.$inferSelect

/** A chain by its head, by its rows, or because it should be there: the head is null where there is none. */
export type Chain = { chain: string; head: { length: number; headHash: string } | null }

const PAGE = 1_000

/** Every chain that has a head or a row, and those of the locations and of the administration in any case. */
export async function findChains(db: Db): Promise<Chain[]> {
  const heads = await db.select().from(auditChains)
  const rows = await db
    .select({ chain: systemLogs.chain })
    .from(systemLogs)
    .groupBy(systemLogs.chain)
  const places = await db.select({ id: locations.id }).from(locations)
  const byName = new Map(heads.map(({ chain, ...head }) => [chain, head]))
  const names = [
    ADMINISTRATION_CHAIN,
    ...places.map(({ id }) => chainOfLocation(id)),
    ...byName.keys(),
    ...rows.map(({ chain }) => chain),
  ]
  return [...new Set(names)].sort().map((chain) => ({ chain, head: byName.get(chain) ?? null }))
}

/**
 * Reads a chain from its beginning to its end and names its first broken row. The rows behind that one are
 * read all the same: what they say can still be compared with the books.
 */
export async function* walkChain(
  db: Db,
  { chain, head }: Chain,
  report: (difference: string) => void,
): AsyncGenerator<StoredLink> {
  let [position, hash, rows, isBroken] = [0, GENESIS_HASH, 0, false]
  for await (const link of readLinks(db, chain)) {
    rows++
    const isNext = link.position === position + 1 && link.previousHash === hash
    if (!isBroken && !(isNext && hashLink(link) === link.hash)) {
      isBroken = true
      report(
        `jejak audit ${chain}: baris ${link.id} (urutan ${link.position}) tidak cocok dengan rantainya`,
      )
    }
    position = link.position
    hash = link.hash
    yield link
  }
  if (head === null) {
    report(`jejak audit ${chain}: ujung rantainya tidak ada (${rows} baris)`)
  } else if (!isBroken && (position !== head.length || hash !== head.headHash)) {
    report(`jejak audit ${chain}: ujung rantai tidak cocok (${position} dari ${head.length} baris)`)
  }
}

function readLinks(db: Db, chain: string): AsyncGenerator<StoredLink> {
  return inPages(PAGE, (last: StoredLink | undefined) =>
    db
      .select()
      .from(systemLogs)
      .where(and(eq(systemLogs.chain, chain), gt(systemLogs.position, last?.position ?? 0)))
      .orderBy(asc(systemLogs.position))
      .limit(PAGE),
  )
}
