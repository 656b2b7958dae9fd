import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { HistoryJson, refusalOf } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { deliver, use } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'
import { fieldValue } from '#tests/support/html.ts'

let depot: Depot
let sari: Client
let wati: Client
beforeAll(async () => {
  depot = await openDepot()
  sari = await depot.signIn('sari')
  wati = await depot.signIn('wati')
  const at = (occurredAt: string, location = 'GENSET') => ({ location, occurredAt })
  await deliver(wati, { ...at('2026-11-01T08:00'), amount: 1000, notes: 'Truk Pak Éko 100%' })
  await deliver(wati, {
    ...at('2026-11-02T08:00', 'TUG_ASSIST'),
    amount: '500.25',
    reference: 'DO_77',
  })
  await use(wati, { ...at('2026-11-03T00:00'), amount: 30, notes: 'malam \\ hujan' })
  await use(wati, { ...at('2026-11-03T23:59'), amount: '7.5', reference: 'SJ-1' })
  await use(wati, { ...at('2026-11-04T00:00', 'TUG_ASSIST'), amount: '0.25', notes: 'do-77' })
  await deliver(wati, { ...at('2026-11-02T08:00'), amount: 20, notes: 'terlambat' })
})
afterAll(() => depot.close())

async function ask(query: string, client = wati) {
  const response = await client.get(`/api/stock/history${query}`)
  expect(response.status).toBe(200)
  return HistoryJson.parse(await response.json())
}
const amounts = async (query: string, client = wati) =>
  (await ask(query, client)).data.map(({ amount }) => amount)

describe('GET /api/stock/history', () => {
  test('answers the newest first, with its pages and totals, in exactly the promised shape', async () => {
    const { data, pagination, totals } = await ask('')
    expect(data.map(({ amount }) => amount)).toEqual([
      '0.25',
      '7.50',
      '30.00',
      '20.00',
      '500.25',
      '1000.00',
    ])
    expect(data.map(({ balanceAfter }) => balanceAfter)).toEqual([
      '500.00',
      '982.50',
      '990.00',
      '1020.00',
      '500.25',
      '1000.00',
    ])
    expect(pagination).toEqual({ page: 1, limit: 20, total: 6, totalPages: 1 })
    expect(totals).toEqual({
      entries: 6,
      litresIn: '1520.25',
      litresOut: '37.75',
      net: '1482.50',
    })
  })

  const FILTERED: [string, string[]][] = [
    ['?sort=date', ['1000.00', '500.25', '20.00', '30.00', '7.50', '0.25']],
    ['?sort=amount', ['0.25', '7.50', '20.00', '30.00', '500.25', '1000.00']],
    ['?sort=-amount', ['1000.00', '500.25', '30.00', '20.00', '7.50', '0.25']],
    ['?type=OUT', ['0.25', '7.50', '30.00']],
    ['?location=TUG_ASSIST', ['0.25', '500.25']],
    ['?startDate=2026-11-03&endDate=2026-11-03', ['7.50', '30.00']],
    ['?startDate=2026-11-04', ['0.25']],
    ['?endDate=2026-11-01', ['1000.00']],
    ['?search=TRUK', ['1000.00']],
    ['?search=100%25', ['1000.00']],
    ['?search=truk+pak', ['1000.00']],
    ['?search=%C3%A9ko', ['1000.00']],
    ['?search=terl', ['20.00']],
    ['?search=uja', []],
    ['?search=pak+a', []],
    ['?search=do_77', ['500.25']],
    ['?search=malam+%5C+%25', ['30.00']],
    ['?search=hujan&location=GENSET&type=OUT', ['30.00']],
    ['?search=hujan&type=IN', []],
    ["?search=' or 1=1 -- +tiga", []],
    ['?search=%2Btruk+-pak+%22', ['1000.00']],
    [
      '?startDate=&endDate=&type=&location=&search=&sort=&page=&limit=',
      ['0.25', '7.50', '30.00', '20.00', '500.25', '1000.00'],
    ],
    ['?limit=2&page=2', ['30.00', '20.00']],
    ['?limit=4&page=2&sort=date', ['7.50', '0.25']],
  ]
  test.each(FILTERED)('filters and sorts by %s', async (query, expected) => {
    expect(await amounts(query)).toEqual(expected)
  })

  test('totals are those of the filter, not of the page', async () => {
    const { pagination, totals } = await ask('?type=OUT&limit=1')
    expect(pagination).toEqual({ page: 1, limit: 1, total: 3, totalPages: 3 })
    expect(totals).toEqual({
      entries: 3,
      litresIn: '0.00',
      litresOut: '37.75',
      net: '-37.75',
    })
  })

  test('a page past the end is empty and no error', async () => {
    for (const page of ['2', '99', '1000000']) {
      const { data, pagination } = await ask(`?page=${page}`)
      expect(data).toEqual([])
      expect(pagination).toEqual({ page: Number(page), limit: 20, total: 6, totalPages: 1 })
    }
  })

  test('every page together holds every entry once, whatever the order', async () => {
    for (const sort of ['date', '-date', 'amount', '-amount']) {
      const pages = await Promise.all(
        [1, 2, 3, 4].map((page) => ask(`?limit=2&page=${page}&sort=${sort}`)),
      )
      const ids = pages.flatMap(({ data }) => data.map(({ id }) => id))
      expect([...new Set(ids)]).toHaveLength(6)
      expect(ids).toHaveLength(6)
    }
  })

  test("shows a clerk the own location's entries and totals only", async () => {
    const { data, totals } = await ask('', sari)
    expect(new Set(data.map(({ location }) => location))).toEqual(new Set(['GENSET']))
    expect(totals.entries).toBe(4)
    expect(await amounts('?location=GENSET', sari)).toHaveLength(4)
    expect(await amounts('?search=do_77', sari)).toEqual([])
  })
})

