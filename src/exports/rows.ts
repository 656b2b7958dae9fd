import { and, asc, eq, gte, inArray, type SQL, sql } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { inPages } from '#src/database/pages.ts'
import { consumers, locationDays } from '#src/database/schema/locations.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { users } from '#src/database/schema/users.ts'
import { matches } from '#src/history/conditions.ts'
import type { EntryFilter } from '#src/history/input.ts'
import type { EntryKind, EntryType } from '#src/ledger/entry-view.ts'
import { inLedgerOrder, isAfter } from '#src/ledger/order.ts'
import { reversal } from '#src/ledger/reversal.ts'
import type { LocationView } from '#src/locations/queries.ts'
import { sweepNowAndThen } from '#src/memory.ts'
import { type Day, type WallClock, wallClock } from '#src/units/business-day.ts'
import { type Litres, parseDecimal } from '#src/units/litres.ts'

export type ExportRow = {
  id: number
  clock: WallClock
  at: Date
  type: EntryType
  kind: EntryKind
  /** The location's code. */
  location: string
  litres: Litres
  /** What was left at the location right after it. */
  balance: Litres
  consumer: string | null
  notes: string | null
  reference: string | null
  by: string
  reversesId: number | null
  reversedById: number | null
  replacesId: number | null
}

export type RowsAsked = {
  filter: EntryFilter
  /** The locations in scope, and the condition that keeps to them. */
  scope: LocationView[]
  reach: SQL | undefined
  zone: string
  /** Nobody waits for the rows any more. */
  signal: AbortSignal
}

const PAGE = 200
const SWEEP_ROWS = 50_000
/** Other requests of this process get about twice as much time as the rows, in turns that nobody notices. */
const TURN_ROWS = 50
const MAX_REST_MS = 8

/**
 * The entries that a filter chooses, in the order of the ledger, each with what was left after it. Entries of the
 * period that the filter leaves out are read as well: they move the balance.
 */
export async function* readExportRows(tx: Db, asked: RowsAsked): AsyncGenerator<ExportRow> {
  const { filter, scope, zone } = asked
  const codes = new Map(scope.map(({ id, code }) => [id, code]))
  const balances = await readOpenings(tx, scope, filter.startDate)
  const people = await readNames(tx, users)
  const engines = await readNames(tx, consumers)
  let read = 0
  let restedAt = performance.now()
  for await (const row of inLedgerOrder(readTimeline(tx, asked))) {
    sweepNowAndThen(++read, SWEEP_ROWS)
    if (read % TURN_ROWS === 0) {
      await Bun.sleep(Math.min(2 * (performance.now() - restedAt), MAX_REST_MS))
      restedAt = performance.now()
    }
    const { locationId, userId, consumerId, placeOfId: _, isMatch, ...entry } = row
    const before = balances.get(locationId) ?? 0n
    const isCounted = row.reversesId === null && row.reversedById === null
    const change = row.type === 'IN' ? row.litres : -row.litres
    const balance = isCounted ? before + change : before
    balances.set(locationId, balance)
    if (isMatch !== 1) continue
    yield {
      ...entry,
      clock: wallClock(row.at, zone),
      location: codes.get(locationId) ?? '',
      by: people.get(userId) ?? '',
      consumer: consumerId === null ? null : (engines.get(consumerId) ?? null),
      balance,
    }
  }
}

function readTimeline(tx: Db, { filter, reach, zone, signal }: RowsAsked) {
  const { startDate, endDate, ...chosen } = filter
  const period = matches({ startDate, endDate }, zone)
  const isMatch = sql`${matches(chosen, zone) ?? sql`true`}`.mapWith(Number)
  return inPages(PAGE, async (last: { at: Date; id: number } | undefined) => {
    signal.throwIfAborted()
    return selectTimeline(tx, isMatch)
      .where(and(reach, period, last && isAfter(last)))
      .orderBy(asc(entries.occurredAt), asc(entries.id))
      .limit(PAGE)
  })
}

function selectTimeline(tx: Db, isMatch: SQL<number>) {
  return tx
    .select({
      id: entries.id,
      placeOfId: entries.placeOfId,
      at: entries.occurredAt,
      type: entries.type,
      kind: entries.kind,
      litres: entries.litres,
      locationId: entries.locationId,
      userId: entries.userId,
      consumerId: entries.consumerId,
      notes: entries.notes,
      reference: entries.reference,
      reversesId: entries.reversesId,
      reversedById: reversal.id,
      replacesId: entries.replacesId,
      isMatch,
    })
    .from(entries)
    .leftJoin(reversal, eq(reversal.reversesId, entries.id))
    .$dynamic()
}

/** What was left at each location before a day began, or before everything. */
async function readOpenings(
  tx: Db,
  scope: LocationView[],
  from: Day | undefined,
): Promise<Map<number, Litres>> {
  const openings = new Map<number, Litres>()
  if (from === undefined || scope.length === 0) return openings
  for (const { id, balance } of scope) openings.set(id, balance)
  const rows = await tx
    .select({
      locationId: locationDays.locationId,
      net: sql`sum(${locationDays.net})`.mapWith(parseDecimal),
    })
    .from(locationDays)
    .where(
      and(
        inArray(locationDays.locationId, [...openings.keys()]),
        gte(locationDays.businessDay, from),
      ),
    )
    .groupBy(locationDays.locationId)
  for (const { locationId, net } of rows)
    openings.set(locationId, (openings.get(locationId) ?? 0n) - net)
  return openings
}

async function readNames(tx: Db, table: typeof users | typeof consumers) {
  const rows = await tx.select({ id: table.id, name: table.name }).from(table)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
