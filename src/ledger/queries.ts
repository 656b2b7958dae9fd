import { eq, inArray } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { consumers, locations } from '#src/database/schema/locations.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { users } from '#src/database/schema/users.ts'
import type { EntryView } from '#src/ledger/entry-view.ts'
import { reversal } from '#src/ledger/reversal.ts'
import { readBalancesAfter } from '#src/ledger/running.ts'
import { wallClock } from '#src/units/business-day.ts'
import type { Litres } from '#src/units/litres.ts'

/** The entries with these ids, in that order, each with what was left after it. */
export async function readEntries(db: Db, zone: string, ids: number[]): Promise<EntryView[]> {
  if (ids.length === 0) return []
  const rows = await selectEntryRows(db).where(inArray(entries.id, ids))
  const balances = await readBalancesAfter(db, zone, rows)
  const byId = new Map(rows.map((row) => [row.id, toView(row, zone, balances.get(row.id) ?? 0n)]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** One entry that is known to be there. */
export async function readEntry(db: Db, zone: string, id: number | null): Promise<EntryView> {
  const [entry] = await readEntries(db, zone, id === null ? [] : [id])
  if (!entry) throw new Error(`there is no entry ${id}`)
  return entry
}

type EntryRow = Awaited<ReturnType<typeof selectEntryRows>>[number]

function selectEntryRows(db: Db) {
  return db
    .select({
      id: entries.id,
      type: entries.type,
      kind: entries.kind,
      litres: entries.litres,
      locationId: entries.locationId,
      location: locations.code,
      locationName: locations.name,
      occurredAt: entries.occurredAt,
      businessDay: entries.businessDay,
      recordedAt: entries.recordedAt,
      userId: entries.userId,
      userName: users.name,
      notes: entries.notes,
      reference: entries.reference,
      consumer: consumers.name,
      reversesId: entries.reversesId,
      reversedById: reversal.id,
      replacesId: entries.replacesId,
      placeOfId: entries.placeOfId,
      isOverCapacity: entries.overCapacity,
    })
    .from(entries)
    .innerJoin(locations, eq(locations.id, entries.locationId))
    .innerJoin(users, eq(users.id, entries.userId))
    .leftJoin(consumers, eq(consumers.id, entries.consumerId))
    .leftJoin(reversal, eq(reversal.reversesId, entries.id))
    .$dynamic()
}

function toView(
  { locationId: _, businessDay: __, ...row }: EntryRow,
  zone: string,
  balanceAfter: Litres,
): EntryView {
  return {
    ...row,
    occurredClock: wallClock(row.occurredAt, zone),
    recordedClock: wallClock(row.recordedAt, zone),
    balanceAfter,
  }
}
