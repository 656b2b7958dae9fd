import type { Db } from '#src/database/client.ts'
import { prepared, slot } from '#src/database/prepared.ts'
import { consumerDays } from '#src/database/schema/locations.ts'
import { grown } from '#src/database/upsert.ts'
import type { EntryRow } from '#src/ledger/entry-record.ts'

/** Writes down for each genset or tug what rows that were just booked add to its days, or take off. */
export async function noteUse(tx: Db, booked: EntryRow[]): Promise<void> {
  for (const { locationId, type, kind, litres, consumerId, businessDay } of booked) {
    // What a reversal brings back in was used; what it takes out was delivered.
    const isUse = type === (kind === 'reversal' ? 'IN' : 'OUT')
    if (consumerId === null || !isUse) continue
    const change = kind === 'reversal' ? { litres: -litres, entries: -1 } : { litres, entries: 1 }
    await addToDay(tx, { locationId, consumerId, businessDay, ...change })
  }
}

const addToDay = prepared<typeof consumerDays.$inferSelect, unknown>((tx) =>
  tx
    .insert(consumerDays)
    .values({
      locationId: slot(consumerDays.locationId, 'locationId'),
      consumerId: slot(consumerDays.consumerId, 'consumerId'),
      businessDay: slot(consumerDays.businessDay, 'businessDay'),
      litres: slot(consumerDays.litres, 'litres'),
      entries: slot(consumerDays.entries, 'entries'),
    })
    .onDuplicateKeyUpdate({ set: { litres: grown('litres'), entries: grown('entries') } }),
)
