import { and, eq, gte, lte, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/mysql-core'
import type { Db } from '#src/database/client.ts'
import { locationBalances, locationDays, locationMonths } from '#src/database/schema/locations.ts'
import { readFromEnds } from '#src/ledger/day-ends.ts'
import { isOfDay } from '#src/ledger/order.ts'
import { isCounted, selectPlaced } from '#src/ledger/placed.ts'
import { signed } from '#src/ledger/rules.ts'
import type { Shown, Span } from '#src/ledger/span.ts'
import { type Day, dayStart } from '#src/units/business-day.ts'
import { type Litres, parseDecimal } from '#src/units/litres.ts'

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
