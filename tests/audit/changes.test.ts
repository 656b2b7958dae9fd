import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { bringIn, csv } from '#tests/imports/bring-in.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { booksOf, correct, deliver, use } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'
import { fieldValue, isMarkedWrong, unescapeHtml, wordsOf } from '#tests/support/html.ts'

/** More than one page. */
const USAGES = 60

let depot: Depot
let agus: Client
let chains: Record<'genset' | 'tug', string>
/** Numbers of the first delivery, of the entry that was corrected, and of its replacement. */
let first: number
let corrected: number
let replacement: number
beforeAll(async () => {
  depot = await openDepot()
  const { balances } = await booksOf(depot.db)
  const [genset = 0, tug = 0] = balances.map(({ locationId }) => locationId)
  chains = { genset: `location:${genset}`, tug: `location:${tug}` }
  await bringIn(depot, csv('2026-01-01T08:00,IN,TUG_ASSIST,1000.50,,'), { fileName: 'lama.csv' })
  first = (await deliver(await depot.signIn('wati'), { location: 'GENSET', amount: 1000 })).id
  const admin = await depot.signIn('agus')
  await admin.api('PATCH', '/api/settings', { companyName: 'PT Laut Biru' })
  await admin.api('PATCH', `/api/users/${depot.ids.budi}`, { name: 'Budi S.' })
  depot.pass({ days: 1 })
  const sari = await depot.signIn('sari')
  for (let at = 1; at <= USAGES; at++) await use(sari, { amount: 1 })
  corrected = (await use(sari, { amount: 2 })).id
  depot.pass({ days: 1 })
  const correction = await correct(await depot.signIn('wati'), {
    entryId: corrected,
    reason: 'salah baca meteran',
    replacement: { amount: '3.25' },
  })
  replacement = correction.replacement?.id ?? 0
  agus = await depot.signIn('agus')
})
afterAll(() => depot.close())

const HEAD = /<tr id="change-\d+">.*?<\/tr>/gs
const rowsIn = (html: string): string[] =>
  [...html.matchAll(HEAD)].map(([row]) => wordsOf(row).replace(' Rincian', '').trim())
const idsIn = (html: string): number[] =>
  [...html.matchAll(/<tr id="change-(\d+)">/g)].map(([, id]) => Number(id))
const turnIn = (html: string, rel: 'prev' | 'next'): string | null => {
  const [, href] = new RegExp(`<a href="([^"]*)" rel="${rel}"`).exec(html) ?? []
  return href === undefined ? null : unescapeHtml(href)
}

async function read(client: Client, query: string): Promise<string> {
  const response = await client.get(`/audit${query}`)
  expect([query, response.status]).toEqual([query, 200])
  return response.text()
}

