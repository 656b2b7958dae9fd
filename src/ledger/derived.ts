import { eq, type SQL, sql } from 'drizzle-orm'
import { noteStockLevel } from '#src/alerts/service.ts'
import type { Db } from '#src/database/client.ts'
import { locationBalances, locationDays, locationMonths } from '#src/database/schema/locations.ts'
import type { LockedLocation } from '#src/ledger/locked.ts'
import { addRow, type BookedRow } from '#src/ledger/rules.ts'
import type { ChangedDay, Outlook } from '#src/ledger/timeline.ts'
import { businessDay, monthOf } from '#src/units/business-day.ts'

/** Writes the derived rows that follow from a change, which added these rows to the ledger. */
export async function applyChange(
  tx: Db,
  location: LockedLocation,
  { outlook, booked, at }: { outlook: Outlook; booked: BookedRow[]; at: Date },
): Promise<void> {
  for (const changed of outlook.days) {
    const rows = booked.filter((row) => businessDay(row.at, location.zone) === changed.day)
    await writeDay(tx, location.id, { ...changed, booked: rows })
  }
  const { balance } = outlook
  const lowSince = await noteStockLevel(tx, {
    locationId: location.id,
    at,
    balance,
    lowStockLitres: location.lowStockLitres,
    lowSince: location.lowSince,
  })
  await tx
    .update(locationBalances)
    .set({ balance, entries: location.entries + booked.length, lowSince })
    .where(eq(locationBalances.locationId, location.id))
}

async function writeDay(
  tx: Db,
  locationId: number,
  { day, before, after, rows, booked }: ChangedDay & { booked: BookedRow[] },
): Promise<void> {
  const figures = { ...after, ...booked.reduce(addRow, rows) }
  await tx
    .insert(locationDays)
    .values({ locationId, businessDay: day, ...figures })
    .onDuplicateKeyUpdate({ set: figures })
  const change = {
    litresIn: after.litresIn - before.litresIn,
    litresOut: after.litresOut - before.litresOut,
    rowsIn: figures.rowsIn - rows.rowsIn,
    rowsOut: figures.rowsOut - rows.rowsOut,
  }
  await tx
    .insert(locationMonths)
    .values({ locationId, month: monthOf(day), ...change })
    .onDuplicateKeyUpdate({
      set: {
        litresIn: grown('litres_in'),
        litresOut: grown('litres_out'),
        rowsIn: grown('rows_in'),
        rowsOut: grown('rows_out'),
      },
    })
}

const grown = (column: string): SQL => sql.raw(`${column} + values(${column})`)

/** Adds the days of a location up to months anew. */
export async function sumUpMonths(tx: Db, locationId: number): Promise<void> {
  await tx.delete(locationMonths).where(eq(locationMonths.locationId, locationId))
  await tx.execute(sql`
    insert into ${locationMonths} (location_id, month, litres_in, litres_out, rows_in, rows_out)
    select location_id, date_format(business_day, '%Y-%m-01') as first_day,
      sum(litres_in), sum(litres_out), sum(rows_in), sum(rows_out)
    from ${locationDays} where location_id = ${locationId} group by location_id, first_day`)
}
