import { afterAll, beforeAll, expect, test } from 'bun:test'
import { and, eq, gte, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Db } from '#src/database/client.ts'
import { locationDays } from '#src/database/schema/locations.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { inSnapshot } from '#src/database/transaction.ts'
import { readExportRows } from '#src/exports/rows.ts'
import { listLocations } from '#src/locations/queries.ts'
import { bringIn, makeLedger } from '#tests/imports/bring-in.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'

const ROWS = 4_000
const FIRST = '2023-01-01'
const LAST = '2023-03-31'

let depot: Depot
beforeAll(async () => {
  depot = await openDepot()
  const { text } = makeLedger({ seed: 4, rows: ROWS, style: 'plain' })
  expect(await bringIn(depot, text)).toMatchObject({ booked: ROWS })
  await depot.root.db.execute(sql`analyze table ${entries}`)
})
afterAll(() => depot.close())

const Counters = z.tuple([z.array(z.object({ Value: z.coerce.number() })), z.unknown()])

/** How many rows and places of an index this connection has read until now. */
async function countReads(tx: Db): Promise<number> {
  const [rows] = Counters.parse(await tx.execute(sql`show session status like 'Handler_read%'`))
  return rows.reduce((sum, { Value }) => sum + Value, 0)
}

test('some days of one location are read out of their own part of an index, each with its balance', async () => {
  const [genset] = await listLocations(depot.db, {
    id: depot.ids.agus,
    name: 'Agus',
    email: 'agus@contoh.test',
    role: 'admin',
    location: null,
  })
  if (!genset) throw new Error('no location')
  const asked = (startDate: string | undefined, tx: Db) =>
    readExportRows(tx, {
      filter: { startDate, endDate: LAST, location: genset.code },
      scope: [genset],
      reach: eq(entries.locationId, genset.id),
      zone: depot.system.config.timezone,
      signal: new AbortController().signal,
    })
  const { rows, reads, all } = await inSnapshot(depot.db, async (tx) => {
    const before = await countReads(tx)
    const found = (await Array.fromAsync(asked(FIRST, tx))).flat()
    const after = await countReads(tx)
    return {
      rows: found,
      reads: after - before,
      all: (await Array.fromAsync(asked(undefined, tx))).flat(),
    }
  })
  expect(rows.length).toBeGreaterThan(50)
  expect(rows).toEqual(all.filter(({ clock }) => clock >= FIRST))
  const days = await depot.db
    .select({ day: locationDays.businessDay })
    .from(locationDays)
    .where(and(eq(locationDays.locationId, genset.id), gte(locationDays.businessDay, FIRST)))
  // Each entry, and a look for its reversal; the day rows behind the opening; names.
  expect(reads).toBeLessThan(rows.length * 3 + days.length + 100)
})
