import { count, eq, isNull } from 'drizzle-orm'
import { ADMINISTRATION_CHAIN, chainOfLocation } from '#src/audit/service.ts'
import type { Chain } from '#src/audit/verify.ts'
import type { Db } from '#src/database/client.ts'
import { locations } from '#src/database/schema/locations.ts'
import { entries } from '#src/database/schema/transactions.ts'
import type { Place, Report } from '#src/ledger/verify/report.ts'

/** What belongs to a location that is gone: the walk through the locations would never meet it. */
export async function verifyStrays(
  snapshot: Db,
  { places, chains }: { places: Pick<Place, 'id'>[]; chains: Chain[] },
  report: Report,
): Promise<void> {
  const strays = await snapshot
    .select({ locationId: entries.locationId, entries: count() })
    .from(entries)
    .leftJoin(locations, eq(locations.id, entries.locationId))
    .where(isNull(locations.id))
    .groupBy(entries.locationId)
  for (const stray of strays)
    report(`lokasi nomor ${stray.locationId} tidak ada, tetapi punya ${stray.entries} catatan`)
  const known = new Set([ADMINISTRATION_CHAIN, ...places.map(({ id }) => chainOfLocation(id))])
  for (const { chain } of chains)
    if (!known.has(chain)) report(`jejak audit ${chain}: lokasinya tidak ada`)
}
