import { and, gte, inArray, sql } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { consumers, locationDays } from '#src/database/schema/locations.ts'
import { users } from '#src/database/schema/users.ts'
import { openDayClock } from '#src/exports/day-clock.ts'
import { readTimeline, type TimelineAsked, type TimelineEntry } from '#src/exports/timeline.ts'
import type { LocationView } from '#src/locations/queries.ts'
import { sweepNowAndThen } from '#src/memory.ts'
import type { Day, WallClock } from '#src/units/business-day.ts'
import { type Litres, parseDecimal } from '#src/units/litres.ts'

export type ExportRow = Pick<
  TimelineEntry,
  'id' | 'at' | 'type' | 'kind' | 'litres' | 'notes' | 'reference'
> &
  Pick<TimelineEntry, 'reversesId' | 'reversedById' | 'replacesId'> & {
    clock: WallClock
    /** The location's code. */
    location: string
    /** What was left at the location right after it. */
    balance: Litres
    consumer: string | null
    by: string
  }

/** The locations in scope as well. */
export type RowsAsked = TimelineAsked & { scope: LocationView[] }

/** Other requests of this process get twice as much time as the rows, in turns that nobody notices. */
const TURN_ROWS = 125
const REST_SHARE = 2
const MAX_REST_MS = 8
const SWEEP_TURNS = 200

/**
 * The entries that a filter chooses, in the order of the ledger, each with what was left after it, some at a time.
 * Entries of the period that the filter leaves out are read as well: they move the balance.
 */
export async function* readExportRows(tx: Db, asked: RowsAsked): AsyncGenerator<ExportRow[]> {
  const rowOf = await openRows(tx, asked)
  let turns = 0
  let restedAt = performance.now()
  for await (const page of readTimeline(tx, asked)) {
    for (let at = 0; at < page.length; at += TURN_ROWS) {
      const rows: ExportRow[] = []
      for (const entry of page.slice(at, at + TURN_ROWS)) {
        const row = rowOf(entry)
        if (entry.isMatch) rows.push(row)
      }
      if (rows.length > 0) yield rows
      sweepNowAndThen(++turns, SWEEP_TURNS)
      const worked = performance.now() - restedAt
      await Bun.sleep(Math.min(REST_SHARE * worked, MAX_REST_MS))
      restedAt = performance.now()
    }
  }
}

/** Entries must be given to it in their order: it keeps the balances. */
async function openRows(tx: Db, { filter, scope, zone }: RowsAsked) {
  const codes = new Map(scope.map(({ id, code }) => [id, code]))
  const balances = await readOpenings(tx, scope, filter.startDate)
  const people = await readNames(tx, users)
  const engines = await readNames(tx, consumers)
  const clock = openDayClock(zone)
  return (entry: TimelineEntry): ExportRow => {
    const { locationId, consumerId, type, litres, reversesId, reversedById } = entry
    const before = balances.get(locationId) ?? 0n
    const isCounted = reversesId === null && reversedById === null
    const change = type === 'IN' ? litres : -litres
    const balance = isCounted ? before + change : before
    balances.set(locationId, balance)
    return {
      id: entry.id,
      at: entry.at,
      clock: clock(entry.at),
      type,
      kind: entry.kind,
      location: codes.get(locationId) ?? '',
      litres,
      balance,
      consumer: consumerId === null ? null : (engines.get(consumerId) ?? null),
      notes: entry.notes,
      reference: entry.reference,
      by: people.get(entry.userId) ?? '',
      reversesId,
      reversedById,
      replacesId: entry.replacesId,
    }
  }
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
