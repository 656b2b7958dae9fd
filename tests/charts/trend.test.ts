import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { dataOf, refusalOf, TrendJson } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { deliver, use } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'

let depot: Depot
let sari: Client
let wati: Client
beforeAll(async () => {
  depot = await openDepot()
  sari = await depot.signIn('sari')
  wati = await depot.signIn('wati')
  await deliver(wati, { location: 'GENSET', occurredAt: '2026-11-20T08:00', amount: 100 })
  await use(wati, { location: 'GENSET', occurredAt: '2026-11-20T09:00', amount: '0.01' })
  await use(wati, { location: 'GENSET', occurredAt: '2026-11-22T09:00', amount: 50 })
})
afterAll(() => depot.close())

const ask = async (query: string, client = wati) =>
  dataOf(await client.get(`/api/stock/trend${query}`), TrendJson)

const row = (
  date: string,
  opening: string,
  litresIn: string,
  litresOut: string,
  closing: string,
) => ({
  date,
  location: 'GENSET',
  opening,
  in: litresIn,
  out: litresOut,
  closing,
})

describe('GET /api/stock/trend', () => {
  test('answers a row a day: zeros before the first entry, quiet days too, each opening the closing before', async () => {
    expect(await ask('?startDate=2026-11-19&location=GENSET')).toEqual([
      row('2026-11-19', '0.00', '0.00', '0.00', '0.00'),
      row('2026-11-20', '0.00', '100.00', '0.01', '99.99'),
      row('2026-11-21', '99.99', '0.00', '0.00', '99.99'),
      row('2026-11-22', '99.99', '0.00', '50.00', '49.99'),
      row('2026-11-23', '49.99', '0.00', '0.00', '49.99'),
    ])
  })

  test('covers the last thirty days of every location by itself', async () => {
    const rows = await ask('')
    expect(rows).toHaveLength(60)
    expect([rows[0], rows.at(-1)].map((one) => [one?.date, one?.location])).toEqual([
      ['2026-10-25', 'GENSET'],
      ['2026-11-23', 'TUG_ASSIST'],
    ])
  })

  test('answers a clerk the own location only', async () => {
    expect(new Set((await ask('', sari)).map(({ location }) => location))).toEqual(
      new Set(['GENSET']),
    )
    expect(await ask('?days=1', sari)).toHaveLength(1)
  })

  test.each([
    ['?days=3', '2026-11-21', '2026-11-23', 3],
    ['?days=3660', '2016-11-16', '2026-11-23', 3660],
    ['?startDate=2026-11-01&endDate=2026-11-05', '2026-11-01', '2026-11-05', 5],
    ['?endDate=2026-11-05&days=5', '2026-11-01', '2026-11-05', 5],
    ['?startDate=2026-11-22&endDate=2027-01-01', '2026-11-22', '2026-11-23', 2],
    ['?startDate=2016-11-16', '2016-11-16', '2026-11-23', 3660],
    ['?startDate=2024-02-28&endDate=2024-03-01', '2024-02-28', '2024-03-01', 3],
  ])('covers with %s the days from %s to %s', async (query, first, last, days) => {
    const rows = await ask(`${query}&location=GENSET`)
    expect([rows[0]?.date, rows.at(-1)?.date, rows.length]).toEqual([first, last, days])
  })

  test('leaves days after today out, to the last of them', async () => {
    expect(await ask('?startDate=2026-11-24')).toEqual([])
    expect(await ask('?startDate=2026-11-24&endDate=2026-12-24')).toEqual([])
  })

  const BAD: [string, string][] = [
    ['?days=0', 'days'],
    ['?days=-1', 'days'],
    ['?days=3661', 'days'],
    ['?days=x', 'days'],
    ['?days=', 'days'],
    ['?days=1.5', 'days'],
    ['?days=1e3', 'days'],
    ['?days=0x10', 'days'],
    ['?days=NaN', 'days'],
    ['?startDate=2026-02-30', 'startDate'],
    ['?startDate=kemarin', 'startDate'],
    ['?startDate=20261120', 'startDate'],
    ['?endDate=2026-11-31', 'endDate'],
    ['?endDate=0', 'endDate'],
    ['?startDate=2026-11-05&endDate=2026-11-04', 'endDate'],
    ['?startDate=2016-11-15', 'startDate'],
    ['?startDate=1900-01-01', 'startDate'],
    ['?startDate=2001-01-01&endDate=2026-11-01', 'startDate'],
    ['?location=DERMAGA', 'location'],
    ['?location=genset', 'location'],
    ['?location=%F0%9F%9B%A2', 'location'],
  ]
  test.each(BAD)('refuses %s at %s', async (query, field) => {
    const response = await wati.get(`/api/stock/trend${query}`)
    expect(response.status).toBe(422)
    expect(Object.keys((await refusalOf(response)).details)).toEqual([field])
  })
})
