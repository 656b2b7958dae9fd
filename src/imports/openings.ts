import { and, eq } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import type { Place } from '#src/imports/places.ts'
import { importRows } from '#src/imports/tables.ts'
import { checkOpening } from '#src/ledger/opening.ts'
import { Rejected } from '#src/rejected.ts'

const MINUTE = 60_000

/** The stock that was there one minute before the location's first row of the file. */
export const openingTime = (firstAt: Date): Date => new Date(firstAt.getTime() - MINUTE)

/**
 * Throws Rejected 422 where the books had begun before the file's opening stock of a location, or have one. The file's
 * own rows may stand before it: in an export are those that people dated back once the opening was booked.
 */
export async function checkFileOpening(
  tx: Db,
  place: Place,
  { id, zone }: { id: number; zone: string },
): Promise<void> {
  const [opening, ...others] = await tx
    .select({ at: importRows.occurredAt })
    .from(importRows)
    .where(and(eq(importRows.place, place.key), eq(importRows.kind, 'opening')))
  if (!opening) return
  if (others.length > 0) throw new Rejected(422, `${place.code}: Stok awal tertulis dua kali.`)
  try {
    await checkOpening(tx, { locationId: id, at: opening.at, zone })
  } catch (error) {
    if (!(error instanceof Rejected)) throw error
    throw new Rejected(error.status, `${place.code}: ${error.message}`)
  }
}
