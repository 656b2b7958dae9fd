import { and, eq, or } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { locationBalances, locationDays, locations } from '#src/database/schema/locations.ts'
import { entries } from '#src/database/schema/transactions.ts'
import type { EntryView } from '#src/ledger/entry-view.ts'
import { readEntries } from '#src/ledger/queries.ts'
import type { Day } from '#src/units/business-day.ts'
import type { Litres } from '#src/units/litres.ts'
import type { CorrectionLinks } from '#views/history/entry-page.tsx'

/** The correction of this entry, or null where there is none. Says nothing of who may see it. */
export async function findCorrection(
  db: Db,
  zone: string,
  originalId: number | null,
): Promise<CorrectionLinks | null> {
  if (originalId === null) return null
  const rows = await db
    .select({ id: entries.id })
    .from(entries)
    .where(or(eq(entries.reversesId, originalId), eq(entries.replacesId, originalId)))
  const found = await readEntries(
    db,
    zone,
    rows.map(({ id }) => id),
  )
  const reversal = found.find(({ reversesId }) => reversesId === originalId)
  const replacement = found.find(({ replacesId }) => replacesId === originalId) ?? null
  return reversal ? { originalId, reversal, replacement } : null
}

/** The correction that an entry belongs to, as its reversal or its replacement. */
export const findOwnCorrection = (db: Db, zone: string, entry: EntryView) =>
  findCorrection(db, zone, entry.reversesId ?? entry.replacesId)

/** What is left at a location now, and what came in and went out on a day. */
export async function readStanding(
  db: Db,
  { location, day }: { location: string; day: Day },
): Promise<{ balance: Litres; litresIn: Litres; litresOut: Litres }> {
  const isOfDay = and(eq(locationDays.locationId, locations.id), eq(locationDays.businessDay, day))
  const [row] = await db
    .select({
      balance: locationBalances.balance,
      litresIn: locationDays.litresIn,
      litresOut: locationDays.litresOut,
    })
    .from(locations)
    .innerJoin(locationBalances, eq(locationBalances.locationId, locations.id))
    .leftJoin(locationDays, isOfDay)
    .where(eq(locations.code, location))
  const { balance = 0n, litresIn, litresOut } = row ?? {}
  return { balance, litresIn: litresIn ?? 0n, litresOut: litresOut ?? 0n }
}
