import { and, asc, eq } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { inPages } from '#src/database/pages.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { isAfter } from '#src/ledger/order.ts'
import { reversal } from '#src/ledger/reversal.ts'

const PAGE = 2_500

export type TimelineRow = Awaited<ReturnType<typeof readPage>>[number]

/** Every entry of a location, by time and number. */
export function readTimeline(db: Db, locationId: number): AsyncGenerator<TimelineRow> {
  return inPages(PAGE, (last: TimelineRow | undefined) => readPage(db, locationId, last))
}

async function readPage(db: Db, locationId: number, last: { at: Date; id: number } | undefined) {
  return db
    .select({
      id: entries.id,
      at: entries.occurredAt,
      placeOfId: entries.placeOfId,
      type: entries.type,
      kind: entries.kind,
      litres: entries.litres,
      businessDay: entries.businessDay,
      consumerId: entries.consumerId,
      reversesId: entries.reversesId,
      replacesId: entries.replacesId,
      reversedById: reversal.id,
    })
    .from(entries)
    .leftJoin(reversal, eq(reversal.reversesId, entries.id))
    .where(and(eq(entries.locationId, locationId), last && isAfter(last)))
    .orderBy(asc(entries.occurredAt), asc(entries.id))
    .limit(PAGE)
}
