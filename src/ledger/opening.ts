import { and, asc, eq, ne, type SQL } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { entries } from '#src/database/schema/transactions.ts'
import type { EntryKind } from '#src/ledger/entry-view.ts'
import { lateOpening } from '#src/ledger/refusals.ts'
import { counts, reversal } from '#src/ledger/reversal.ts'
import { wallClock } from '#src/units/business-day.ts'

export type Beginning = { at: Date; kind: EntryKind }

/** The opening is what was there when the books began: one a location, before its first entry. */
export const mayOpenAt = (at: Date, beginning: Beginning | null): boolean =>
  beginning === null || (beginning.kind !== 'opening' && beginning.at > at)

/** Throws Rejected 422 where a location's books had begun before this moment, or have an opening already. */
export async function checkOpening(
  tx: Db,
  {
    locationId,
    at,
    zone,
    replacesId = null,
  }: { locationId: number; at: Date; zone: string; replacesId?: number | null },
): Promise<void> {
  const beginning = await findBeginning(tx, locationId, replacesId)
  if (beginning === null || mayOpenAt(at, beginning)) return
  throw lateOpening(wallClock(beginning.at, zone), beginning.kind === 'opening')
}

/** The opening of a location, wherever it stands by now; where there is none, the first entry that counts. */
export async function findBeginning(
  tx: Db,
  locationId: number,
  exceptId: number | null = null,
): Promise<Beginning | null> {
  const isOther = exceptId === null ? undefined : ne(entries.id, exceptId)
  const [opening] = await selectCounting(
    tx,
    and(eq(entries.locationId, locationId), eq(entries.kind, 'opening'), isOther),
  )
  if (opening) return opening
  const [first] = await selectCounting(tx, and(eq(entries.locationId, locationId), isOther))
  return first ?? null
}

function selectCounting(tx: Db, condition: SQL | undefined) {
  return tx
    .select({ at: entries.occurredAt, kind: entries.kind })
    .from(entries)
    .leftJoin(reversal, eq(reversal.reversesId, entries.id))
    .where(and(condition, counts))
    .orderBy(asc(entries.occurredAt), asc(entries.id))
    .limit(1)
}
