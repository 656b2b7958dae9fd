import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { HistoryJson } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { deliver, use } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'
import { unescapeHtml, wordsOf } from '#tests/support/html.ts'

const DAYS = 22

let depot: Depot
let wati: Client
/** Three a day, the oldest first. */
const ids: number[] = []

beforeAll(async () => {
  depot = await openDepot()
  wati = await depot.signIn('wati')
  const location = 'GENSET'
  for (let day = 1; day <= DAYS; day += 1) {
    const at = (clock: string) => `2026-11-${String(day).padStart(2, '0')}T${clock}`
    const sure = { location, confirmUnusual: true }
    ids.push((await deliver(wati, { ...sure, amount: 50, occurredAt: at('07:00') })).id)
    const notes = 'shift pagi'
    ids.push((await use(wati, { ...sure, amount: 20, occurredAt: at('08:00'), notes })).id)
    ids.push((await use(wati, { ...sure, amount: 25, occurredAt: at('20:00'), notes: 'x' })).id)
  }
})
afterAll(() => depot.close())

const rowsOf = (html: string): number[] =>
  [...html.matchAll(/\bid="entry-(\d+)"/g)].map(([, id]) => Number(id))
const pageOf = async (path: string): Promise<string> => {
  const response = await wati.get(path)
  expect([path, response.status]).toEqual([path, 200])
  return response.text()
}
const hrefOf = (html: string, link: RegExp): string =>
  unescapeHtml(/href="([^"]*)"/.exec(link.exec(html)?.[0] ?? '')?.[1] ?? '')

describe('rows a page', () => {
  test('are 20, 50 or 100, by links that keep the filter', async () => {
    const html = await pageOf('/history?type=OUT')
    expect(rowsOf(html)).toHaveLength(20)
    const link = hrefOf(html, /<a href="[^"]*"[^>]*aria-label="50 baris per halaman"/)
    expect(link).toBe('/history?type=OUT&limit=50')
    const fifty = await pageOf(link)
    expect(rowsOf(fifty)).toHaveLength(44)
    expect(fifty).toMatch(/aria-current="true" aria-label="50 baris per halaman"/)
    expect(rowsOf(await pageOf('/history?limit=100'))).toHaveLength(66)
  })

  test('stay as many in every link and form of the page', async () => {
    const html = await pageOf('/history?limit=50')
    for (const [, href = ''] of html.matchAll(/<a[^>]* href="(\/history\?[^"]*)"/g)) {
      if (!/aria-label="20 baris/.test(href)) expect(href).toMatch(/limit=(50|100)/)
    }
    expect(html.match(/<input type="hidden" name="limit" value="50"/g)).toHaveLength(2)
    expect(hrefOf(html, /<a href="[^"]*" rel="next"/)).toBe('/history?limit=50&page=2')
  })
})

describe('the jump to a date', () => {
  const shown = (html: string) => /aria-current="page" aria-label="Halaman (\d+)"/.exec(html)?.[1]

  test('leads to the page on which the day begins, whichever way the days go', async () => {
    expect(shown(await pageOf('/history?date=2026-11-22'))).toBe('1')
    const down = await pageOf('/history?date=10/11/2026')
    expect(shown(down)).toBe('2')
    expect(rowsOf(down)).toContain(ids[9 * 3 + 2] ?? 0)
    const up = await pageOf('/history?date=2026-11-10&sort=date')
    expect(shown(up)).toBe('2')
    expect(rowsOf(up)).toContain(ids[9 * 3] ?? 0)
    const api = await wati.get('/api/stock/history?date=2026-11-10')
    expect(HistoryJson.parse(await api.json()).pagination.page).toBe(2)
  })

  test('keeps the filter and the rows a page in its form, and neither page nor day in the links', async () => {
    const html = await pageOf('/history?type=OUT&date=2026-11-03&sort=date')
    const form = /<form class="jump".*?<\/form>/s.exec(html)?.[0] ?? ''
    expect(form).toContain('<input type="hidden" name="type" value="OUT"/>')
    expect(form).toContain('<input type="hidden" name="sort" value="date"/>')
    expect(form).not.toContain('name="page"')
    expect(hrefOf(html, /<a href="[^"]*" rel="next"/)).toBe('/history?type=OUT&sort=date&page=2')
  })

  test('says what to do where days do not follow each other', async () => {
    const response = await wati.get('/history?date=2026-11-10&sort=amount')
    expect(response.status).toBe(422)
    expect(wordsOf(await response.text())).toContain('Urutkan menurut waktu dulu.')
  })
})

describe('what words find', () => {
  test('comes newest first, by "Lebih baru" and "Lebih lama" instead of numbers', async () => {
    const pagi = ids.filter((_, at) => at % 3 === 1).toReversed()
    const first = await pageOf('/history?search=pagi')
    expect(rowsOf(first)).toEqual(pagi.slice(0, 20))
    expect(first).not.toContain('rel="prev"')
    expect(first).not.toContain('aria-label="Halaman 1"')
    const second = await pageOf(hrefOf(first, /<a href="[^"]*" rel="next"/))
    expect(rowsOf(second)).toEqual(pagi.slice(20))
    expect(second).not.toContain('rel="next"')
    const back = await pageOf(hrefOf(second, /<a href="[^"]*" rel="prev"/))
    expect(rowsOf(back)).toEqual(pagi.slice(0, 20))
    expect(wordsOf(first)).toContain('22 catatan')
  })

  test('gives programs the cursors of the pages beside', async () => {
    const ask = async (query: string) =>
      HistoryJson.parse(await (await wati.get(`/api/stock/history?search=pagi${query}`)).json())
    const { pagination, totals } = await ask('')
    const { older = '', ...known } = pagination
    expect(known).toEqual({ page: 1, limit: 20, total: 22, totalPages: 1, newer: null })
    expect(older).toMatch(/^\d+-\d+$/)
    expect(totals).toMatchObject({ entries: 22, litresOut: '440.00' })
    const next = await ask(`&after=${older}`)
    expect(next.data.map(({ id }) => id)).toEqual(
      ids
        .filter((_, at) => at % 3 === 1)
        .toReversed()
        .slice(20),
    )
    expect(next.pagination.older).toBeNull()
    expect(next.pagination.newer).toMatch(/^\d+-\d+$/)
    const plain = HistoryJson.parse(await (await wati.get('/api/stock/history')).json())
    expect(plain.pagination).toEqual({ page: 1, limit: 20, total: 66, totalPages: 4 })
  })
})
