import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { sql } from 'drizzle-orm'
import { verifyBooks } from '#src/ledger/verify.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import type { Client } from '#tests/support/client.ts'

let depot: Depot
let supervisor: Client

beforeAll(async () => {
  depot = await openDepot()
})

afterAll(() => depot.close())

beforeEach(async () => {
  await depot.close()
  depot = await openDepot()
  supervisor = await depot.signIn('wati')
  await book('in', { amount: '1000', occurredAt: '2026-11-20T08:00', kind: 'opening' })
  await book('out', { amount: '250.25', occurredAt: '2026-11-20T10:00' })
  await book('out', { amount: '100', occurredAt: '2026-11-22T09:00' })
})

test('finds nothing in books that were kept by the services alone', async () => {
  expect(await differences()).toEqual([])
})

test('counts every entry of every location', async () => {
  await book('in', { amount: '5', location: 'TUG_ASSIST' })
  expect(await verifyBooks(depot.system, () => undefined)).toEqual({ entries: 4, differences: 0 })
})

test.each([
  [
    'a balance',
    'update location_balances set balance = balance + 0.01 where location_id = ?',
    ['GENSET: sisa tersimpan 649,76, seharusnya 649,75 liter'],
  ],
  [
    'the number of entries',
    'update location_balances set entries = 9 where location_id = ?',
    ['GENSET: jumlah catatan tersimpan 9, seharusnya 3'],
  ],
  [
    'the net of a day',
    "update location_days set net = net - 1 where business_day = '2026-11-22' and location_id = ?",
    ['GENSET 22/11/2026: net tersimpan −101,00 liter, seharusnya −100,00 liter'],
  ],
  [
    'the lowest point of a day',
    "update location_days set lowest = -100.01 where business_day = '2026-11-22' and location_id = ?",
    ['GENSET 22/11/2026: lowest tersimpan −100,01 liter, seharusnya −100,00 liter'],
  ],
  [
    'a day row that is gone',
    "delete from location_days where business_day = '2026-11-22' and location_id = ?",
    [
      'GENSET 22/11/2026: net tersimpan 0,00 liter, seharusnya −100,00 liter',
      'GENSET 22/11/2026: litresOut tersimpan 0,00 liter, seharusnya 100,00 liter',
      'GENSET 22/11/2026: entriesOut tersimpan 0, seharusnya 1',
      'GENSET 22/11/2026: lowest tersimpan 0,00 liter, seharusnya −100,00 liter',
    ],
  ],
])('says exactly what differs in %s', async (_, statement, sentences) => {
  await tamper(statement)
  expect(await differences()).toEqual(sentences)
})

test('names the moment at which an entry changed by hand takes the stock below zero', async () => {
  await tamper(
    "update transactions set litres = 1200 where kind = 'usage' and occurred_at = '2026-11-20 02:00:00' and location_id = ?",
  )
  expect(await differences()).toContainEqual(
    expect.stringMatching(
      /^GENSET: pada 20\/11\/2026 10\.00 stok menjadi −200,00 liter \(catatan \d+\)$/,
    ),
  )
})

test('finds an entry on the wrong day, and a reversal that is not the opposite of its original', async () => {
  await tamper(
    "update transactions set business_day = '2026-11-21' where occurred_at = '2026-11-22 01:00:00' and location_id = ?",
  )
  await tamper(
    `insert into transactions (type, kind, litres, location_id, occurred_at, business_day, recorded_at, user_id, reverses_id)
     select 'IN', 'reversal', 99, location_id, occurred_at, business_day, recorded_at, user_id, id
     from (select * from transactions where litres = 100) as original where location_id = ?`,
  )
  const found = await differences()
  expect(found).toContainEqual(
    expect.stringMatching(/^catatan \d+: hari buku 2026-11-21, seharusnya 2026-11-22$/),
  )
  expect(found).toContainEqual(
    expect.stringMatching(/^catatan \d+: bukan kebalikan dari catatan \d+$/),
  )
})

test.each([
  [
    'a changed row',
    "update system_logs set after_state = replace(after_state, '250.25', '250.26') where chain = concat('location:', ?)",
  ],
  [
    'a row that is gone',
    "delete from system_logs where position = 2 and chain = concat('location:', ?)",
  ],
])('names the first broken row of an audit chain: %s', async (_, statement) => {
  await tamper(statement)
  expect(await differences()).toEqual([
    expect.stringMatching(/^jejak audit location:\d+: baris \d+ tidak cocok dengan rantainya$/),
  ])
})

test('notices a last row that was cut off an audit chain', async () => {
  await tamper("delete from system_logs where position = 3 and chain = concat('location:', ?)")
  expect(await differences()).toEqual([
    expect.stringMatching(
      /^jejak audit location:\d+: ujung rantai tidak cocok \(2 dari 3 baris\)$/,
    ),
  ])
})

async function differences(): Promise<string[]> {
  const found: string[] = []
  const { differences: count } = await verifyBooks(depot.system, (difference) =>
    found.push(difference),
  )
  expect(count).toBe(found.length)
  return found
}

async function book(direction: 'in' | 'out', fields: Record<string, unknown>): Promise<void> {
  const response = await supervisor.api('POST', `/api/stock/${direction}`, {
    location: 'GENSET',
    ...fields,
  })
  expect(response.status).toBe(201)
}

/** Changes rows behind the services' back; the one question mark is the id of GENSET. */
async function tamper(statement: string): Promise<void> {
  const [before = '', after = ''] = statement.split('?')
  const genset = sql`(select id from locations where code = 'GENSET')`
  await depot.db.execute(sql`${sql.raw(before)}${genset}${sql.raw(after)}`)
}
