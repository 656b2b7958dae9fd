import { and, asc, eq, gte, inArray, lte, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/mysql-core'
import type { Db } from '#src/database/client.ts'
import { locationBalances, locationDays, locationMonths } from '#src/database/schema/locations.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { isOfDay, ledgerOrder, standing } from '#src/ledger/order.ts'
import { counts, reversal } from '#src/ledger/reversal.ts'
import { signed } from '#src/ledger/rules.ts'
import { type Day, dayStart } from '#src/units/business-day.ts'
import { type Litres, parseDecimal } from '#src/units/litres.ts'

/** An entry whose running balance is asked for. */
export type Shown = { id: number; locationId: number; businessDay: Day; occurredAt: Date }

/** Days that hold no more entries than this together, or three times as many as are asked for, are gone through. */
const FEW = 300
const FEW_TIMES = 3

/** What was left after each of these entries: a day's opening comes from the derived rows, the rest from its entries. */
export async function readBalancesAfter(
  db: Db,
  zone: string,
  shown: Shown[],
): Promise<Map<number, Litres>> {
  const spans = await readSpans(db, zone, shown)
  const entriesOfDays = spans.reduce((sum, { entries: count }) => sum + count, 0)
  if (spans.length === 0) return new Map()
  const isFew = entriesOfDays <= Math.max(FEW, FEW_TIMES * shown.length)
  return isFew ? readThroughDays(db, zone, spans) : readFromEnds(db, spans, shown)
}

/** From the opening of each day, one entry after the other. */
async function readThroughDays(db: Db, zone: string, spans: Span[]): Promise<Map<number, Litres>> {
  const isShown = spans.map(({ locationId, day }) => isOfDay(locationId, day, zone))
  const balances = new Map<number, Litres>()
  const now = new Map(
    spans.map(({ locationId, day, opening }) => [`${locationId} ${day}`, opening]),
  )
  for (const row of await selectPlaced(db, or(...isShown))) {
    const key = `${row.locationId} ${row.day}`
    const before = now.get(key) ?? 0n
    const balance = isCounted(row) ? before + signed(row) : before
    now.set(key, balance)
    balances.set(row.id, balance)
  }
  return balances
}

/**
 * Long days: from their opening or their closing, whichever is nearer, to each minute the index is added up. That may
 * heed no reversals: they lie in the minute of what they take back, so that at its end both come to zero. Only within
 * the minute each entry is looked at.
 */
async function readFromEnds(db: Db, spans: Span[], shown: Shown[]): Promise<Map<number, Litres>> {
  const sums = await sumToMinutes(db, spans)
  const places = await readPlaces(db, spans, shown)
  const balances = new Map<number, Litres>()
  for (const [index, span] of spans.entries()) {
    for (const at of span.minutes) {
      const sum = sums.get(keyOf(index, at)) ?? 0n
      for (const { id, whole, upToHere } of places.get(keyOf(span.locationId, at)) ?? []) {
        const before = span.isFromEnd ? span.closing - sum : span.opening + sum - whole
        balances.set(id, before + upToHere)
      }
    }
  }
  return balances
}

const isCounted = (row: { reversesId: number | null; reversedById: number | null }): boolean =>
  row.reversesId === null && row.reversedById === null

/** The minutes of one day of one location that are shown. */
type Span = {
  locationId: number
  day: Day
  /** How many entries the day has. */
  entries: number
  opening: Litres
  closing: Litres
  /** In order of time, in milliseconds. */
  minutes: number[]
  /** Added up from the day's end back, which is nearer. */
  isFromEnd: boolean
  from: Date
  to: Date
}

const keyOf = (...parts: number[]): string => parts.join(' ')

async function readSpans(db: Db, zone: string, shown: Shown[]): Promise<Span[]> {
  const days = new Map<string, { locationId: number; day: Day; minutes: Set<number> }>()
  for (const { locationId, businessDay: day, occurredAt } of shown) {
    const key = `${locationId} ${day}`
    const known = days.get(key) ?? { locationId, day, minutes: new Set() }
    known.minutes.add(occurredAt.getTime())
    days.set(key, known)
  }
  if (days.size === 0) return []
  const stored = await readDays(db, [...days.values()])
  return stored.flatMap(({ locationId, businessDay, opening, net, lastAt, rowsIn, rowsOut }) => {
    const asked = days.get(`${locationId} ${businessDay}`)
    if (!asked || !lastAt) return []
    const minutes = [...asked.minutes].sort((a, b) => a - b)
    const [first = 0, last = 0] = [minutes[0], minutes.at(-1)]
    const start = dayStart(businessDay, zone)
    const isFromEnd = lastAt.getTime() - first < last - start.getTime()
    return {
      locationId,
      day: businessDay,
      entries: rowsIn + rowsOut,
      opening,
      closing: opening + net,
      minutes,
      isFromEnd,
      from: isFromEnd ? new Date(first) : start,
      to: isFromEnd ? lastAt : new Date(last),
    }
  })
}

const laterDays = alias(locationDays, 'later_days')

/** These days with what was left when each began: what is left now, less all that has come since. */
async function readDays(db: Db, days: { locationId: number; day: Day }[]) {
  const later = db
    .select({
      net: sql`coalesce(sum(${locationMonths.litresIn} - ${locationMonths.litresOut}), 0)`,
    })
    .from(locationMonths)
    .where(
      and(
        eq(locationMonths.locationId, locationDays.locationId),
        sql`${locationMonths.month} > ${locationDays.businessDay}`,
      ),
    )
  const sameMonth = db
    .select({ net: sql`coalesce(sum(${laterDays.net}), 0)` })
    .from(laterDays)
    .where(
      and(
        eq(laterDays.locationId, locationDays.locationId),
        gte(laterDays.businessDay, locationDays.businessDay),
        lte(laterDays.businessDay, sql`last_day(${locationDays.businessDay})`),
      ),
    )
  return db
    .select({
      locationId: locationDays.locationId,
      businessDay: locationDays.businessDay,
      net: locationDays.net,
      lastAt: locationDays.lastAt,
      rowsIn: locationDays.rowsIn,
      rowsOut: locationDays.rowsOut,
      opening: sql`${locationBalances.balance} - (${later}) - (${sameMonth})`.mapWith(parseDecimal),
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
}

/** For each span and minute: all litres from the nearer end of the day to it, itself included. From the index alone. */
async function sumToMinutes(db: Db, spans: Span[]): Promise<Map<string, Litres>> {
  const parts = spans.map(({ locationId, from, to, minutes, isFromEnd }, index) => {
    const moments = minutes.map((at) => sql`${sql.param(new Date(at), entries.occurredAt)}`)
    return sql`select ${sql.raw(String(index))} as span, moment, total from (
      select ${entries.occurredAt} as moment, sum(sum(if(${entries.type} = 'IN', ${entries.litres}, -${entries.litres})))
        over (order by ${entries.occurredAt} ${sql.raw(isFromEnd ? 'desc' : 'asc')}) as total
      from ${entries}
      where ${and(eq(entries.locationId, locationId), gte(entries.occurredAt, from), lte(entries.occurredAt, to))}
      group by ${entries.occurredAt}) as sums_${sql.raw(String(index))}
      where moment in (${sql.join(moments, sql`, `)})`
  })
  const [rows] = await db.execute(sql.join(parts, sql` union all `))
  const sums = new Map<string, Litres>()
  for (const row of rowsOf(rows)) {
    const at = Date.parse(`${row.moment.replace(' ', 'T')}Z`)
    sums.set(keyOf(row.span, at), parseDecimal(row.total))
  }
  return sums
}

type SumRow = { span: number; moment: string; total: string }

/** mysql2 types the answer to a statement of our own as anything. */
const rowsOf = (rows: unknown): SumRow[] => rows as SumRow[]

/** What the minute of each entry comes to, and what counts of it up to that entry. */
async function readPlaces(db: Db, spans: Span[], shown: Shown[]) {
  const isShown = spans.map(({ locationId, minutes }) =>
    and(
      eq(entries.locationId, locationId),
      inArray(
        entries.occurredAt,
        minutes.map((at) => new Date(at)),
      ),
    ),
  )
  const litres = sql`if(${entries.type} = 'IN', ${entries.litres}, -${entries.litres})`
  const minute = sql`partition by ${entries.locationId}, ${entries.occurredAt}`
  const placed = db
    .select({
      id: entries.id,
      locationId: entries.locationId,
      at: entries.occurredAt,
      whole: sql`sum(${litres}) over (${minute})`.as('whole'),
      upToHere:
        sql`sum(if(${counts}, ${litres}, 0)) over (${minute} order by ${standing}, ${entries.id})`.as(
          'up_to_here',
        ),
    })
    .from(entries)
    .leftJoin(reversal, eq(reversal.reversesId, entries.id))
    .where(or(...isShown))
    .as('placed')
  const rows = await db
    .select({
      id: placed.id,
      locationId: placed.locationId,
      at: placed.at,
      whole: sql`${placed.whole}`.mapWith(parseDecimal),
      upToHere: sql`${placed.upToHere}`.mapWith(parseDecimal),
    })
    .from(placed)
    .where(
      inArray(
        placed.id,
        shown.map(({ id }) => id),
      ),
    )
  const minutes = new Map<string, typeof rows>()
  for (const row of rows) {
    const key = keyOf(row.locationId, row.at.getTime())
    minutes.set(key, [...(minutes.get(key) ?? []), row])
  }
  return minutes
}

/** Entries in the order of the ledger, a location after the other. */
function selectPlaced(db: Db, condition: SQL | undefined) {
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
