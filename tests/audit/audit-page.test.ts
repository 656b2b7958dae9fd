import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { bringIn, csv } from '#tests/imports/bring-in.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { booksOf, deliver, use } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'
import { wordsOf } from '#tests/support/html.ts'
import { AUDIT_ID } from '#views/ids.ts'

let depot: Depot
let wati: Client
let agus: Client
let entryId: number
beforeAll(async () => {
  depot = await openDepot()
  wati = await depot.signIn('wati')
  agus = await depot.signIn('agus')
  await agus.api('PATCH', `/api/users/${depot.ids.sari}`, { name: 'Sari <b>W</b>' })
  await bringIn(depot, csv('2026-01-01T08:00,IN,TUG_ASSIST,1000.50,,'), { fileName: 'lama.csv' })
  await deliver(wati, { location: 'GENSET', amount: 1000 })
  depot.pass({ hours: 1 })
  entryId = (await use(await depot.signIn('sari'), { amount: 1 })).id
})
afterAll(() => depot.close())

const rowsIn = (html: string): string[] =>
  [...html.matchAll(/<tr id="change-\d+">.*?<\/tr>/gs)].map(([row]) => wordsOf(row).trim())

describe('GET /audit', () => {
  test('shows every chain with its rows, its last change and the whole hash of its head', async () => {
    const html = await (await wati.get('/audit')).text()
    const { chains } = await booksOf(depot.db)
    expect(chains).toHaveLength(3)
    for (const { headHash } of chains) expect(html).toContain(`>${headHash}<`)
    const words = wordsOf(html)
    const genset = chains.find(({ chain, length }) => chain !== 'administration' && length === 2)
    expect(words).toContain(`GENSET 2 23/11/2026 15.05, Sari <b>W</b> ${genset?.headHash}`)
    expect(words).toContain(`TUG_ASSIST 0 ${'0'.repeat(64)}`)
    const administration = chains.find(({ chain }) => chain === 'administration')
    expect(words).toContain(
      `Administrasi ${administration?.length} 23/11/2026 14.05, Wati Lestari ${administration?.headHash}`,
    )
  })

  test('shows the newest changes first, with who and what', async () => {
    const rows = rowsIn(await (await agus.get('/audit')).text())
    expect(rows).toEqual([
      `23/11/2026 15.05 Pencatatan Catatan nomor ${entryId} Sari <b>W</b> Rincian`,
      `23/11/2026 14.05 Pencatatan Catatan nomor ${entryId - 1} Wati Lestari Rincian`,
      '23/11/2026 14.05 Impor berkas lama.csv Wati Lestari Rincian',
      '23/11/2026 14.05 Perubahan pengguna Sari <b>W</b> Agus Pratama Rincian',
      '23/11/2026 14.05 Lokasi baru TUG_ASSIST Sistem Rincian',
      '23/11/2026 14.05 Lokasi baru GENSET Sistem Rincian',
    ])
  })

  test('leads from a change of an entry to the entry', async () => {
    const html = await (await wati.get('/audit')).text()
    expect(html).toContain(`href="/history/${entryId}"`)
    expect((await wati.get(`/history/${entryId}`)).status).toBe(200)
  })

  test('is the same as a page and as a fragment, and needs no script', async () => {
    const page = await (await wati.get('/audit')).text()
    const fragment = await wati.fragment('/audit')
    const part = await fragment.text()
    expect(fragment.headers.get('Cache-Control')).toBe('no-store')
    expect(part).toStartWith(`<div class="audit" id="${AUDIT_ID}"`)
    expect(page).toContain(part)
    expect(part).not.toContain('<script')
  })

  test('is found by those who may see it, and marked in the navigation', async () => {
    const link = '<a href="/audit"'
    expect(await (await wati.get('/')).text()).toContain(link)
    expect(await (await (await depot.signIn('agus')).get('/')).text()).toContain(link)
    expect(await (await (await depot.signIn('sari')).get('/')).text()).not.toContain(link)
    expect(await (await wati.get('/audit')).text()).toContain(`${link} aria-current="page"`)
  })

  test('asks a stranger to sign in and refuses a clerk', async () => {
    const stranger = await depot.visit().get('/audit')
    expect(stranger.status).toBe(303)
    expect(stranger.headers.get('Location')).toBe('/login?next=%2Faudit')
    expect((await (await depot.signIn('sari')).get('/audit')).status).toBe(403)
    expect((await (await depot.signIn('sari')).fragment('/audit')).status).toBe(403)
  })
})
