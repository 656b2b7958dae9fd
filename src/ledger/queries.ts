import { and, eq, gte, inArray, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/mysql-core'
import type { Db } from '#src/database/client.ts'
import {
  consumers,
  locationBalances,
  locationDays,
  locations,
} from '#src/database/schema/locations.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { users } from '#src/database/schema/users.ts'
import type { EntryView } from '#src/ledger/entry-view.ts'
import { isOfDay, ledgerOrder } from '#src/ledger/order.ts'
import { type Day, wallClock } from '#src/units/business-day.ts'
import { type Litres, parseDecimal } from '#src/units/litres.ts'

export const reversal = alias(entries, 'reversal')

/** An entry that counts: neither reversed nor a reversal. For queries that join `reversal`. */
export const counts: SQL = sql`(${entries.reversesId} is null and ${reversal.id} is null)`

/** Litres with their sign where the entry counts, else zero. */
export const effectiveLitres: SQL = sql`(case when not ${counts} then 0
  when ${entries.type} = 'IN' then ${entries.litres} else -${entries.litres} end)`

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

/** What was left after each of these entries: the day's opening and the day's entries up to it. */
async function readBalancesAfter(
  db: Db,
  zone: string,
  rows: EntryRow[],
): Promise<Map<number, Litres>> {
  const days = new Map(
    rows.map((row) => [dayKey(row), { locationId: row.locationId, day: row.businessDay }]),
  )
  const openings = await readOpenings(db, [...days.values()])
  const points = await readPointsOfDays(
    db,
    zone,
    [...days.values()],
    rows.map(({ id }) => id),
  )
  return new Map(
    rows.map((row) => [row.id, (openings.get(dayKey(row)) ?? 0n) + (points.get(row.id) ?? 0n)]),
  )
}

type LocationDay = { locationId: number; day: Day }
const dayKey = (row: { locationId: number; businessDay: Day }): string =>
  `${row.locationId} ${row.businessDay}`

/** What was left when each day began: today's balance less all that has come since. */
async function readOpenings(db: Db, days: LocationDay[]): Promise<Map<string, Litres>> {
  const since = db
    .select({ net: sql`coalesce(sum(${laterDays.net}), 0)` })
    .from(laterDays)
    .where(
      and(
        eq(laterDays.locationId, locationDays.locationId),
        gte(laterDays.businessDay, locationDays.businessDay),
      ),
    )
  const rows = await db
    .select({
      locationId: locationDays.locationId,
      businessDay: locationDays.businessDay,
      opening: sql`${locationBalances.balance} - (${since})`.mapWith(parseDecimal),
    })
    .from(locationDays)
    .innerJoin(locationBalances, eq(locationBalances.locationId, locationDays.locationId))
    .where(
      or(
        ...days.map(({ locationId, day }) =>
          and(eq(locationDays.locationId, locationId), eq(locationDays.businessDay, day)),
        ),
      ),
    )
  return new Map(rows.map((row) => [dayKey(row), row.opening]))
}

const laterDays = alias(locationDays, 'later_days')

/** How far each entry stands above or below its day's opening. */
async function readPointsOfDays(
  db: Db,
  zone: string,
  days: LocationDay[],
  ids: number[],
): Promise<Map<number, Litres>> {
  const running = db
    .select({
      id: entries.id,
      point: sql<string>`sum(${effectiveLitres}) over (
        partition by ${entries.locationId}, ${entries.businessDay} order by ${sql.join(ledgerOrder, sql`, `)})`.as(
        'point',
      ),
    })
    .from(entries)
    .leftJoin(reversal, eq(reversal.reversesId, entries.id))
    .where(or(...days.map(({ locationId, day }) => isOfDay(locationId, day, zone))))
    .as('running')
  const rows = await db
    .select({ id: running.id, point: sql`${running.point}`.mapWith(parseDecimal) })
    .from(running)
    .where(inArray(running.id, ids))
  return new Map(rows.map((row) => [row.id, row.point]))
}
