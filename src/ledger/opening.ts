import { and, asc, eq } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { entries } from '#src/database/schema/transactions.ts'
import type { EntryKind } from '#src/ledger/entry-view.ts'
import { counts, reversal } from '#src/ledger/queries.ts'
import { lateOpening } from '#src/ledger/refusals.ts'
import { wallClock } from '#src/units/business-day.ts'

export type FirstEntry = { at: Date; kind: EntryKind }

/** The opening is what was there when the books began: one a location, before its first entry. */
export const mayOpenAt = (at: Date, first: FirstEntry | null): boolean =>
  first === null || (first.kind !== 'opening' && first.at > at)

/** Throws Rejected 422 where a location's books had begun before this moment, or have an opening already. */
export async function checkOpening(
  tx: Db,
  { locationId, at, zone }: { locationId: number; at: Date; zone: string },
): Promise<void> {
  const first = await findFirstEntry(tx, locationId)
  if (first === null || mayOpenAt(at, first)) return
  throw lateOpening(wallClock(first.at, zone), first.kind === 'opening')
}

/** The first entry of a location that counts. */
export async function findFirstEntry(tx: Db, locationId: number): Promise<FirstEntry | null> {
  const [first] = await tx
    .select({ at: entries.occurredAt, kind: entries.kind })
    .from(entries)
    .leftJoin(reversal, eq(reversal.reversesId, entries.id))
    .where(and(eq(entries.locationId, locationId), counts))
    .orderBy(asc(entries.occurredAt), asc(entries.id))
    .limit(1)
  return first ?? null
}
