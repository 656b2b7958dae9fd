import { afterAll, beforeEach, expect, test } from 'bun:test'
import { sql } from 'drizzle-orm'
import { rebuildBooks } from '#src/ledger/verify/rebuild.ts'
import { differencesIn, locationId, tamper } from '#tests/ledger/verifying.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { booksOf, deliver, use } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'

let depot: Depot
let wati: Client
let genset: number
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  wati = await depot.signIn('wati')
  genset = await locationId(depot)
  const at = { location: 'GENSET' }
  await deliver(wati, { ...at, amount: '1000', occurredAt: '2026-11-20T08:00' })
  await use(wati, { ...at, amount: '250.25', occurredAt: '2026-11-22T10:00' })
  await deliver(wati, { location: 'TUG_ASSIST', amount: '5' })
})
afterAll(() => depot.close())

async function rebuild(): Promise<string[]> {
  const said: string[] = []
  await rebuildBooks(depot.system, (change) => said.push(change))
  return said
}

const lastChange = async () => (await booksOf(depot.db)).audit.at(-1)

test('changes nothing where nothing is wrong, not even the audit trail', async () => {
  const before = await booksOf(depot.db)
  expect(await rebuild()).toEqual([])
  expect(await booksOf(depot.db)).toEqual(before)
})

test('writes anew what is wrong, says so, and writes it down with what stood there before', async () => {
  const right = await booksOf(depot.db)
  await tamper(
    depot,
    sql`update location_balances set balance = 1, entries = 7 where location_id = ${genset}`,
  )
  await tamper(depot, sql`update location_days set net = 0 where business_day = '2026-11-22'`)
  await tamper(depot, sql`delete from location_days where business_day = '2026-11-20'`)
  await tamper(
    depot,
    sql`insert into location_days (location_id, business_day, net, litres_in, litres_out, entries_in, entries_out, lowest, highest)
      values (${genset}, '2026-11-21', 3, 3, 0, 0, 0, 0, 0)`,
  )
  await tamper(depot, sql`update location_months set litres_in = 9 where location_id = ${genset}`)
  expect(await rebuild()).toEqual([
    'GENSET: sisa 1,00 menjadi 749,75 liter',
    'GENSET: jumlah catatan 7 menjadi 2',
    'GENSET 20/11/2026: net 0,00 liter menjadi 1.000,00 liter',
    'GENSET 20/11/2026: litresIn 0,00 liter menjadi 1.000,00 liter',
    'GENSET 20/11/2026: entriesIn 0 menjadi 1',
    'GENSET 20/11/2026: highest 0,00 liter menjadi 1.000,00 liter',
    'GENSET 20/11/2026: rowsIn 0 menjadi 1',
    'GENSET 20/11/2026: lastAt kosong menjadi 2026-11-20T00:00:00.000Z',
    'GENSET 21/11/2026: net 3,00 liter menjadi 0,00 liter',
    'GENSET 21/11/2026: litresIn 3,00 liter menjadi 0,00 liter',
    'GENSET 22/11/2026: net 0,00 liter menjadi −250,25 liter',
    'GENSET bulan 11/2026: litresIn 9,00 liter menjadi 1.000,00 liter',
  ])
  const { audit, chains: _, ...books } = await booksOf(depot.db)
  const { audit: auditBefore, chains: __, ...booksBefore } = right
  expect(books).toEqual(booksBefore)
  expect(audit.slice(0, -1)).toEqual(auditBefore)
  const { chain, action, subject, userId, before, after } = audit.at(-1) ?? {}
  expect({ chain, action, subject, userId }).toEqual({
    chain: 'administration',
    action: 'books.rebuild',
    subject: `location:${genset}`,
    userId: null,
  })
  expect(JSON.parse(before ?? '')).toMatchObject({
    balance: '1.00',
    entries: 7,
    days: { '2026-11-20': null, '2026-11-21': { net: '3.00' }, '2026-11-22': { net: '0.00' } },
  })
  expect(JSON.parse(after ?? '')).toMatchObject({
    balance: '749.75',
    entries: 2,
    days: {
      '2026-11-20': { net: '1000.00', litresIn: '1000.00', entriesIn: 1, highest: '1000.00' },
      '2026-11-21': null,
      '2026-11-22': { net: '-250.25' },
    },
  })
  expect(await differencesIn(depot)).toEqual([])
})

test('makes a balance row that is gone, and bookings go on from it', async () => {
  await tamper(depot, sql`delete from location_balances where location_id = ${genset}`)
  expect(await rebuild()).toEqual(['GENSET: baris sisa dibuat lagi, 749,75 liter'])
  expect(JSON.parse((await lastChange())?.before ?? '')).toMatchObject({ balance: null })
  expect((await use(wati, { location: 'GENSET', amount: '749.75' })).balanceAfter).toBe('0.00')
  expect(await differencesIn(depot)).toEqual([])
})

test('writes a long change down in several rows, none of it left out', async () => {
  for (let day = 1; day <= 250; day++) {
    await tamper(
      depot,
      sql`insert into location_days (location_id, business_day, net, litres_in, litres_out, entries_in, entries_out, lowest, highest)
        values (${genset}, date_add('2020-01-01', interval ${day} day), 1, 1, 0, 1, 0, 0, 1)`,
    )
  }
  await rebuild()
  const rows = (await booksOf(depot.db)).audit.filter(({ action }) => action === 'books.rebuild')
  const days = rows.flatMap(({ before }) => Object.keys(JSON.parse(before ?? '').days))
  expect([rows.length, new Set(days).size]).toEqual([3, 250])
  expect(await differencesIn(depot)).toEqual([])
})

test('may run while others book', async () => {
  await tamper(depot, sql`update location_balances set balance = balance + 1`)
  const book = () => use(wati, { location: 'GENSET', amount: '1' })
  await Promise.all([rebuild(), ...Array.from({ length: 10 }, book), rebuild()])
  expect(await differencesIn(depot)).toEqual([])
})
