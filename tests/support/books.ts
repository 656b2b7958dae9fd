import { asc, count, eq } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { accessLogs, auditChains, systemLogs } from '#src/database/schema/audit.ts'
import {
  consumerDays,
  locationBalances,
  locationDays,
  locationMonths,
  locations,
} from '#src/database/schema/locations.ts'
import { settings } from '#src/database/schema/settings.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { refreshTokens, sessions, users } from '#src/database/schema/users.ts'
import { CorrectionJson, dataOf, EntryJson } from '#tests/support/answers.ts'
import type { Client } from '#tests/support/client.ts'

/** Everything that is booked, in a form that two moments can be compared by. */
export async function booksOf(db: Db) {
  return {
    entries: await db.select().from(entries).orderBy(asc(entries.id)),
    balances: await db.select().from(locationBalances).orderBy(asc(locationBalances.locationId)),
    days: await db
      .select()
      .from(locationDays)
      .orderBy(asc(locationDays.locationId), asc(locationDays.businessDay)),
    months: await db
      .select()
      .from(locationMonths)
      .orderBy(asc(locationMonths.locationId), asc(locationMonths.month)),
    consumerDays: await db
      .select()
      .from(consumerDays)
      .orderBy(
        asc(consumerDays.locationId),
        asc(consumerDays.businessDay),
        asc(consumerDays.consumerId),
      ),
    audit: await db.select().from(systemLogs).orderBy(asc(systemLogs.id)),
    chains: await db.select().from(auditChains).orderBy(asc(auditChains.chain)),
  }
}

/** Every row of every table that a request could touch. */
export async function everythingIn(db: Db) {
  return {
    ...(await booksOf(db)),
    users: await db.select().from(users).orderBy(asc(users.id)),
    locations: await db.select().from(locations).orderBy(asc(locations.id)),
    sessions: await db.select().from(sessions).orderBy(asc(sessions.id)),
    tokens: await db.select().from(refreshTokens).orderBy(asc(refreshTokens.hash)),
    access: await db.select().from(accessLogs).orderBy(asc(accessLogs.id)),
    settings: await db.select().from(settings).orderBy(asc(settings.name)),
  }
}

export async function countEntries(db: Db): Promise<number> {
  const [row] = await db.select({ rows: count() }).from(entries)
  return row?.rows ?? 0
}

/** What the books say is left at a location, in hundredths. */
export async function balanceOf(db: Db, code: string): Promise<bigint> {
  const [row] = await db
    .select({ balance: locationBalances.balance })
    .from(locationBalances)
    .innerJoin(locations, eq(locations.id, locationBalances.locationId))
    .where(eq(locations.code, code))
  return row?.balance ?? 0n
}

type Fields = Record<string, unknown>

/** Books through the API what must succeed. */
export async function deliver(client: Client, fields: Fields) {
  return book(client, '/api/stock/in', fields)
}

export async function use(client: Client, fields: Fields) {
  return book(client, '/api/stock/out', fields)
}

/** Corrects an entry: the reversal, and the replacement where the fields ask for one. */
export async function correct(client: Client, fields: Fields) {
  const path = '/api/stock/corrections'
  const response = await client.api('POST', path, { reason: 'salah ketik', ...fields })
  if (response.status !== 201) throw new Error(`${path}: ${await response.text()}`)
  return dataOf(response, CorrectionJson)
}

async function book(client: Client, path: string, fields: Fields) {
  const response = await client.api('POST', path, fields)
  if (response.status !== 201) throw new Error(`${path}: ${await response.text()}`)
  return dataOf(response, EntryJson)
}
