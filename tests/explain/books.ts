import { sql } from 'drizzle-orm'
import { pino } from 'pino'
import { createApp } from '#src/app.tsx'
import { openDatabase } from '#src/database/client.ts'
import { consumers, locations } from '#src/database/schema/locations.ts'
import { recordStatements } from '#tests/explain/statements.ts'
import { bringIn, makeLedger } from '#tests/imports/bring-in.ts'
import { openDepot } from '#tests/support/app.ts'
import { correct, use } from '#tests/support/books.ts'
import type { Name } from '#tests/support/cast.ts'
import { createClient } from '#tests/support/client.ts'
import { testDatabaseUrl } from '#tests/support/database.ts'

/** The morning after the last day of the ledgers that make-ledger writes. */
const NOW = new Date('2026-01-01T02:00:00.000Z')
const TABLES = [
  'transactions',
  'system_logs',
  'location_days',
  'location_months',
  'consumer_days',
  'users',
]
const CONSUMERS = ['Genset #1 500 kVA', 'Genset #2 500 kVA', 'Genset #3 250 kVA']

export type LargeDepot = Awaited<ReturnType<typeof openLargeDepot>>

/**
 * A depot with as many entries as make a database choose its ways as it does in large books: four locations, gensets,
 * people who book by hand, and corrections. Its app has a pool of its own, whose statements are written down.
 */
export async function openLargeDepot() {
  const depot = await openDepot()
  depot.clock.now = NOW
  const first = makeLedger({ seed: 1, rows: 4000, style: 'plain' }).text
  const second = makeLedger({ seed: 2, rows: 3000, style: 'plain' }).text
  await bringIn(depot, first)
  const elsewhere = second.replaceAll(',GENSET,', ',DERMAGA,').replaceAll(',TUG_ASSIST,', ',POS,')
  await bringIn(depot, elsewhere, { createLocations: true, fileName: 'dermaga.csv' })
  const consumerId = await nameConsumers()
  const corrected = await bookByHand()
  for (const table of TABLES) await depot.root.db.execute(sql.raw(`analyze table ${table}`))

  const database = openDatabase(testDatabaseUrl())
  const recorder = recordStatements(database)
  const app = createApp({ ...depot.system, db: database.db }, pino({ level: 'silent' }))
  return {
    ...depot,
    recorder,
    consumerId,
    /** Numbers of an entry that was corrected, and of one that nobody has touched. */
    corrected,
    untouched: 100,
    signIn: async (name: Name) => createClient(app, (await depot.signIn(name)).jar),
    /** Sends a statement as the app does. */
    ask: (text: string) => database.db.execute(sql.raw(text)),
    /** Makes the app take the books for a hundred times as large, where it chooses its ways by their size. */
    async pretendToBeLarge(): Promise<void> {
      await depot.root.db.execute(sql`update location_balances set entries = entries * 100`)
    },
    async close(): Promise<void> {
      await database.close()
      await depot.close()
    },
  }

  /** As if the gensets that the notes speak of had been chosen from the list. */
  async function nameConsumers(): Promise<number> {
    const { db } = depot.root
    const places = await db.select().from(locations)
    const locationId = places.find(({ code }) => code === 'GENSET')?.id ?? 0
    for (const name of CONSUMERS)
      await db.insert(consumers).values({ name, kind: 'genset', locationId })
    await db.execute(sql`update transactions join consumers
      on consumers.location_id = transactions.location_id and notes like concat(name, ' %')
      set transactions.consumer_id = consumers.id where transactions.type = 'OUT'`)
    await db.execute(sql`insert into consumer_days
      (location_id, business_day, consumer_id, litres, entries)
      select location_id, business_day, consumer_id, sum(litres), count(*) from transactions
      where consumer_id is not null group by location_id, business_day, consumer_id`)
    const [named] = await db.select().from(consumers)
    return named?.id ?? 0
  }

  async function bookByHand(): Promise<number> {
    const [sari, wati] = [await depot.signIn('sari'), await depot.signIn('wati')]
    let last = 0
    for (let index = 0; index < 30; index++) {
      const notes = `dicatat tangan ${index}`
      last = (await use(sari, { amount: 1, notes, consumer: CONSUMERS[index % 3] })).id
      const replacement = index % 2 === 0 ? { amount: 2 } : undefined
      if (index % 3 === 0) await correct(wati, { entryId: last, replacement })
    }
    // An old entry as well: its whole timeline is looked through.
    await correct(wati, { entryId: 50, replacement: { amount: 1 }, confirmUnusual: true })
    return 50
  }
}
