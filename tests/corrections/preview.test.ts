import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { booksOf, deliver, use } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'
import { fieldValue, hiddenFields, wordsOf } from '#tests/support/html.ts'

const ACTION = '/stock/corrections'

let depot: Depot
let wati: Client
let usageId: number
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  wati = await depot.signIn('wati')
  const at = { location: 'GENSET' }
  await deliver(wati, { ...at, amount: 5000, occurredAt: '2026-11-21T08:00' })
  await use(wati, { ...at, amount: 100, occurredAt: '2026-11-22T08:00' })
  usageId = (await use(wati, { ...at, amount: '287.50', occurredAt: '2026-11-22T10:55' })).id
  await use(wati, { ...at, amount: 50, occurredAt: '2026-11-23T08:00' })
})
afterAll(() => depot.close())

const preview = async (typed: Record<string, string> = {}, client = wati) => {
  const query = new URLSearchParams(typed).toString()
  return rowsOf(await (await client.fragment(`/history/${usageId}/correction?${query}`)).text())
}

/** Each line of the preview: its words, before and after. */
function rowsOf(html: string): Record<string, string[]> {
  const table = /<div id="foreseen">.*?<\/table>/s.exec(html)?.[0] ?? ''
  const rows = (table.match(/<tr>.*?<\/tr>/gs) ?? []).slice(1)
  return Object.fromEntries(
    rows.map((row) => {
      const [label = '', ...cells] = (row.match(/<t[hd].*?<\/t[hd]>/gs) ?? []).map((cell) =>
        wordsOf(cell).trim(),
      )
      return [label, cells]
    }),
  )
}

const replace = (amount: string, occurredAt = '') => ({
  mode: 'replace',
  'replacement.amount': amount,
  'replacement.occurredAt': occurredAt,
})

describe('the preview', () => {
  test('of a fresh form shows the books as they are', async () => {
    expect(await preview()).toEqual({
      'Catatan ini': ['−287,50', '−287,50'],
      'Sisa setelah catatan ini': ['4.612,50', '4.612,50'],
      'Pemakaian 22 November 2026': ['−387,50', '−387,50'],
      'Sisa sekarang': ['4.562,50', '4.562,50'],
    })
  })

  test('follows what is typed', async () => {
    expect(await preview(replace('278,5'))).toEqual({
      'Catatan ini': ['−287,50', '−278,50'],
      'Sisa setelah catatan ini': ['4.612,50', '4.621,50'],
      'Pemakaian 22 November 2026': ['−387,50', '−378,50'],
      'Sisa sekarang': ['4.562,50', '4.571,50'],
    })
    expect(await preview({ mode: 'reverse' })).toEqual({
      'Catatan ini': ['−287,50', '0,00'],
      'Sisa setelah catatan ini': ['4.612,50', '4.900,00'],
      'Pemakaian 22 November 2026': ['−387,50', '−100,00'],
      'Sisa sekarang': ['4.562,50', '4.850,00'],
    })
  })

  test('shows both days where the time moves to another', async () => {
    expect(await preview(replace('287,5', '2026-11-23T09:00'))).toEqual({
      'Catatan ini': ['−287,50', '−287,50'],
      'Sisa setelah catatan ini': ['4.612,50', '4.562,50'],
      'Pemakaian 22 November 2026': ['−387,50', '−100,00'],
      'Pemakaian 23 November 2026': ['−50,00', '−337,50'],
      'Sisa sekarang': ['4.562,50', '4.562,50'],
    })
  })

  test.each(['', 'x', '1,250'])('shows what is, as long as "%s" is typed', async (amount) => {
    const rows = await preview(replace(amount))
    expect(rows['Catatan ini']).toEqual(['−287,50', '–'])
    expect(rows['Pemakaian 22 November 2026']).toEqual(['−387,50', '–'])
    expect(rows['Sisa sekarang']).toEqual(['4.562,50', '–'])
  })

  test('says why something cannot be booked', async () => {
    const query = new URLSearchParams(replace('4.970')).toString()
    const html = await (await wati.fragment(`/history/${usageId}/correction?${query}`)).text()
    expect(wordsOf(html)).toContain('Pada 22/11/2026 10.55 stok menjadi −70,00 liter.')
    const future = new URLSearchParams(replace('1', '2027-01-01T00:00')).toString()
    const other = await (await wati.fragment(`/history/${usageId}/correction?${future}`)).text()
    expect(wordsOf(other)).toContain('Waktu ini belum terjadi.')
  })

  test('is exactly what is booked afterwards', async () => {
    const typed = replace('301,25', '2026-11-23T09:00')
    const rows = await preview(typed)
    const fields = hiddenFields(
      await (await wati.get(`/history/${usageId}/correction`)).text(),
      ACTION,
    )
    const sent = { ...fields, ...typed, reason: 'salah tanggal' }
    const target = (await wati.post(ACTION, sent)).headers.get('Location') ?? ''
    const words = wordsOf(await (await wati.get(target)).text())
    const [, now] = rows['Sisa sekarang'] ?? []
    expect(words).toContain(`Sisa sekarang ${now} liter.`)
    const { days, entries } = await booksOf(depot.db)
    const outOf = (day: string) => days.find(({ businessDay }) => businessDay === day)?.litresOut
    expect([outOf('2026-11-22'), outOf('2026-11-23')]).toEqual([10_000n, 35_125n])
    expect(rows['Pemakaian 22 November 2026']?.[1]).toBe('−100,00')
    expect(rows['Pemakaian 23 November 2026']?.[1]).toBe('−351,25')
    const id = entries.find(({ replacesId }) => replacesId)?.id
    const page = wordsOf(await (await wati.get(`/history/${id}`)).text())
    expect(page).toContain(`Sisa sesudahnya ${rows['Sisa setelah catatan ini']?.[1]} L`)
  })

  test('writes nothing, and is for those who may correct', async () => {
    const books = await booksOf(depot.db)
    await preview(replace('1'))
    expect(await booksOf(depot.db)).toEqual(books)
    const sari = await depot.signIn('sari')
    const query = new URLSearchParams(replace('1')).toString()
    const path = `/history/${usageId}/correction?${query}`
    expect((await sari.fragment(path)).status).toBe(403)
    expect((await (await depot.signIn('budi')).fragment(path)).status).toBe(404)
  })

  test('without JavaScript comes by a button of its own, which books nothing and keeps what is typed', async () => {
    const books = await booksOf(depot.db)
    const page = await (await wati.get(`/history/${usageId}/correction?filter=page%3D1`)).text()
    expect(page).toMatch(/<span data-scriptless[^>]*><button [^>]*name="preview"/)
    const typed = { ...replace('278,5'), reason: 'abc', 'replacement.notes': 'baru' }
    const fields = { ...hiddenFields(page, ACTION), ...typed, preview: '1' }
    const response = await wati.post(ACTION, fields)
    const html = await response.text()
    expect(response.status).toBe(200)
    expect(rowsOf(html)['Sisa sekarang']).toEqual(['4.562,50', '4.571,50'])
    expect([fieldValue(html, 'reason'), fieldValue(html, 'replacement.notes')]).toEqual([
      'abc',
      'baru',
    ])
    expect(hiddenFields(html, ACTION)).toEqual(hiddenFields(page, ACTION))
    expect(await booksOf(depot.db)).toEqual(books)
  })
})
