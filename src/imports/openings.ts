import { and, asc, eq } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { entries } from '#src/database/schema/transactions.ts'
import type { Place } from '#src/imports/places.ts'
import { importRows } from '#src/imports/tables.ts'
import type { EntryKind } from '#src/ledger/entry-view.ts'
import { counts, reversal } from '#src/ledger/queries.ts'
import { lateOpening } from '#src/ledger/refusals.ts'
import { Rejected } from '#src/rejected.ts'
import { wallClock } from '#src/units/business-day.ts'

const MINUTE = 60_000

type FirstBooked = { at: Date; kind: EntryKind }

/** The stock that was there one minute before the location's first row of the file. */
export const openingTime = (firstAt: Date): Date => new Date(firstAt.getTime() - MINUTE)

/** The first entry of a location in the books that counts. */
export async function findFirstBooked(tx: Db, locationId: number): Promise<FirstBooked | null> {
  const [first] = await tx
    .select({ at: entries.occurredAt, kind: entries.kind })
    .from(entries)
    .leftJoin(reversal, eq(reversal.reversesId, entries.id))
    .where(and(eq(entries.locationId, locationId), counts))
    .orderBy(asc(entries.occurredAt), asc(entries.id))
    .limit(1)
  return first ?? null
}

/** A location has one opening, before its first entry. */
export const mayOpenAt = (at: Date, first: FirstBooked | null): boolean =>
  first === null || (first.kind !== 'opening' && first.at > at)

/** Throws Rejected 422 where the file's opening stock of a location would not be its beginning. */
export async function checkOpening(
  tx: Db,
  place: Place,
  { id, zone }: { id: number; zone: string },
): Promise<void> {
  const [opening] = await tx
    .select({ at: importRows.occurredAt })
    .from(importRows)
    .where(and(eq(importRows.place, place.key), eq(importRows.kind, 'opening')))
  if (!opening) return
  const first = await findFirstBooked(tx, id)
  if (first === null || mayOpenAt(opening.at, first)) return
  const { message } = lateOpening(wallClock(first.at, zone), first.kind === 'opening')
  throw new Rejected(422, `${place.code}: ${message}`)
}
