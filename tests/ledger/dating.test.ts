import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { dataOf, HistoryJson, refusalOf, SummaryJson, TrendJson } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { countEntries, deliver, use } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'
import { wordsOf } from '#tests/support/html.ts'

let depot: Depot
let sari: Client
let wati: Client
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  sari = await depot.signIn('sari')
  wati = await depot.signIn('wati')
  await deliver(wati, { location: 'GENSET', amount: 1000, occurredAt: '2020-01-01T08:00' })
})
afterAll(() => depot.close())

describe('how far back', () => {
  test('a clerk may date is the start of the previous business day, and not a minute more', async () => {
    const allowed = await use(sari, { amount: 1, occurredAt: '2026-11-22T00:00' })
    expect(allowed.occurredAt).toBe('2026-11-21T16:00:00.000Z')
    const response = await sari.api('POST', '/api/stock/out', {
      amount: 1,
      occurredAt: '2026-11-21T23:59',
    })
    expect(response.status).toBe(422)
    expect((await refusalOf(response)).details.occurredAt).toContain('22 November 2026')
    const form = await sari.submit('/stock/out', { amount: '1', occurredAt: '21/11/2026 23.59' })
    expect(form.status).toBe(422)
    expect(await countEntries(depot.db)).toBe(2)
  })

  test('a clerk may date moves on at midnight of the depot, not at midnight UTC', async () => {
    depot.clock.now = new Date('2026-11-23T15:59:59.999Z')
    await use(sari, { amount: 1, occurredAt: '2026-11-22T00:00' })
    depot.clock.now = new Date('2026-11-23T16:00:00.000Z')
    sari = await depot.signIn('sari')
    const response = await sari.api('POST', '/api/stock/out', {
      amount: 1,
      occurredAt: '2026-11-22T23:59',
    })
    expect(response.status).toBe(422)
    await use(sari, { amount: 1, occurredAt: '2026-11-23T00:00' })
  })

  test('a supervisor or an admin may date has no limit', async () => {
    await deliver(wati, { location: 'GENSET', amount: 1, occurredAt: '1990-01-01T00:00' })
    const agus = await depot.signIn('agus')
    await deliver(agus, { location: 'GENSET', amount: 1, occurredAt: '1980-01-01T00:00' })
    expect(await countEntries(depot.db)).toBe(3)
  })

  test('anybody may date is never the future', async () => {
    for (const client of [sari, wati]) {
      const now = await client.api('POST', '/api/stock/out', {
        location: 'GENSET',
        amount: 1,
        occurredAt: '2026-11-23T14:05',
      })
      expect(now.status).toBe(201)
      const next = await client.api('POST', '/api/stock/out', {
        location: 'GENSET',
        amount: 1,
        occurredAt: '2026-11-23T14:06',
      })
      expect(next.status).toBe(422)
      expect((await refusalOf(next)).details.occurredAt).toContain('23 November 2026 pukul 14.05')
    }
  })
})

test('a time without an offset is read in the zone of the depot, with one as it says', async () => {
  const local = await use(sari, { amount: 1, occurredAt: '2026-11-23T00:20' })
  const stated = await use(sari, { amount: 1, occurredAt: '2026-11-22T16:20:00Z' })
  expect([local.occurredAt, stated.occurredAt]).toEqual(Array(2).fill('2026-11-22T16:20:00.000Z'))
})

test('an entry at 00:20 WITA lands on that business day in totals, trend, filters and screens', async () => {
  depot.clock.now = new Date('2026-11-23T16:20:00.000Z')
  sari = await depot.signIn('sari')
  await use(sari, { amount: 7 })
  const [summary] = await dataOf(await sari.get('/api/stock/summary'), SummaryJson)
  const today = { opening: '1000.00', in: '0.00', out: '7.00', closing: '993.00' }
  expect(summary?.today).toEqual(today)
  const trend = await dataOf(await sari.get('/api/stock/trend?days=2'), TrendJson)
  expect(trend).toEqual([
    {
      date: '2026-11-23',
      location: 'GENSET',
      opening: '1000.00',
      in: '0.00',
      out: '0.00',
      closing: '1000.00',
    },
    { date: '2026-11-24', location: 'GENSET', ...today },
  ])
  const on = async (day: string) => {
    const path = `/api/stock/history?startDate=${day}&endDate=${day}`
    return HistoryJson.parse(await (await sari.get(path)).json()).totals.entries
  }
  expect([await on('2026-11-23'), await on('2026-11-24')]).toEqual([0, 1])
  const words = wordsOf(await (await sari.get('/history')).text())
  expect(words).toMatch(/Selasa, 24 November 2026 .* 00\.20 .*Rabu, 1 Januari 2020/)
})

test('a time typed where the browser draws no calendar is understood', async () => {
  for (const occurredAt of ['23/11/2026 08.00', '23-11-2026 8:00', '2026-11-23T08:00']) {
    const response = await sari.submit('/stock/out', { amount: '1', occurredAt })
    expect(response.status).toBe(303)
  }
  const history = HistoryJson.parse(await (await sari.get('/api/stock/history')).json())
  expect(
    history.data.filter((entry) => entry.occurredAt === '2026-11-23T00:00:00.000Z'),
  ).toHaveLength(3)
})
