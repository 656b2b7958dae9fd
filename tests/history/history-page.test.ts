import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { deliver, use } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'
import { fieldValue, wordsOf } from '#tests/support/html.ts'
import { entryRowId } from '#views/ids.ts'

let depot: Depot
let sari: Client
let wati: Client
const ids: number[] = []
beforeAll(async () => {
  depot = await openDepot()
  sari = await depot.signIn('sari')
  wati = await depot.signIn('wati')
  ids.push((await deliver(wati, { location: 'GENSET', amount: 1000, reference: 'DO-9' })).id)
  for (let at = 0; at < 44; at++) ids.push((await use(sari, { amount: `${at + 1}` })).id)
})
afterAll(() => depot.close())

const rowsOf = (html: string): number[] =>
  [...html.matchAll(/\bid="entry-(\d+)"/g)].map(([, id]) => Number(id))

describe('GET /history', () => {
  test('shows the newest twenty first, each under its one id, with what was left after it', async () => {
    const html = await (await wati.get('/history')).text()
    expect(rowsOf(html)).toEqual(ids.toReversed().slice(0, 20))
    expect(html).toContain(`id="${entryRowId(ids.at(-1) ?? 0)}"`)
    expect(wordsOf(html)).toContain('−44,00')
    expect(wordsOf(html)).toContain('10,00')
  })

  test('leads from page to page by links that keep the filter', async () => {
    const html = await (await wati.get('/history?type=OUT&sort=amount')).text()
    const [, next = ''] = /href="(\/history\?[^"]*page=2[^"]*)"/.exec(html) ?? []
    const address = new URL(next.replaceAll('&amp;', '&'), 'http://x')
    expect(Object.fromEntries(address.searchParams)).toEqual({
      type: 'OUT',
      sort: 'amount',
      page: '2',
    })
    const second = await (await wati.get(`${address.pathname}${address.search}`)).text()
    expect(rowsOf(second)).toEqual(ids.slice(21, 41))
    const last = await (await wati.get('/history?type=OUT&sort=amount&page=3')).text()
    expect(rowsOf(last)).toEqual(ids.slice(41))
  })

  test('keeps the filter in its fields', async () => {
    const query =
      'startDate=2026-11-01&endDate=2026-11-30&type=OUT&location=GENSET&search=%22a%22&sort=-amount'
    const html = await (await wati.get(`/history?${query}`)).text()
    const fields = ['startDate', 'endDate', 'type', 'location', 'search', 'sort']
    expect(fields.map((name) => fieldValue(html, name))).toEqual([
      '2026-11-01',
      '2026-11-30',
      'OUT',
      'GENSET',
      '"a"',
      '-amount',
    ])
  })

  test('shows a filter that was refused as it was typed, escaped', async () => {
    const typed = '"><script>alert(1)</script>'
    const response = await wati.get(
      `/history?${new URLSearchParams({ startDate: typed, search: typed })}`,
    )
    const html = await response.text()
    expect(response.status).toBe(422)
    expect(html).not.toContain('<script>alert')
    expect(fieldValue(html, 'search')).toBe(typed)
  })

  test('says so when nothing is found, and on a page past the end', async () => {
    for (const query of ['search=tidak-ada', 'page=99']) {
      const response = await wati.get(`/history?${query}`)
      expect(response.status).toBe(200)
      expect(rowsOf(await response.text())).toEqual([])
    }
  })

  test('offers a clerk no choice of location', async () => {
    const html = await (await sari.get('/history')).text()
    expect(fieldValue(html, 'location')).toBeNull()
    expect(rowsOf(html)).toHaveLength(20)
  })
})

describe('GET /history/:id', () => {
  test('shows the whole entry', async () => {
    const words = wordsOf(await (await sari.get(`/history/${ids[0]}`)).text())
    for (const part of ['1.000,00', 'DO-9', 'Wati Lestari', '14.05', 'Stok masuk'])
      expect(words).toContain(part)
  })

  test('is 404 where there is no such entry', async () => {
    for (const id of ['999999999999', '123456789012345', '0', '01', '-1', '1.0', '1e0'])
      expect([id, (await wati.get(`/history/${id}`)).status]).toEqual([id, 404])
  })
})
