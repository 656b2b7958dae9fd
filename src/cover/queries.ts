import { and, asc, eq, isNotNull, sql } from 'drizzle-orm'
import type { Actor } from '#src/auth/permissions.ts'
import { type Cover, coverOf, LONG_DAYS } from '#src/cover/rules.ts'
import type { Db } from '#src/database/client.ts'
import { preparedFor } from '#src/database/prepared.ts'
import { locationBalances, locationDays, locations } from '#src/database/schema/locations.ts'
import type { Day } from '#src/units/business-day.ts'
import { type Litres, parseDecimal } from '#src/units/litres.ts'

/** So many locations are asked about in one statement. */
const AT_ONCE = 100
/** So many low locations are named on a page; of the others it says how many they are. */
const NAMED = 3

type Stock = { id: number; balance: Litres; lowStockLitres: Litres | null }

/** How long the stock of each location lasts, by its id. Reads at most sixty rows a location. */
export async function readCovers(db: Db, stocks: Stock[], today: Day): Promise<Map<number, Cover>> {
  const usage = await readUsage(
    db,
    stocks.map(({ id }) => id),
    today,
  )
  return new Map(
    stocks.map((stock) => [stock.id, coverOf(stock, usage.get(stock.id) ?? [], today)]),
  )
}

export type LowLocation = {
  code: string
  name: string
  balance: Litres
  lowStockLitres: Litres | null
  cover: Cover
}

/** The active locations under their threshold that concern this person: a few by name, and how many more there are. */
export async function readLowStock(
  db: Db,
  actor: Actor,
  today: Day,
): Promise<{ named: LowLocation[]; others: number }> {
  const isOwn = actor.role === 'operasional' ? eq(locations.id, actor.location?.id ?? 0) : undefined
  const rows = await db
    .select({
      id: locations.id,
      code: locations.code,
      name: locations.name,
      balance: locationBalances.balance,
      lowStockLitres: locations.lowStockLitres,
    })
    .from(locationBalances)
    .innerJoin(locations, eq(locations.id, locationBalances.locationId))
    .where(and(isNotNull(locationBalances.lowSince), eq(locations.active, true), isOwn))
    .orderBy(asc(locations.code))
  const first = rows.slice(0, NAMED)
  const covers = await readCovers(db, first, today)
  const named = first.map((row) => ({ ...row, cover: covers.get(row.id) ?? null }))
  return { named, others: rows.length - named.length }
}

async function readUsage(db: Db, ids: number[], today: Day): Promise<Map<number, Litres[]>> {
  const usage = new Map<number, Litres[]>(ids.map((id) => [id, []]))
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const asked = ids.slice(from, from + AT_ONCE)
    const places = Object.fromEntries(asked.map((id, index) => [`place${index}`, id]))
    for (const { location, litres } of await selectUsage(db, asked.length, { today, ...places }))
      usage.get(location)?.push(litres)
  }
  return usage
}

/** A statement of many small ones, each of which follows its location's days backwards and stops. */
const selectUsage = preparedFor((db, places: number) => {
  const parts = Array.from(
    { length: places },
    (
      _,
      index,
    ) => sql`(select ${locationDays.locationId} as location, ${locationDays.litresOut} as litres
      from ${locationDays}
      where ${locationDays.locationId} = ${sql.placeholder(`place${index}`)}
        and ${locationDays.businessDay} < ${sql.placeholder('today')}
        and ${locationDays.litresOut} > 0
      order by ${locationDays.businessDay} desc limit ${sql.raw(String(LONG_DAYS))})`,
  )
  return db
    .select({ location: sql<number>`location`, litres: sql`litres`.mapWith(parseDecimal) })
    .from(sql`(${sql.join(parts, sql` union all `)}) as days_of_usage`)
})
