import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { matches } from '#src/history/conditions.ts'
import type { EntryFilter } from '#src/history/input.ts'
import type { EntryKind, EntryType } from '#src/ledger/entry-view.ts'
import { compareWithinMinute, isAfter, type Standing } from '#src/ledger/order.ts'
import { reversal } from '#src/ledger/reversal.ts'
import { type Litres, parseDecimal } from '#src/units/litres.ts'

export type TimelineEntry = Standing & {
  type: EntryType
  kind: EntryKind
  litres: Litres
  locationId: number
  userId: number
  consumerId: number | null
  notes: string | null
  reference: string | null
  reversesId: number | null
  reversedById: number | null
  replacesId: number | null
  /** Whether the filter chooses it. The others of the period move the balance. */
  isMatch: boolean
}

export type TimelineAsked = {
  filter: EntryFilter
  /** The condition that keeps to the locations in scope. */
  reach: SQL | undefined
  zone: string
  /** Nobody waits for the entries any more. */
  signal: AbortSignal
}

const PAGE = 500

/**
 * The entries of a filter's locations and period in the order of the ledger, page by page. The next page is asked for
 * before this one is worked on. Holds a page and the entries of one minute in memory, no more.
 */
export async function* readTimeline(tx: Db, asked: TimelineAsked): AsyncGenerator<TimelineEntry[]> {
  const readPage = openPages(tx, asked)
  let coming = readPage(undefined)
  let held: TimelineEntry[] = []
  for (;;) {
    const page = await coming
    const last = page.length === PAGE ? page.at(-1) : undefined
    if (!last) return yield inLedgerOrder([...held, ...page])
    coming = readPage(last)
    const known = held.length === 0 ? page : [...held, ...page]
    // A replacement further on in its minute may stand before what has come of that minute.
    const minute = known.findLastIndex(({ at }) => at.getTime() !== last.at.getTime()) + 1
    held = known.slice(minute)
    yield inLedgerOrder(known.slice(0, minute))
  }
}

function inLedgerOrder(byTimeAndNumber: TimelineEntry[]): TimelineEntry[] {
  if (byTimeAndNumber.every(({ placeOfId }) => placeOfId === null)) return byTimeAndNumber
  return byTimeAndNumber.sort(
    (a, b) => a.at.getTime() - b.at.getTime() || compareWithinMinute(a, b),
  )
}

/** Asks for the page after an entry. One that nobody waits for any more may fail in silence. */
function openPages(tx: Db, { filter, reach, zone, signal }: TimelineAsked) {
  const { startDate, endDate, ...chosen } = filter
  const period = matches({ startDate, endDate }, zone)
  const isMatch = sql`${matches(chosen, zone) ?? sql`true`}`
  return (last: Standing | undefined): Promise<TimelineEntry[]> => {
    const query = selectTimeline(tx, isMatch)
      .where(and(reach, period, last && isAfter(last)))
      .orderBy(asc(entries.occurredAt), asc(entries.id))
      .limit(PAGE)
    const coming = signal.aborted ? Promise.reject(signal.reason) : readRaw(tx, query.toSQL())
    coming.catch(() => undefined)
    return coming
  }
}

function selectTimeline(tx: Db, isMatch: SQL) {
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

type RawEntry = [
  id: number,
  placeOfId: number | null,
  at: string,
  type: EntryType,
  kind: EntryKind,
  litres: string,
  locationId: number,
  userId: number,
  consumerId: number | null,
  notes: string | null,
  reference: string | null,
  reversesId: number | null,
  reversedById: number | null,
  replacesId: number | null,
  isMatch: number,
]

/** Past Drizzle's mapping, which costs more than everything else that is done with a row. */
function readRaw(tx: Db, { sql, params }: { sql: string; params: unknown[] }) {
  return new Promise<TimelineEntry[]>((done, fail) => {
    tx.$client.query({ sql, values: params, rowsAsArray: true }, (error, rows) => {
      if (error) fail(error)
      else done((rows as unknown as RawEntry[]).map(parseEntry))
    })
  })
}

const parseEntry = (raw: RawEntry): TimelineEntry => ({
  id: raw[0],
  placeOfId: raw[1],
  at: new Date(`${raw[2].replace(' ', 'T')}Z`),
  type: raw[3],
  kind: raw[4],
  litres: parseDecimal(raw[5]),
  locationId: raw[6],
  userId: raw[7],
  consumerId: raw[8],
  notes: raw[9],
  reference: raw[10],
  reversesId: raw[11],
  reversedById: raw[12],
  replacesId: raw[13],
  isMatch: raw[14] === 1,
})
