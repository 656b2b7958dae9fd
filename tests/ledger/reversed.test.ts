import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { differencesIn } from '#tests/ledger/verifying.ts'
import { dataOf, HistoryJson, SummaryJson, TrendJson } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { correct, deliver, use } from '#tests/support/books.ts'
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
  reversalId = (await correct(wati, { entryId: usageId })).reversal.id
})
afterAll(() => depot.close())

const history = async (query = '') =>
  HistoryJson.parse(await (await wati.get(`/api/stock/history?sort=date${query}`)).json())

const differences = () => differencesIn(depot)

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
    expect(totals).toEqual({
      entries: 4,
      litresIn: '100.00',
      litresOut: '5.00',
      net: '95.00',
    })
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