describe('the changes on /audit', () => {
  test('are found by the person, and by nobody', async () => {
    const byAgus = rowsIn(await read(agus, `?user=${depot.ids.agus}`))
    expect(byAgus).toEqual([
      '23/11/2026 14.05 Perubahan pengguna Budi S. Agus Pratama',
      '23/11/2026 14.05 Perubahan pengaturan Pengaturan Agus Pratama',
    ])
    const byNobody = rowsIn(await read(agus, '?user=none'))
    expect(byNobody).toEqual([
      '23/11/2026 14.05 Lokasi baru TUG_ASSIST Sistem',
      '23/11/2026 14.05 Lokasi baru GENSET Sistem',
    ])
  })

  test('are found by the action, and by both at once', async () => {
    const corrections = rowsIn(await read(agus, '?action=entry.correct'))
    expect(corrections).toEqual([
      `25/11/2026 14.05 Perbaikan Catatan nomor ${corrected} Wati Lestari`,
    ])
    const { wati: id } = depot.ids
    expect(rowsIn(await read(agus, `?action=entry.book&user=${id}`))).toEqual([
      `23/11/2026 14.05 Pencatatan Catatan nomor ${first} Wati Lestari`,
    ])
    expect(rowsIn(await read(agus, `?action=user.change&user=${id}`))).toEqual([])
  })

  test('are found by the thing, by its kind alone or by its number', async () => {
    const subjectsOf = async (query: string) =>
      rowsIn(await read(agus, query)).map((row) => row.slice('23/11/2026 14.05 '.length))
    expect(await subjectsOf('?thing=user')).toEqual(['Perubahan pengguna Budi S. Agus Pratama'])
    expect(await subjectsOf(`?thing=user&number=${depot.ids.sari}`)).toEqual([])
    expect(await subjectsOf(`?thing=user&number=${depot.ids.budi}`)).toHaveLength(1)
    expect(await subjectsOf('?thing=settings')).toEqual([
      'Perubahan pengaturan Pengaturan Agus Pratama',
    ])
    expect(await subjectsOf('?thing=import')).toEqual(['Impor berkas lama.csv Wati Lestari'])
    const [, tug] = chains.tug.split(':')
    expect(await subjectsOf(`?thing=location&number=${tug}`)).toEqual([
      'Lokasi baru TUG_ASSIST Sistem',
    ])
  })

  test('of an entry are all that tell of it: its booking, its file and its correction', async () => {
    const told = [
      `25/11/2026 14.05 Perbaikan Catatan nomor ${corrected} Wati Lestari`,
      `24/11/2026 14.05 Pencatatan Catatan nomor ${corrected} Sari Wulandari`,
    ]
    expect(rowsIn(await read(agus, `?thing=entry&number=${corrected}`))).toEqual(told)
    // A replacement stands under the number of the entry that it replaced.
    const ofReplacement = rowsIn(await read(agus, `?thing=entry&number=${replacement}`))
    expect(ofReplacement).toEqual(told.slice(0, 1))
    const [imported] = (await booksOf(depot.db)).entries
    expect(rowsIn(await read(agus, `?thing=entry&number=${imported?.id}`))).toEqual([
      '23/11/2026 14.05 Impor berkas lama.csv Wati Lestari',
    ])
    expect(rowsIn(await read(agus, '?thing=entry&number=999999'))).toEqual([])
  })

  test('are found by the chain', async () => {
    expect(rowsIn(await read(agus, '?chain=administration'))).toHaveLength(5)
    expect(rowsIn(await read(agus, `?chain=${chains.tug}`))).toEqual([])
    const genset = await readAll(agus, `?chain=${chains.genset}`)
    expect(genset).toHaveLength(USAGES + 3)
  })

  test('are found by days of the company, however the days are typed', async () => {
    expect(await readAll(agus, '?startDate=24/11/2026&endDate=2026-11-24')).toHaveLength(USAGES + 1)
    expect(rowsIn(await read(agus, '?startDate=25/11/2026'))).toHaveLength(1)
    expect(rowsIn(await read(agus, '?endDate=22/11/2026'))).toEqual([])
    const both = `?user=${depot.ids.wati}&startDate=24/11/2026`
    expect(rowsIn(await read(agus, both))).toEqual([
      `25/11/2026 14.05 Perbaikan Catatan nomor ${corrected} Wati Lestari`,
    ])
  })

  test.each(['', '?action=entry.book', '?user=SARI', '?chain=GENSET', '?endDate=24/11/2026'])(
    'under %j come page by page, each once, and the way back shows the same',
    async (pattern) => {
      const query = pattern.replace('SARI', String(depot.ids.sari)).replace('GENSET', chains.genset)
      const firstPage = await read(agus, query)
      expect(idsIn(firstPage)).toHaveLength(50)
      expect(turnIn(firstPage, 'prev')).toBeNull()
      const next = turnIn(firstPage, 'next') ?? ''
      const second = await (await agus.get(next)).text()
      expect(turnIn(second, 'next')).toBeNull()
      const all = [...idsIn(firstPage), ...idsIn(second)]
      expect(all).toEqual([...new Set(all)].sort((a, b) => b - a))
      const back = await (await agus.get(turnIn(second, 'prev') ?? '')).text()
      expect(idsIn(back)).toEqual(idsIn(firstPage))
      for (const [name, value] of new URLSearchParams(query))
        expect(new URL(next, 'http://x').searchParams.get(name)).toBe(
          value.replace('24/11/2026', '2026-11-24'),
        )
    },
  )

  test('keep the filter in its fields, with an action that no list knows', async () => {
    const html = await read(agus, '?action=tank.clean&thing=entry&number=7&startDate=1/11/2026')
    expect(
      ['action', 'thing', 'number', 'startDate'].map((name) => fieldValue(html, name)),
    ).toEqual(['tank.clean', 'entry', '7', '2026-11-01'])
    expect(wordsOf(html)).toContain('Tidak ada perubahan yang cocok')
    expect(wordsOf(html)).toContain('Sejak 01/11/2026, tank.clean, Catatan nomor 7')
  })

  const BAD: [string, string, string][] = [
    ['user', '0', 'user=0'],
    ['user', 'semua', 'user=semua'],
    ['action', 'A B', 'action=A+B'],
    ['thing', 'tank', 'thing=tank'],
    ['number', 'tujuh', 'thing=entry&number=tujuh'],
    ['thing', '', 'number=7'],
    ['chain', 'location', 'chain=location'],
    ['startDate', '30 Februari', 'startDate=30+Februari'],
    ['endDate', '2026-11-01', 'startDate=2026-11-02&endDate=2026-11-01'],
  ]
  test.each(BAD)('refuse %s as %j at its field', async (field, typed, query) => {
    const response = await agus.get(`/audit?${query}`)
    const html = await response.text()
    expect(response.status).toBe(422)
    expect(isMarkedWrong(html, field)).toBe(true)
    if (field !== 'user' && field !== 'action' && field !== 'chain' && field !== 'thing')
      expect(fieldValue(html, field)).toBe(typed)
    expect(rowsIn(html)).toEqual([])
  })

  test.each(['after=x', 'before=1-2-3', `after=${'9'.repeat(20)}-1`, 'after=-1--1'])(
    'refuse the cursor %s',
    async (query) => expect((await agus.get(`/audit?${query}`)).status).toBe(422),
  )

  test.each(['after=p1-1', 'after=0-0', 'before=9999999999999-999999999999999'])(
    'answer the cursor %s, which no page has given',
    async (query) => expect((await agus.get(`/audit?${query}`)).status).toBe(200),
  )
})

/** All pages of a list, one after another. */
async function readAll(client: Client, query: string): Promise<number[]> {
  const ids: number[] = []
  let path: string | null = `/audit${query}`
  while (path !== null) {
    const html: string = await (await client.get(path)).text()
    ids.push(...idsIn(html))
    path = turnIn(html, 'next')
  }
  return ids
}
