import { and, asc, eq, isNotNull, sql } from 'drizzle-orm'
import type { Actor } from '#src/auth/permissions.ts'
import { type Cover, coverOf, LONG_DAYS } from '#src/cover/rules.ts'
import type { Db } from '#src/database/client.ts'
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

/** A statement of many small ones, each of which follows its location's days backwards and stops. */
async function readUsage(db: Db, ids: number[], today: Day): Promise<Map<number, Litres[]>> {
  const usage = new Map<number, Litres[]>(ids.map((id) => [id, []]))
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const parts = ids.slice(from, from + AT_ONCE).map(
      (
        id,
      ) => sql`(select ${locationDays.locationId} as location, ${locationDays.litresOut} as litres
        from ${locationDays}
        where ${locationDays.locationId} = ${id} and ${locationDays.businessDay} < ${today}
          and ${locationDays.litresOut} > 0
        order by ${locationDays.businessDay} desc limit ${sql.raw(String(LONG_DAYS))})`,
    )
    const [rows] = await db.execute(sql.join(parts, sql` union all `))
    for (const { location, litres } of rowsOf(rows)) usage.get(location)?.push(parseDecimal(litres))
  }
  return usage
}

/** mysql2 types the answer to a statement of our own as anything. */
const rowsOf = (rows: unknown): { location: number; litres: string }[] =>
  rows as { location: number; litres: string }[]
