import { asc } from 'drizzle-orm'
import { type ChainView, readHeads } from '#src/audit/queries.ts'
import { findChains } from '#src/audit/verify.ts'
import { locations } from '#src/database/schema/locations.ts'
import { inSnapshot } from '#src/database/transaction.ts'
import { verifyPairs } from '#src/ledger/verify/pairs.ts'
import { verifyPlace } from '#src/ledger/verify/place.ts'
import type { Report } from '#src/ledger/verify/report.ts'
import { verifyStrays } from '#src/ledger/verify/strays.ts'
import { verifyTrail } from '#src/ledger/verify/trail.ts'
import type { System } from '#src/system.ts'

export type Verified = {
  entries: number
  differences: number
  /** The last hash of every audit chain, in the snapshot that was looked at. */
  heads: ChainView[]
}

/**
 * Recomputes every derived row from the entries, walks every audit chain and compares it with the entries, in one
 * snapshot: what is booked meanwhile shows no difference. Memory does not grow with the number of entries.
 * `remark` gets what is worth knowing and no difference: the times over capacity.
 */
export async function verifyBooks(
  system: System,
  report: Report,
  remark: Report = () => undefined,
): Promise<Verified> {
  const found: Verified = { entries: 0, differences: 0, heads: [] }
  const count: Report = (difference) => {
    found.differences++
    report(difference)
  }
  await inSnapshot(system.db, async (snapshot) => {
    const places = await snapshot
      .select({
        id: locations.id,
        code: locations.code,
        capacityLitres: locations.capacityLitres,
      })
      .from(locations)
      .orderBy(asc(locations.id))
    for (const row of places) {
      const place = { ...row, zone: system.config.timezone }
      found.entries += await verifyPlace(snapshot, place, { report: count, remark })
    }
    await verifyPairs(snapshot, count)
    const chains = await findChains(snapshot)
    await verifyStrays(snapshot, { places, chains }, count)
    await verifyTrail(snapshot, chains, count)
    found.heads = await readHeads(snapshot)
  })
  return found
}
