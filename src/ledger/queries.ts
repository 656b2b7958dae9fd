import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/mysql-core'
import type { Db } from '#src/database/client.ts'
import { prepared, slots } from '#src/database/prepared.ts'
import { consumers, locations } from '#src/database/schema/locations.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { users } from '#src/database/schema/users.ts'
import type { EntryView } from '#src/ledger/entry-view.ts'
import { reversal } from '#src/ledger/reversal.ts'
import { readBalancesAfter } from '#src/ledger/running.ts'
import type { Shown } from '#src/ledger/span.ts'
import { wallClock } from '#src/units/business-day.ts'

/** The entries with these ids, in that order, each with what was left after it. */
export async function readEntries(db: Db, zone: string, ids: number[]): Promise<EntryView[]> {
  if (ids.length === 0) return []
  const views = await completeEntries(db, await selectByIds(db, { ids }), { zone })
  const byId = new Map(views.map((view) => [view.id, view]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** One entry that is known to be there. */
export async function readEntry(db: Db, zone: string, id: number | null): Promise<EntryView> {
  const [entry] = await readEntries(db, zone, id === null ? [] : [id])
  if (!entry) throw new Error(`there is no entry ${id}`)
  return entry
}

const selectByIds = prepared((db) =>
  selectEntryRows(
    db,
    selectIds(db)
      .where(inArray(entries.id, slots(entries.id, 'ids')))
      .as('page'),
  ),
)

/** What a page of entries is made from: their numbers, chosen and cut to length, `.as('page')`. */
export const selectIds = (db: Db, index?: string) =>
  db
    .select({ id: entries.id })
    .from(entries, index === undefined ? {} : { forceIndex: index })
    .$dynamic()

type Page = ReturnType<typeof asPage>

const asPage = (db: Db) => selectIds(db).as('page')

/**
 * The rows of a page, in no order; `completeEntries` makes views of them. All joins are outer ones so that the page
 * comes first whatever the database takes the size of the tables for.
 */
export function selectEntryRows(db: Db, page: Page) {
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
      isMinuteCorrected: isMinuteCorrected(db),
    })
    .from(page)
    .leftJoin(entries, eq(entries.id, page.id))
    .leftJoin(locations, eq(locations.id, entries.locationId))
    .leftJoin(users, eq(users.id, entries.userId))
    .leftJoin(consumers, eq(consumers.id, entries.consumerId))
    .leftJoin(reversal, eq(reversal.reversesId, entries.id))
}

const beside = alias(entries, 'beside')

function isMinuteCorrected(db: Db): SQL<boolean> {
  const reversals = db
    .select({ id: beside.id })
    .from(beside, { forceIndex: 'transactions_location_kind' })
    .where(
      and(
        eq(beside.locationId, entries.locationId),
        eq(beside.kind, 'reversal'),
        eq(beside.occurredAt, entries.occurredAt),
      ),
    )
  return sql`exists ${reversals}`.mapWith(Boolean)
}

/** A row of a page; nothing of it is empty that an entry must have. */
export type FoundRow = Awaited<ReturnType<typeof selectEntryRows>>[number]
type EntryRow = Omit<EntryView, 'occurredClock' | 'recordedClock' | 'balanceAfter'> & Shown

/**
 * Views of such rows, each with what was left after it. `isGapless`: of each location they are all that it has between
 * the first and the last of them.
 */
export async function completeEntries(
  db: Db,
  found: FoundRow[],
  { zone, isGapless = false }: { zone: string; isGapless?: boolean },
): Promise<EntryView[]> {
  const rows = found.filter(isEntry)
  const balances = await readBalancesAfter(db, rows, { zone, isGapless })
  return rows.map(({ locationId: _, businessDay: __, isMinuteCorrected: ___, ...row }) => ({
    ...row,
    occurredClock: wallClock(row.occurredAt, zone),
    recordedClock: wallClock(row.recordedAt, zone),
    balanceAfter: balances.get(row.id) ?? 0n,
  }))
}

/** Every number of a page is one of an entry, and every entry has its place and person. */
const isEntry = (row: FoundRow): row is FoundRow & EntryRow => row.id !== null
