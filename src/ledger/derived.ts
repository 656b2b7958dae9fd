import { eq, sql } from 'drizzle-orm'
import { noteStockLevel } from '#src/alerts/service.ts'
import type { Db } from '#src/database/client.ts'
import { slot } from '#src/database/prepared.ts'
import { locationBalances, locationDays, locationMonths } from '#src/database/schema/locations.ts'
import { type Write, written } from '#src/database/together.ts'
import { grown, incoming } from '#src/database/upsert.ts'
import { writesOfUse } from '#src/ledger/consumer-days.ts'
import type { EntryRow } from '#src/ledger/entry-record.ts'
import type { LockedLocation } from '#src/ledger/locked.ts'
import { addRow, type BookedRow } from '#src/ledger/rules.ts'
import type { ChangedDay, Outlook } from '#src/ledger/timeline.ts'
import { monthOf } from '#src/units/business-day.ts'

/**
 * Notes what a change means for the alarms, and answers the writes that bring the derived rows up to it, for the
 * caller to send: it added these rows to the ledger.
 */
export async function followChange(
  tx: Db,
  location: LockedLocation,
  { outlook, booked, at }: { outlook: Outlook; booked: EntryRow[]; at: Date },
): Promise<Write[]> {
  const { balance } = outlook
  const lowSince = await noteStockLevel(tx, {
    locationId: location.id,
    at,
    balance,
    lowStockLitres: location.lowStockLitres,
    lowSince: location.lowSince,
  })
  const entries = location.entries + booked.length
  const days = outlook.days.flatMap((changed) => {
    const rows = booked.filter(({ businessDay }) => businessDay === changed.day)
    return writesOfDay(location.id, { ...changed, booked: rows.map(rowOfDay) })
  })
  const ofBalance = writeBalance({ locationId: location.id, balance, entries, lowSince })
  return [...days, ...writesOfUse(booked), ofBalance]
}

const rowOfDay = ({ type, occurredAt }: EntryRow): BookedRow => ({ type, at: occurredAt })

const writeBalance = written<typeof locationBalances.$inferSelect>((db) =>
  db
    .update(locationBalances)
    .set({
      balance: slot(locationBalances.balance, 'balance'),
      entries: slot(locationBalances.entries, 'entries'),
      lowSince: slot(locationBalances.lowSince, 'lowSince'),
    })
    .where(eq(locationBalances.locationId, sql.placeholder('locationId'))),
)

function writesOfDay(
  locationId: number,
  { day, before, after, rows, booked }: ChangedDay & { booked: BookedRow[] },
): Write[] {
  const figures = { ...after, ...booked.reduce(addRow, rows) }
  return [
    upsertDay({ locationId, businessDay: day, ...figures }),
    addToMonth({
      locationId,
      month: monthOf(day),
      litresIn: after.litresIn - before.litresIn,
      litresOut: after.litresOut - before.litresOut,
      rowsIn: figures.rowsIn - rows.rowsIn,
      rowsOut: figures.rowsOut - rows.rowsOut,
    }),
  ]
}

const upsertDay = written<typeof locationDays.$inferSelect>((db) =>
  db
    .insert(locationDays)
    .values({
      locationId: slot(locationDays.locationId, 'locationId'),
      businessDay: slot(locationDays.businessDay, 'businessDay'),
      net: slot(locationDays.net, 'net'),
      litresIn: slot(locationDays.litresIn, 'litresIn'),
      litresOut: slot(locationDays.litresOut, 'litresOut'),
      entriesIn: slot(locationDays.entriesIn, 'entriesIn'),
      entriesOut: slot(locationDays.entriesOut, 'entriesOut'),
      lowest: slot(locationDays.lowest, 'lowest'),
      highest: slot(locationDays.highest, 'highest'),
      rowsIn: slot(locationDays.rowsIn, 'rowsIn'),
      rowsOut: slot(locationDays.rowsOut, 'rowsOut'),
      lastAt: slot(locationDays.lastAt, 'lastAt'),
    })
    .onDuplicateKeyUpdate({
      set: {
        net: incoming('net'),
        litresIn: incoming('litres_in'),
        litresOut: incoming('litres_out'),
        entriesIn: incoming('entries_in'),
        entriesOut: incoming('entries_out'),
        lowest: incoming('lowest'),
        highest: incoming('highest'),
        rowsIn: incoming('rows_in'),
        rowsOut: incoming('rows_out'),
        lastAt: incoming('last_at'),
      },
    }),
)

const addToMonth = written<typeof locationMonths.$inferSelect>((db) =>
  db
    .insert(locationMonths)
    .values({
      locationId: slot(locationMonths.locationId, 'locationId'),
      month: slot(locationMonths.month, 'month'),
      litresIn: slot(locationMonths.litresIn, 'litresIn'),
      litresOut: slot(locationMonths.litresOut, 'litresOut'),
      rowsIn: slot(locationMonths.rowsIn, 'rowsIn'),
      rowsOut: slot(locationMonths.rowsOut, 'rowsOut'),
    })
    .onDuplicateKeyUpdate({
      set: {
        litresIn: grown('litres_in'),
        litresOut: grown('litres_out'),
        rowsIn: grown('rows_in'),
        rowsOut: grown('rows_out'),
      },
    }),
)

/** Adds the days of a location up to months anew. */
export async function sumUpMonths(tx: Db, locationId: number): Promise<void> {
  await tx.delete(locationMonths).where(eq(locationMonths.locationId, locationId))
  await tx.execute(sql`
    insert into ${locationMonths} (location_id, month, litres_in, litres_out, rows_in, rows_out)
    select location_id, date_format(business_day, '%Y-%m-01') as first_day,
      sum(litres_in), sum(litres_out), sum(rows_in), sum(rows_out)
    from ${locationDays} where location_id = ${locationId} group by location_id, first_day`)
}
