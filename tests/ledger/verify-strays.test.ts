import { afterAll, beforeAll, expect, test } from 'bun:test'
import { sql } from 'drizzle-orm'
import { inTransaction } from '#src/database/transaction.ts'
import { differencesIn, locationId } from '#tests/ledger/verifying.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { deliver } from '#tests/support/books.ts'

let depot: Depot
beforeAll(async () => {
  depot = await openDepot()
})
afterAll(() => depot.close())

test('entries and a chain whose location is gone are named, also where its derived rows went too', async () => {
  const wati = await depot.signIn('wati')
  await deliver(wati, { location: 'GENSET', amount: 10 })
  await deliver(wati, { location: 'TUG_ASSIST', amount: 10 })
  await deliver(wati, { location: 'TUG_ASSIST', amount: 20 })
  const id = await locationId(depot, 'TUG_ASSIST')
  await inTransaction(depot.root.db, async (tx) => {
    await tx.execute(sql`set session foreign_key_checks = 0`)
    await tx.execute(sql`delete from location_days where location_id = ${id}`)
    await tx.execute(sql`delete from location_balances where location_id = ${id}`)
    await tx.execute(sql`delete from locations where id = ${id}`)
    await tx.execute(sql`set session foreign_key_checks = 1`)
  })
  expect(await differencesIn(depot)).toEqual([
    `lokasi nomor ${id} tidak ada, tetapi punya 2 catatan`,
    `jejak audit location:${id}: lokasinya tidak ada`,
  ])
})
