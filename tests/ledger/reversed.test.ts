import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { and, eq } from 'drizzle-orm'
import { locationBalances, locationDays } from '#src/database/schema/locations.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { verifyBooks } from '#src/ledger/verify.ts'
import { dataOf, HistoryJson, SummaryJson, TrendJson } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { deliver, use } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'

let depot: Depot
let wati: Client
let usageId: number
let reversalId: number
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  wati = await depot.signIn('wati')
  const at = { location: 'GENSET' }
  await deliver(wati, { ...at, amount: 100, occurredAt: '2026-11-20T08:00' })
  usageId = (await use(wati, { ...at, amount: 30, occurredAt: '2026-11-21T08:00' })).id
  await use(wati, { ...at, amount: 5, occurredAt: '2026-11-21T09:00' })
  reversalId = await reverse(usageId)
})
afterAll(() => depot.close())

/** Writes a reversal with its derived rows straight into the books, as a correction will. */
async function reverse(id: number): Promise<number> {
  const [original] = await depot.db.select().from(entries).where(eq(entries.id, id))
  if (!original) throw new Error('nothing to reverse')
  const { id: _, requestHash: __, ...copy } = original
  const opposite = { type: 'IN', kind: 'reversal', reversesId: id, notes: 'salah ketik' } as const
  const [result] = await depot.db.insert(entries).values({ ...copy, ...opposite })
  const { locationId, businessDay } = original
  const day = and(
    eq(locationDays.locationId, locationId),
    eq(locationDays.businessDay, businessDay),
  )
  const figures = { net: -500n, litresOut: 500n, entriesOut: 1, lowest: -500n }
  await depot.db.update(locationDays).set(figures).where(day)
  const left = { balance: 9_500n, entries: 4 }
  await depot.db
    .update(locationBalances)
    .set(left)
    .where(eq(locationBalances.locationId, locationId))
  return result.insertId
}

const history = async (query = '') =>
  HistoryJson.parse(await (await wati.get(`/api/stock/history?sort=date${query}`)).json())

const differences = async (): Promise<string[]> => {
  const found: string[] = []
  await verifyBooks(depot.system, (difference) => found.push(difference))
  return found
}

describe('a reversed entry and its reversal', () => {
  test('both stay in the history, each naming the other, and move no running balance', async () => {
    const { data } = await history()
    const rows = data.map(({ id, reversesId, reversedById, balanceAfter }) => ({
      id,
      reversesId,
      reversedById,
      balanceAfter,
    }))
    expect(rows.map(({ balanceAfter }) => balanceAfter)).toEqual([
      '100.00',
      '100.00',
      '100.00',
      '95.00',
    ])
    expect(rows[1]).toMatchObject({ id: usageId, reversesId: null, reversedById: reversalId })
    expect(rows[2]).toMatchObject({ id: reversalId, reversesId: usageId, reversedById: null })
    const html = await (await wati.get('/history')).text()
    expect(html).toContain(`id="entry-${usageId}"`)
    expect(html).toContain(`id="entry-${reversalId}"`)
  })

  test('count as zero in totals, day figures and charts', async () => {
    const { totals } = await history()
    expect(totals).toEqual({ entries: 4, litresIn: '100.00', litresOut: '5.00', net: '95.00' })
    const trend = await dataOf(
      await wati.get('/api/stock/trend?startDate=2026-11-21&endDate=2026-11-21&location=GENSET'),
      TrendJson,
    )
    expect(trend[0]).toMatchObject({ opening: '100.00', in: '0.00', out: '5.00', closing: '95.00' })
    const [summary] = await dataOf(await wati.get('/api/stock/summary'), SummaryJson)
    expect(summary?.balance).toBe('95.00')
    expect(await differences()).toEqual([])
  })

  test('count as zero when a late entry is judged and its day is counted again', async () => {
    const entry = await use(wati, {
      location: 'GENSET',
      amount: 95,
      occurredAt: '2026-11-21T08:30',
    })
    expect(entry.balanceAfter).toBe('5.00')
    const response = await wati.api('POST', '/api/stock/out', {
      location: 'GENSET',
      amount: '0.01',
      occurredAt: '2026-11-21T08:00',
    })
    expect(response.status).toBe(422)
    expect(await differences()).toEqual([])
  })
})

test('a delivery booked late raises all that comes after it, to the day figures of the page', async () => {
  await deliver(wati, { location: 'GENSET', amount: '0.5', occurredAt: '2026-11-20T07:00' })
  expect((await history()).data.map(({ balanceAfter }) => balanceAfter)).toEqual([
    '0.50',
    '100.50',
    '100.50',
    '100.50',
    '95.50',
  ])
  expect(await differences()).toEqual([])
})
