import { and, desc, eq, ne, sql } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { prepared } from '#src/database/prepared.ts'
import { locations } from '#src/database/schema/locations.ts'
import { entries } from '#src/database/schema/transactions.ts'
import type { EntryKind } from '#src/ledger/entry-view.ts'
import { counts, reversal } from '#src/ledger/reversal.ts'
import { Rejected } from '#src/rejected.ts'
import { compareLitres, formatLitres, type Litres, largest } from '#src/units/litres.ts'

/** An amount is compared with this many of the location's last entries of its kind, and only once there are enough. */
const COMPARED = 60
const ENOUGH = 10
const USUAL_USAGE_TIMES = 5n
const USUAL_DELIVERY_TIMES = 2n

export type Questioned = {
  kind: EntryKind
  litres: Litres
  /** How far it lifts the stock over the location's capacity, or null. */
  overCapacity: { balance: Litres; capacity: Litres } | null
}

/**
 * The amounts that count of the last 60 entries of this kind at a location. An entry that is replaced is left out: it
 * is no measure for what is usual.
 */
export async function readUsual(
  tx: Db,
  { code, kind, replacesId = 0 }: { code: string; kind: EntryKind; replacesId?: number },
): Promise<Litres[]> {
  if (!isCompared(kind)) return []
  const rows = await selectLast(tx, { code, kind, replacesId })
  return rows.map(({ litres }) => litres)
}

const isCompared = (kind: EntryKind) => kind === 'usage' || kind === 'delivery'

const selectLast = prepared((tx) =>
  tx
    .select({ litres: entries.litres })
    .from(entries)
    .innerJoin(locations, eq(locations.id, entries.locationId))
    .leftJoin(reversal, eq(reversal.reversesId, entries.id))
    .where(
      and(
        eq(locations.code, sql.placeholder('code')),
        eq(entries.kind, sql.placeholder('kind')),
        counts,
        // No entry has the number 0.
        ne(entries.id, sql.placeholder('replacesId')),
      ),
    )
    .orderBy(desc(entries.occurredAt), desc(entries.id))
    .limit(COMPARED),
)

/**
 * Throws Rejected 422 with `details.confirmUnusual` where the amount looks like a slip of the finger: usage over five
 * times the median, a delivery over twice the largest, of what is usual; or more than the tank holds.
 */
export function askAboutUnusual(entry: Questioned, usual: Litres[]): void {
  const doubts = [doubtOfCapacity(entry), doubtOfAmount(entry, usual)].filter(
    (doubt) => doubt !== null,
  )
  if (doubts.length === 0) return
  const sentence = doubts.join(' ')
  throw new Rejected(422, `${sentence} Periksa, lalu pastikan.`, { confirmUnusual: sentence })
}

/** How far a change lifts the stock over the capacity, now or at a later moment; null where it does not. */
export function findOverCapacity(
  { capacityLitres }: { capacityLitres: Litres | null },
  { peak }: { peak: Litres | null },
): Questioned['overCapacity'] {
  if (capacityLitres === null || peak === null || peak <= capacityLitres) return null
  return { balance: peak, capacity: capacityLitres }
}

function doubtOfCapacity({ overCapacity }: Questioned): string | null {
  if (overCapacity === null) return null
  const { balance, capacity } = overCapacity
  return `Stok menjadi ${formatLitres(balance)} liter, melebihi kapasitas ${formatLitres(capacity)} liter.`
}

function doubtOfAmount({ kind, litres }: Questioned, usual: Litres[]): string | null {
  if (!isCompared(kind) || usual.length < ENOUGH) return null
  if (kind === 'usage') {
    const twice = twiceMedian(usual)
    if (2n * litres <= USUAL_USAGE_TIMES * twice) return null
    return `Lebih dari ${USUAL_USAGE_TIMES} kali pemakaian biasa di lokasi ini (${formatLitres(twice / 2n)} liter).`
  }
  const most = usual.reduce(largest)
  if (litres <= USUAL_DELIVERY_TIMES * most) return null
  return `Lebih dari ${USUAL_DELIVERY_TIMES} kali penerimaan terbesar belakangan ini (${formatLitres(most)} liter).`
}

/** Twice, since the median of an even number of amounts may lie between two hundredths. */
export function twiceMedian(amounts: Litres[]): Litres {
  const sorted = [...amounts].sort(compareLitres)
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0n
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0n
  return lower + upper
}
