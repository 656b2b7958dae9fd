import { afterAll, beforeAll, expect, test } from 'bun:test'
import { z } from 'zod'
import { bringIn, csv } from '#tests/imports/bring-in.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import type { Client } from '#tests/support/client.ts'
import { unescapeHtml, wordsOf } from '#tests/support/html.ts'

const Answer = z.object({
  data: z.array(z.object({ notes: z.string() })),
  pagination: z.object({
    total: z.number(),
    newer: z.string().nullable(),
    older: z.string().nullable(),
    searchedUntil: z.string().optional(),
  }),
  totals: z.object({
    entries: z.number(),
    isPartial: z.boolean().optional(),
    litresIn: z.string().nullable(),
  }),
})

/** More than one request looks at. Two frequent words, which stand together in the oldest entry alone. */
const ROWS = 12_500
const SEARCH = 'search=kapal+genset'
const FIRST = Date.parse('2026-11-10T00:00:00Z')

let depot: Depot
let wati: Client
beforeAll(async () => {
  depot = await openDepot()
  wati = await depot.signIn('wati')
  const rows = Array.from({ length: ROWS }, (_, at) => {
    const time = new Date(FIRST + at * 60_000).toISOString().slice(0, 19)
    const notes = at === 0 ? 'kapal genset' : at % 2 ? 'kapal' : 'genset'
    return `${time}+08:00,Masuk,GENSET,1.00,${notes},`
  })
  expect((await bringIn(depot, csv(...rows))).booked).toBe(ROWS)
}, 60_000)
afterAll(() => depot.close())

test('what lies far back is found part by part, and each part says how far it was looked', async () => {
  const first = await read(`/history?${SEARCH}`)
  expect(first.words).toContain('Catatan 0 sejauh ini')
  expect(first.words).toContain('Belum ada yang cocok. Dicari sampai 11 November 2026.')
  expect(first.words).toContain('0 catatan sejauh ini. Dicari sampai 11 November 2026.')
  expect(first.newer).toBe('')
  const second = await read(first.older)
  expect(second.words).toContain('Catatan 1 di halaman ini')
  expect(second.words).toContain('kapal genset')
  expect(second.older).toBe('')
  const back = await read(second.newer)
  expect(back.words).toContain('Catatan yang lebih baru belum dicari.')
  expect((await read(back.newer)).words).toBe(first.words)
  expect(first.words).toContain('Cari yang lebih lama')
})

test('programs are told the same', async () => {
  const read = async (query: string) =>
    Answer.parse(await (await wati.get(`/api/stock/history?${SEARCH}${query}`)).json())
  const first = await read('')
  expect(first.data).toEqual([])
  expect(first.totals).toEqual({ entries: 0, isPartial: true, litresIn: null })
  expect(first.pagination).toMatchObject({ newer: null, searchedUntil: '2026-11-11' })
  const second = await read(`&after=${first.pagination.older}`)
  expect(second.data).toEqual([{ notes: 'kapal genset' }])
  expect(second.totals).toEqual({ entries: 1, isPartial: true, litresIn: null })
  expect(second.pagination.older).toBeNull()
  expect(second.pagination.searchedUntil).toBeUndefined()
})

test('days that hold fewer entries are looked through at once, and counted', async () => {
  const { words } = await read(`/history?${SEARCH}&endDate=2026-11-12`)
  expect(words).toContain('Catatan 1 Masuk +1,00 L')
  const frequent = await read('/history?search=kapal')
  expect(frequent.words).toContain('Catatan lebih dari 4.000')
})

test('a file holds all of it', async () => {
  const file = await (await wati.get(`/stock/export?${SEARCH}&format=csv`)).text()
  expect(file.match(/kapal genset/g)).toHaveLength(1)
}, 60_000)

async function read(path: string) {
  const response = await wati.get(path)
  expect([path, response.status]).toEqual([path, 200])
  const html = await response.text()
  const hrefOf = (rel: string) =>
    unescapeHtml(new RegExp(`<a href="([^"]*)" rel="${rel}"`).exec(html)?.[1] ?? '')
  return { words: wordsOf(html), newer: hrefOf('prev'), older: hrefOf('next') }
}
