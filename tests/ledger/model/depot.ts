import { createConnection, type RowDataPacket } from 'mysql2/promise'
import { connectionOptions } from '#src/database/client.ts'
import { consumers, locations } from '#src/database/schema/locations.ts'
import { verifyBooks } from '#src/ledger/verify.ts'
import { bringIn, csv } from '#tests/imports/bring-in.ts'
import { PLACES, type Place } from '#tests/ledger/model/books.ts'
import { linesOf, type ModelFile } from '#tests/ledger/model/files.ts'
import { decimal } from '#tests/ledger/model/requests.ts'
import { CAPACITY, CONSUMERS } from '#tests/ledger/model/state.ts'
import { openDepot, START } from '#tests/support/app.ts'
import type { Name } from '#tests/support/cast.ts'
import type { Client } from '#tests/support/client.ts'
import { rootDatabaseUrl } from '#tests/support/database.ts'

export type RealDepot = Awaited<ReturnType<typeof openRealDepot>>

/** A sign-in older than this would be renewed on the way, which is not what is tried here. */
const FRESH = 9 * 60_000

/** The real system, in process, and a way to empty its books between two runs that takes milliseconds. */
export async function openRealDepot() {
  const depot = await openDepot()
  const root = await createConnection(connectionOptions(rootDatabaseUrl()))
  await root.query('set foreign_key_checks = 0')
  for (const [code, litres] of Object.entries(CAPACITY)) {
    const capacity = litres === null ? null : decimal(litres)
    await root.query('update locations set capacity_litres = ? where code = ?', [capacity, code])
  }
  const rows = await depot.db.select().from(locations)
  const codes = new Map(rows.map(({ id, code }) => [id, code]))
  const ids = new Map(rows.map(({ id, code }) => [code, id]))
  for (const place of PLACES)
    for (const name of CONSUMERS[place])
      await depot.db
        .insert(consumers)
        .values({ name, kind: 'genset', locationId: ids.get(place) ?? 0 })
  const named = await depot.db.select().from(consumers)
  const emptyBooks = await keepBeginning(root)
  const desks = new Map<Name, { client: Client; since: number }>()

  return {
    depot,
    placeOf: (locationId: number): string => codes.get(locationId) ?? `location ${locationId}`,
    idOfPlace: (place: Place): number => ids.get(place) ?? 0,
    nameOfConsumer: (consumerId: number | null): string | null =>
      named.find(({ id }) => id === consumerId)?.name ?? null,
    async reset(): Promise<void> {
      desks.clear()
      depot.lines.length = 0
      depot.clock.now = START
      await emptyBooks()
    },
    /** The desk of a person who is signed in, as far as they may be. */
    async desk(who: Name): Promise<Client> {
      const now = depot.clock.now.getTime()
      const known = desks.get(who)
      if (known && now - known.since < FRESH) return known.client
      const client = await depot.signIn(who)
      desks.set(who, { client, since: now })
      return client
    },
    /** Somebody whose sessions were ended signs in again at the next thing they do. */
    forgetDesk: (who: Name): boolean => desks.delete(who),
    bring(file: ModelFile) {
      const opening = file.opening ? { [file.opening.place]: file.opening.litres } : {}
      return bringIn(depot, csv(...linesOf(file)), { opening })
    },
    async differences(): Promise<string[]> {
      const found: string[] = []
      await verifyBooks(depot.system, (difference) => found.push(difference))
      return found
    },
    async close(): Promise<void> {
      await root.end()
      await depot.close()
    },
  }
}

const EMPTIED = [
  'transactions',
  'location_days',
  'location_months',
  'consumer_days',
  'imports',
  'requests',
  'access_logs',
  'refresh_tokens',
  'sessions',
]

/** Remembers how the audit trail began, with the locations and people that every run starts with. */
async function keepBeginning(root: Awaited<ReturnType<typeof createConnection>>) {
  const [heads] = await root.query<RowDataPacket[]>('select * from audit_chains')
  const [[last]] = await root.query<RowDataPacket[]>('select max(id) as id from system_logs')
  const newest: number = last?.id ?? 0
  return async (): Promise<void> => {
    for (const table of EMPTIED) await root.query(`delete from ${table}`)
    await root.query('delete from system_logs where id > ?', [newest])
    for (const { chain, length, head_hash } of heads)
      await root.query('update audit_chains set length = ?, head_hash = ? where chain = ?', [
        length,
        head_hash,
        chain,
      ])
    await root.query('update location_balances set balance = 0, entries = 0, low_since = null')
    await root.query('update locations set active = true')
    await root.query('update users set active = true')
  }
}
