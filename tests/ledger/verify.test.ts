import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { type SQL, sql } from 'drizzle-orm'
import { verifyBooks } from '#src/ledger/verify.ts'
import { differencesIn, locationId, tamper } from '#tests/ledger/verifying.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { correct, deliver, use } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'

let depot: Depot
let wati: Client
let genset: number
/** 1.000 in and 250,25 out on the 20th, 100 out on the 22nd. */
let [first, second, third] = [0, 0, 0]
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  wati = await depot.signIn('wati')
  genset = await locationId(depot)
  const at = { location: 'GENSET' }
  const opening = { ...at, amount: '1000', occurredAt: '2026-11-20T08:00', kind: 'opening' }
  first = (await deliver(wati, opening)).id
  second = (await use(wati, { ...at, amount: '250.25', occurredAt: '2026-11-20T10:00' })).id
  third = (await use(wati, { ...at, amount: '100', occurredAt: '2026-11-22T09:00' })).id
})
afterAll(() => depot.close())

const differences = () => differencesIn(depot)

test('finds nothing in books that were kept by the services alone, and counts every entry', async () => {
  await deliver(wati, { amount: '5', location: 'TUG_ASSIST' })
  await correct(wati, { entryId: second })
  const { replacement } = await correct(wati, { entryId: third, replacement: { amount: '90' } })
  const again = { amount: '80', occurredAt: '2026-11-22T10:00' }
  await correct(wati, { entryId: replacement?.id, replacement: again })
  expect(await differences()).toEqual([])
  const verified = await verifyBooks(depot.system, () => undefined)
  expect(verified).toMatchObject({ entries: 9, differences: 0 })
})

describe('says exactly what differs in', () => {
  const day = () => sql`business_day = '2026-11-22' and location_id = ${genset}`
  const HISTORY = 'GENSET: sisa di riwayat sesudah catatan'
  const ADDED: [string, () => SQL, () => string[]][] = [
    [
      'a balance',
      () =>
        sql`update location_balances set balance = balance + 0.01 where location_id = ${genset}`,
      () => [
        `${HISTORY} ${first} 1.000,01, seharusnya 1.000,00 liter (dan 2 lagi)`,
        'GENSET: sisa tersimpan 649,76, seharusnya 649,75 liter',
      ],
    ],
    [
      'a balance row that is gone',
      () => sql`delete from location_balances where location_id = ${genset}`,
      () => [
        `${HISTORY} ${first} 0,00, seharusnya 1.000,00 liter (dan 2 lagi)`,
        'GENSET: baris sisa tidak ada',
      ],
    ],
    [
      'the number of entries',
      () => sql`update location_balances set entries = 9 where location_id = ${genset}`,
      () => ['GENSET: jumlah catatan tersimpan 9, seharusnya 3'],
    ],
    [
      'the net of a day',
      () => sql`update location_days set net = net - 1 where ${day()}`,
      () => [
        `${HISTORY} ${first} 1.001,00, seharusnya 1.000,00 liter (dan 2 lagi)`,
        'GENSET 22/11/2026: net tersimpan −101,00 liter, seharusnya −100,00 liter',
      ],
    ],
    [
      'the lowest point of a day',
      () => sql`update location_days set lowest = -100.01 where ${day()}`,
      () => ['GENSET 22/11/2026: lowest tersimpan −100,01 liter, seharusnya −100,00 liter'],
    ],
    [
      'a day row that is gone',
      () => sql`delete from location_days where ${day()}`,
      () => [
        `${HISTORY} ${first} 900,00, seharusnya 1.000,00 liter (dan 2 lagi)`,
        'GENSET 22/11/2026: net tersimpan 0,00 liter, seharusnya −100,00 liter',
        'GENSET 22/11/2026: litresOut tersimpan 0,00 liter, seharusnya 100,00 liter',
        'GENSET 22/11/2026: entriesOut tersimpan 0, seharusnya 1',
        'GENSET 22/11/2026: lowest tersimpan 0,00 liter, seharusnya −100,00 liter',
        'GENSET 22/11/2026: rowsOut tersimpan 0, seharusnya 1',
        'GENSET 22/11/2026: lastAt tersimpan kosong, seharusnya 2026-11-22T01:00:00.000Z',
      ],
    ],
    [
      'a count of rows, and a time, that are wrong',
      () =>
        sql`update location_days set rows_out = 9, last_at = '2026-11-22 01:01:00' where ${day()}`,
      () => [
        'GENSET 22/11/2026: rowsOut tersimpan 9, seharusnya 1',
        'GENSET 22/11/2026: lastAt tersimpan 2026-11-22T01:01:00.000Z, seharusnya 2026-11-22T01:00:00.000Z',
      ],
    ],
    [
      'a month that is not what its days come to',
      () =>
        sql`update location_months set litres_out = 7, rows_in = 5 where location_id = ${genset}`,
      () => [
        'GENSET bulan 11/2026: litresOut tersimpan 7,00 liter, seharusnya 350,25 liter',
        'GENSET bulan 11/2026: rowsIn tersimpan 5, seharusnya 1',
      ],
    ],
    [
      'a mark of low stock on a location without a threshold',
      () => sql`update location_balances set low_since = now() where location_id = ${genset}`,
      () => ['GENSET: tanda stok menipis tersimpan ya, seharusnya tidak'],
    ],
    [
      'a day row that should not be there',
      () => sql`insert into location_days (location_id, business_day, net, litres_in, litres_out, entries_in, entries_out, lowest, highest)
        values (${genset}, '2026-11-23', 0, 1, 1, 0, 0, 0, 0)`,
      () => [
        'GENSET 23/11/2026: litresIn tersimpan 1,00 liter, seharusnya 0,00 liter',
        'GENSET 23/11/2026: litresOut tersimpan 1,00 liter, seharusnya 0,00 liter',
      ],
    ],
  ]
  test.each(ADDED)('%s', async (_, statement, sentences) => {
    await tamper(depot, statement())
    expect(await differences()).toEqual(sentences())
  })
})

test('names the moment at which an entry changed by hand takes the stock below zero', async () => {
  await tamper(depot, sql`update transactions set litres = 1200 where id = ${second}`)
  expect(await differences()).toContain(
    `GENSET: pada 20/11/2026 10.00 stok menjadi −200,00 liter (catatan ${second})`,
  )
})

test('names an entry that is on the wrong business day', async () => {
  await tamper(depot, sql`update transactions set business_day = '2026-11-21' where id = ${third}`)
  expect(await differences()).toContain(
    `catatan ${third}: hari buku 2026-11-21, seharusnya 2026-11-22`,
  )
})

test('sums up in the order of the ledger: a replacement stands where the replaced entry stood', async () => {
  const noon = { location: 'GENSET', occurredAt: '2026-11-23T12:00' }
  const typedWrong = await deliver(wati, { ...noon, amount: '5' })
  await use(wati, { ...noon, amount: '650' })
  await correct(wati, { entryId: typedWrong.id, replacement: { amount: '50' } })
  expect(await differences()).toEqual([])
  await tamper(depot, sql`update transactions set place_of_id = null where place_of_id is not null`)
  expect(await differences()).toContainEqual(
    expect.stringMatching(/^GENSET: pada 23\/11\/2026 12\.00 stok menjadi −0,25 liter/),
  )
})
