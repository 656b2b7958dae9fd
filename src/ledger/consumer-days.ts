import { slot } from '#src/database/prepared.ts'
import { consumerDays } from '#src/database/schema/locations.ts'
import { type Write, written } from '#src/database/together.ts'
import { grown } from '#src/database/upsert.ts'
import type { EntryRow } from '#src/ledger/entry-record.ts'

/** What writes down for each genset or tug what rows that were just booked add to its days, or take off. */
export function writesOfUse(booked: EntryRow[]): Write[] {
  return booked.flatMap(({ locationId, type, kind, litres, consumerId, businessDay }) => {
    // What a reversal brings back in was used; what it takes out was delivered.
    const isUse = type === (kind === 'reversal' ? 'IN' : 'OUT')
    if (consumerId === null || !isUse) return []
    const change = kind === 'reversal' ? { litres: -litres, entries: -1 } : { litres, entries: 1 }
    return addToDay({ locationId, consumerId, businessDay, ...change })
  })
}

const addToDay = written<typeof consumerDays.$inferSelect>((db) =>
  db
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