const BAD: [string, string][] = [
  ['page', 'x'],
  ['page', '0'],
  ['page', '-1'],
  ['page', '1.5'],
  ['page', '1e3'],
  ['page', '0x10'],
  ['page', 'NaN'],
  ['page', '1000001'],
  ['page', '99999999999999999999'],
  ['limit', 'x'],
  ['limit', '0'],
  ['limit', '-1'],
  ['limit', '101'],
  ['limit', '1e1'],
  ['limit', '0x10'],
  ['type', 'in'],
  ['type', 'SEMUA'],
  ['type', '0'],
  ['sort', 'id'],
  ['sort', 'litres;drop table'],
  ['sort', '+date'],
  ['location', 'DERMAGA'],
  ['location', 'genset'],
  ['location', '%'],
  ['location', '\u{1f6e2}'],
  ['search', 'a'.repeat(101)],
  ['search', 'sj'],
  ['search', '%'],
  ['search', '\\'],
  ['search', 'a b c 12'],
  ['search', '\u{1f6e2}'],
  ['kind', 'Usage'],
  ['kind', 'pemakaian'],
  ['user', '0'],
  ['user', 'sari'],
  ['user', '-1'],
  ['user', '12345678901'],
  ['consumer', '0x1'],
  ['consumer', 'Genset #1'],
  ['corrected', 'true'],
  ['corrected', '1'],
  ['before', '2026-11-03'],
  ['after', 'x'],
  ...['startDate', 'endDate', 'date'].flatMap((name): [string, string][] =>
    [
      'kemarin',
      '0',
      '-1',
      '2026-02-30',
      '2026-13-01',
      '2026-11-23T08:00',
      '30/02/2026',
      '20261123',
      'NaN',
      '1e3',
      '0x10',
      '99999-01-01',
      '3000-01-01',
    ].map((value) => [name, value]),
  ),
]
describe('a filter that makes no sense', () => {
  test.each(BAD)(
    '%s=%s is refused at its field by the API and on the page, with what was typed',
    async (name, value) => {
      const query = `?${new URLSearchParams({ [name]: value })}`
      const api = await wati.get(`/api/stock/history${query}`)
      expect(api.status).toBe(422)
      expect(Object.keys((await refusalOf(api)).details)).toEqual([name])
      const page = await wati.get(`/history${query}`)
      expect(page.status).toBe(422)
      expect(await page.text()).toContain('<html lang="id">')
    },
  )

  test('such as an end before the beginning is refused at the end', async () => {
    const api = await wati.get('/api/stock/history?startDate=2026-11-04&endDate=2026-11-03')
    expect(Object.keys((await refusalOf(api)).details)).toEqual(['endDate'])
  })
})

test('a day as people write it is read on the page, and refused by the API, which guesses nothing', async () => {
  const query = '?startDate=03/11/2026&endDate=4/11/2026'
  const page = await wati.get(`/history${query}`)
  expect(page.status).toBe(200)
  const html = await page.text()
  expect([fieldValue(html, 'startDate'), fieldValue(html, 'endDate')]).toEqual([
    '2026-11-03',
    '2026-11-04',
  ])
  expect((await wati.get(`/api/stock/history${query}`)).status).toBe(422)
})
