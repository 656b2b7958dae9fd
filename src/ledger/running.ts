import { and, eq, gte, inArray, lt, lte, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/mysql-core'
import type { Db } from '#src/database/client.ts'
import { prepared, preparedFor, slot, slots } from '#src/database/prepared.ts'
import { locationBalances, locationDays, locationMonths } from '#src/database/schema/locations.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { readFromEnds } from '#src/ledger/day-ends.ts'
import { isCounted, selectPlaced } from '#src/ledger/placed.ts'
import { signed } from '#src/ledger/rules.ts'
import { byTimeAndNumber, type Shown, type Span } from '#src/ledger/span.ts'
import { addDays, dayStart } from '#src/units/business-day.ts'
import { type Litres, parseDecimal } from '#src/units/litres.ts'

/** Days that hold no more entries than this together, or three times as many as are asked for, are gone through. */
const FEW = 300
const FEW_TIMES = 3

/** What was left after each of these entries: a day's opening comes from the derived rows, the rest from its entries. */
export async function readBalancesAfter(
  db: Db,
  shown: Shown[],
  { zone, isGapless }: { zone: string; isGapless: boolean },
): Promise<Map<number, Litres>> {
  const spans = await readSpans(db, zone, shown)
  const entriesOfDays = spans.reduce((sum, { entries: count }) => sum + count, 0)
  if (spans.length === 0) return new Map()
  const isFew = entriesOfDays <= Math.max(FEW, FEW_TIMES * shown.length)
  return isFew ? readThroughDays(db, zone, spans) : readFromEnds(db, spans, { shown, isGapless })
}

/** From the opening of each day, one entry after the other. */
async function readThroughDays(db: Db, zone: string, spans: Span[]): Promise<Map<number, Litres>> {
  const balances = new Map<number, Litres>()
  const now = new Map(
    spans.map(({ locationId, day, opening }) => [`${locationId} ${day}`, opening]),
  )
  for (const row of await selectDays(db, seatsOf(spans), bind(spans, zone))) {
    const key = `${row.locationId} ${row.day}`
    const before = now.get(key) ?? 0n
    const balance = isCounted(row) ? before + signed(row) : before
    now.set(key, balance)
    balances.set(row.id, balance)
  }
  return balances
}

/** Asked for so many days at once; the last seats may hold the same day once more. */
const selectDays = preparedFor((db, seats: number) =>
  selectPlaced(
    db,
    or(
      ...Array.from({ length: seats }, (_, seat) =>
        and(
          eq(entries.locationId, sql.placeholder(`place${seat}`)),
          gte(entries.occurredAt, slot(entries.occurredAt, `from${seat}`)),
          lt(entries.occurredAt, slot(entries.occurredAt, `until${seat}`)),
        ),
      ),
    ),
  ),
)

/** 1, 2, 4, 8: a few statements for any number of days. */
const seatsOf = (spans: Span[]): number => 2 ** Math.ceil(Math.log2(spans.length))

function bind(spans: Span[], zone: string): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (let seat = 0; seat < seatsOf(spans); seat++) {
    const span = spans[Math.min(seat, spans.length - 1)]
    if (!span) continue
    values[`place${seat}`] = span.locationId
    values[`from${seat}`] = dayStart(span.day, zone)
    values[`until${seat}`] = dayStart(addDays(span.day, 1), zone)
  }
  return values
}

async function readSpans(db: Db, zone: string, shown: Shown[]): Promise<Span[]> {
  const days = new Map<string, [Shown, ...Shown[]]>()
  for (const entry of shown) {
    const key = `${entry.locationId} ${entry.businessDay}`
    const known = days.get(key)
    if (known) known.push(entry)
    else days.set(key, [entry])
  }
  if (days.size === 0) return []
  const stored = await readDays(
    db,
    [...days.values()].map(([entry]) => entry),
  )
  return stored.flatMap(({ locationId, businessDay, opening, net, lastAt, rowsIn, rowsOut }) => {
    const asked = days.get(`${locationId} ${businessDay}`)
    if (!asked || !lastAt) return []
    const first = asked.reduce((one, other) => (byTimeAndNumber(other, one) < 0 ? other : one))
    const last = asked.reduce((one, other) => (byTimeAndNumber(one, other) < 0 ? other : one))
    const start = dayStart(businessDay, zone)
    const at = first.occurredAt.getTime()
    const isFromEnd = lastAt.getTime() - at < at - start.getTime()
    return {
      locationId,
      day: businessDay,
      entries: rowsIn + rowsOut,
      opening,
      closing: opening + net,
      firstShown: { at: first.occurredAt, id: first.id },
      lastShown: { at: last.occurredAt, id: last.id },
      isFromEnd,
      end: isFromEnd ? lastAt : start,
    }
  })
}

const laterDays = alias(locationDays, 'later_days')

/** These days with what was left when each began: what is left now, less all that has come since. */
function readDays(db: Db, days: Shown[]) {
  return selectStoredDays(db, {
    places: days.map(({ locationId }) => locationId),
    days: days.map(({ businessDay }) => businessDay),
    pairs: days.map(({ locationId, businessDay }) => [locationId, businessDay]),
  })
}

const selectStoredDays = prepared((db) => {
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
  const { locationId, businessDay } = locationDays
  return db
    .select({
      locationId,
      businessDay,
      net: locationDays.net,
      lastAt: locationDays.lastAt,
      rowsIn: locationDays.rowsIn,
      rowsOut: locationDays.rowsOut,
      opening: sql`${locationBalances.balance} - (${later}) - (${sameMonth})`.mapWith(parseDecimal),
    })
    .from(locationDays)
    .innerJoin(locationBalances, eq(locationBalances.locationId, locationId))
    .where(
      and(
        // Each by itself is what the index is read by: of pairs MariaDB makes no range.
        inArray(locationId, slots(locationId, 'places')),
        inArray(businessDay, slots(businessDay, 'days')),
        sql`(${locationId}, ${businessDay}) in (${sql.placeholder('pairs')})`,
      ),
    )
})
