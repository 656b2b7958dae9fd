import { asc, eq, type SQL } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { ledgerOrder } from '#src/ledger/order.ts'
import { reversal } from '#src/ledger/reversal.ts'

/** Entries in the order of the ledger, a location after the other. */
export function selectPlaced(db: Db, condition: SQL | undefined) {
  return db
    .select({
      id: entries.id,
      locationId: entries.locationId,
      day: entries.businessDay,
      at: entries.occurredAt,
      type: entries.type,
      litres: entries.litres,
      reversesId: entries.reversesId,
      reversedById: reversal.id,
    })
    .from(entries)
    .leftJoin(reversal, eq(reversal.reversesId, entries.id))
    .where(condition)
    .orderBy(asc(entries.locationId), ...ledgerOrder)
}

/** Neither reversed nor a reversal. */
export const isCounted = (row: {
  reversesId: number | null
  reversedById: number | null
}): boolean => row.reversesId === null && row.reversedById === null
