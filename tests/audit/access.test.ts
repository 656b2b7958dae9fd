import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { PASSWORD } from '#tests/support/cast.ts'
import type { Client } from '#tests/support/client.ts'
import { fieldValue, isMarkedWrong, wordsOf } from '#tests/support/html.ts'
import { makeKey } from '#tests/support/programs.ts'
import { AUDIT_ID } from '#views/ids.ts'

const WINDOWS =
  'Mozilla/5.0 (Windows NT 6.1; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/109.0.0.0 Safari/537.36'

let depot: Depot
let agus: Client
beforeAll(async () => {
  depot = await openDepot()
  const signIn = (fields: Record<string, string>, address = '10.0.0.7') =>
    depot.visit().submit('/login', fields, { 'X-Real-IP': address, 'User-Agent': WINDOWS })
  await signIn({ email: 'sari@depo.example', password: PASSWORD })
  await signIn({ email: 'orang@jahat.example', password: '<b>' }, '2001:db8::1')
  depot.pass({ days: 1 })
  await signIn({ email: 'wati@depo.example', password: 'salah' })
  const sari = await depot.signIn('sari')
  await sari.get('/audit', { 'User-Agent': 'flow-meter/2.1' })
  const wati = await depot.signIn('wati')
  await (await wati.get('/stock/export?format=csv')).text()
  agus = await depot.signIn('agus')
})
afterAll(() => depot.close())

const rowsIn = (html: string): string[] =>
  [...html.matchAll(/<tr id="access-\d+">.*?<\/tr>/gs)].map(([row]) => wordsOf(row).trim())

async function read(query: string): Promise<string[]> {
  const response = await agus.get(`/audit/access${query}`)
  expect([query, response.status]).toEqual([query, 200])
  return rowsIn(await response.text())
}

const EXPORT =
  '24/11/2026 14.05 Unduhan Wati Lestari csv: Semua tanggal, semua lokasi, semua jenis 127.0.0.1 Peramban tidak dikenal'
const REFUSED = '24/11/2026 14.05 Ditolak Sari Wulandari GET /audit 127.0.0.1 flow-meter'
const WRONG =
  '24/11/2026 14.05 Gagal masuk Wati Lestari wati@depo.example 10.0.0.7 Chrome di Windows 7'
const STRANGER =
  '23/11/2026 14.05 Gagal masuk Tidak dikenal orang@jahat.example 2001:db8::1 Chrome di Windows 7'
const IN = '23/11/2026 14.05 Masuk Sari Wulandari sari@depo.example 10.0.0.7 Chrome di Windows 7'

describe('GET /audit/access', () => {
  test('shows sign-ins, failures, refusals and files taken, newest first, with place and device', async () => {
    expect(await read('')).toEqual([EXPORT, REFUSED, WRONG, STRANGER, IN])
  })

  test('is filtered by person, action, address and days, alone and together', async () => {
    const { sari, wati } = depot.ids
    expect(await read(`?user=${sari}`)).toEqual([REFUSED, IN])
    expect(await read('?user=none')).toEqual([STRANGER])
    expect(await read('?action=sign-in.failed')).toEqual([WRONG, STRANGER])
    expect(await read(`?action=sign-in.failed&user=${wati}`)).toEqual([WRONG])
    expect(await read('?address=10.0.0.7')).toEqual([WRONG, IN])
    expect(await read('?address=2001:db8::1')).toEqual([STRANGER])
    expect(await read('?address=2001:DB8::1')).toEqual([STRANGER])
    expect(await read('?endDate=23/11/2026')).toEqual([STRANGER, IN])
    expect(await read('?startDate=24/11/2026&address=10.0.0.7')).toEqual([WRONG])
    expect(await read('?action=export&endDate=23/11/2026')).toEqual([])
  })

  test('shows the beginning of an address as none', async () => {
    expect(await read('?address=10.0.0')).toEqual([])
  })

  test('keeps the filter in its fields and refuses nonsense there', async () => {
    const kept = await (await agus.get('/audit/access?address=10.0.0.7&action=export')).text()
    expect(['address', 'action'].map((name) => fieldValue(kept, name))).toEqual([
      '10.0.0.7',
      'export',
    ])
    for (const [field, typed] of [
      ['address', '"><script>'],
      ['startDate', '30 Februari'],
    ] as const) {
      const query = new URLSearchParams({ [field]: typed })
      const response = await agus.get(`/audit/access?${query}`)
      const html = await response.text()
      expect(response.status).toBe(422)
      expect(isMarkedWrong(html, field)).toBe(true)
      expect(fieldValue(html, field)).toBe(typed)
      expect(html).not.toContain('<script>')
    }
  })

  test('is the same as a page and as a fragment, and leads to the changes and back', async () => {
    const page = await (await agus.get('/audit/access')).text()
    const fragment = await agus.fragment('/audit/access')
    const part = await fragment.text()
    expect(fragment.headers.get('Cache-Control')).toBe('no-store')
    expect(part).toStartWith(`<div class="audit" id="${AUDIT_ID}"`)
    expect(page).toContain(part)
    expect(part).toContain('<a href="/audit" hx-get="/audit">')
    expect(await (await agus.get('/audit')).text()).toContain('href="/audit/access"')
  })

  test('offers programs that only read, and keeps a person whom no list knows', async () => {
    const { headers } = await makeKey(agus, { scope: 'read', name: 'Papan angka' })
    expect((await depot.visit().get('/api/users', headers)).status).toBe(403)
    for (const path of ['/audit', '/audit/access']) {
      const html = await (await agus.get(path)).text()
      const [, number] = /<option value="(\d+)">Papan angka<\/option>/.exec(html) ?? []
      const chosen = await (await agus.get(`${path}?user=${number}`)).text()
      expect(fieldValue(chosen, 'user')).toBe(number ?? '')
      expect(wordsOf(chosen)).toContain('oleh Papan angka')
      if (path === '/audit/access')
        expect(rowsIn(chosen)).toEqual([
          '24/11/2026 14.05 Ditolak Papan angka GET /api/users 127.0.0.1 Peramban tidak dikenal',
        ])
      const unknown = await (await agus.get(`${path}?user=999999`)).text()
      expect(fieldValue(unknown, 'user')).toBe('999999')
      expect(wordsOf(unknown)).toContain('oleh nomor 999999')
    }
  })

  test('asks a stranger to sign in and is refused to everybody but admins', async () => {
    const stranger = await depot.visit().get('/audit/access')
    expect([stranger.status, stranger.headers.get('Location')]).toEqual([
      303,
      '/login?next=%2Faudit%2Faccess',
    ])
    for (const name of ['sari', 'budi', 'wati'] as const) {
      const client = await depot.signIn(name)
      expect((await client.get('/audit/access')).status).toBe(403)
      expect((await client.fragment('/audit/access')).status).toBe(403)
    }
  })
})
