import { and, asc, eq, gt, gte, lt, or, type SQL, sql } from 'drizzle-orm'
import { entries } from '#src/database/schema/transactions.ts'
import { addDays, type Day, dayStart } from '#src/units/business-day.ts'

/** Where an entry stands within its minute: by its number, a replacement at the place of what it replaces. */
export type Standing = { at: Date; id: number; placeOfId: number | null }

export const standing: SQL = sql`coalesce(${entries.placeOfId}, ${entries.id})`

/** For the entries of one day or less: no index holds it. */
export const ledgerOrder: SQL[] = [asc(entries.occurredAt), asc(standing), asc(entries.id)]

/**
 * Puts entries that come by time and number into the order of the ledger.
 * Holds the entries of one minute in memory, no more.
 */
export async function* inLedgerOrder<Entry extends Standing>(
  byTimeAndNumber: AsyncIterable<Entry>,
): AsyncGenerator<Entry> {
  let minute: Entry[] = []
  for await (const entry of byTimeAndNumber) {
    if (minute[0] && minute[0].at.getTime() !== entry.at.getTime()) {
      yield* minute.sort(compareWithinMinute)
      minute = []
    }
    minute.push(entry)
  }
  yield* minute.sort(compareWithinMinute)
}

export function compareWithinMinute(a: Standing, b: Standing): number {
  return (a.placeOfId ?? a.id) - (b.placeOfId ?? b.id) || a.id - b.id
}

/** One business day of one location, as a range of the index on its timeline. */
export function isOfDay(locationId: number, day: Day, zone: string): SQL | undefined {
  return and(
    eq(entries.locationId, locationId),
    gte(entries.occurredAt, dayStart(day, zone)),
    lt(entries.occurredAt, dayStart(addDays(day, 1), zone)),
  )
}

/** What follows an entry by time and number, as the start of the next page read along the timeline. */
export function isAfter({ at, id }: { at: Date; id: number }): SQL | undefined {
  return and(gte(entries.occurredAt, at), or(gt(entries.occurredAt, at), gt(entries.id, id)))
}
