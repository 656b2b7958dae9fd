import { and, asc, eq, gte, lte, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/mysql-core'
import type { Db } from '#src/database/client.ts'
import { locationBalances, locationDays, locationMonths } from '#src/database/schema/locations.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { ledgerOrder } from '#src/ledger/order.ts'
import { reversal } from '#src/ledger/reversal.ts'
import { signed } from '#src/ledger/rules.ts'
import { type Day, dayStart } from '#src/units/business-day.ts'
import { type Litres, parseDecimal } from '#src/units/litres.ts'

/** An entry whose running balance is asked for. */
export type Shown = { id: number; locationId: number; businessDay: Day; occurredAt: Date }

/**
 * What was left after each of these entries. A day's opening or closing comes from the derived rows, whichever is
 * nearer; from there to each minute the index is added up. That may heed no reversals: they lie in the minute of what
 * they take back, so that at its end both come to zero. Within a minute the entries are gone through one by one.
 */
export async function readBalancesAfter(
  db: Db,
  zone: string,
  shown: Shown[],
): Promise<Map<number, Litres>> {
  const spans = await readSpans(db, zone, shown)
  if (spans.length === 0) return new Map()
  const sums = await sumToMinutes(db, spans)
  const minutes = await readMinutes(db, spans)
  const balances = new Map<number, Litres>()
  for (const [index, span] of spans.entries()) {
    for (const at of span.minutes) {
      const rows = minutes.get(keyOf(span.locationId, at)) ?? []
      const sum = sums.get(keyOf(index, at)) ?? 0n
      const whole = rows.reduce((total, row) => total + signed(row), 0n)
      let balance = span.isFromEnd ? span.closing - sum : span.opening + sum - whole
      for (const row of rows) {
        if (row.reversesId === null && row.reversedById === null) balance += signed(row)
        balances.set(row.id, balance)
      }
    }
  }
  return balances
}

/** The minutes of one day of one location that are shown. */
type Span = {
  locationId: number
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
  return stored.flatMap(({ locationId, businessDay, opening, net, lastAt }) => {
    const asked = days.get(`${locationId} ${businessDay}`)
    if (!asked || !lastAt) return []
    const minutes = [...asked.minutes].sort((a, b) => a - b)
    const [first = 0, last = 0] = [minutes[0], minutes.at(-1)]
    const start = dayStart(businessDay, zone)
    const isFromEnd = lastAt.getTime() - first < last - start.getTime()
    return {
      locationId,
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

/** All entries of the minutes that are shown, in the order of the ledger. */
async function readMinutes(db: Db, spans: Span[]) {
  const isShown = (span: Span): SQL | undefined =>
    or(
      ...span.minutes.map((at) =>
        and(eq(entries.locationId, span.locationId), eq(entries.occurredAt, new Date(at))),
      ),
    )
  const rows = await db
    .select({
      id: entries.id,
      locationId: entries.locationId,
      at: entries.occurredAt,
      type: entries.type,
      litres: entries.litres,
      reversesId: entries.reversesId,
      reversedById: reversal.id,
    })
    .from(entries)
    .leftJoin(reversal, eq(reversal.reversesId, entries.id))
    .where(or(...spans.map(isShown)))
    .orderBy(asc(entries.locationId), ...ledgerOrder)
  const minutes = new Map<string, typeof rows>()
  for (const row of rows) {
    const key = keyOf(row.locationId, row.at.getTime())
    minutes.set(key, [...(minutes.get(key) ?? []), row])
  }
  return minutes
}
