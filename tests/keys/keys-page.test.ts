import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { apiKeys } from '#src/database/schema/users.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { everythingIn } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'
import {
  fieldValue,
  hiddenFields,
  isMarkedWrong,
  unescapeHtml,
  wordsOf,
} from '#tests/support/html.ts'
import { bearer, makeKey } from '#tests/support/programs.ts'

let depot: Depot
let agus: Client
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  agus = await depot.signIn('agus')
})
afterAll(() => depot.close())

const METER = { name: 'Flow meter <1>', scope: 'book', location: 'GENSET' }
const hiddenIn = async (path: string) =>
  hiddenFields(await (await agus.get(path)).text(), path === '/keys/new' ? '/keys' : path)
const secretIn = (html: string) => /id="secret">(bbm_[0-9a-f]{40})</.exec(html)?.[1] ?? null
const keys = () => depot.db.select().from(apiKeys)

describe('the form on /keys/new', () => {
  test('leads to the one page that shows the key, with a command that works', async () => {
    const response = await agus.post('/keys', { ...(await hiddenIn('/keys/new')), ...METER })
    expect([response.status, response.headers.get('Location')]).toEqual([200, null])
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    const html = await response.text()
    const secret = secretIn(html) ?? ''
    expect(wordsOf(html)).toContain('Kunci ini hanya ditampilkan sekali.')
    expect(unescapeHtml(html)).toContain(`-H 'Authorization: Bearer ${secret}'`)
    const program = depot.visit()
    const wati = await depot.signIn('wati')
    await wati.api('POST', '/api/stock/in', { location: 'GENSET', amount: 100 })
    const sent = { amount: '12.5' }
    const booked = await program.api('POST', '/api/stock/out', sent, bearer(secret))
    expect(booked.status).toBe(201)
    // As it stands, the command that is shown books nothing.
    const shown = await program.api('POST', '/api/stock/out', { amount: 'LITER' }, bearer(secret))
    expect(shown.status).toBe(422)
    const listed = await (await agus.get('/keys')).text()
    expect(wordsOf(listed)).toContain(`Flow meter <1> Mencatat GENSET ${secret.slice(0, 12)}…`)
    expect(listed).not.toContain(secret)
  })

  test('pressed twice makes one key and shows it both times; ten minutes later it says that it was shown', async () => {
    const form = { ...(await hiddenIn('/keys/new')), ...METER }
    const answers = await Promise.all([agus.post('/keys', form), agus.post('/keys', form)])
    const [first, second] = await Promise.all(answers.map((answer) => answer.text()))
    expect(secretIn(first ?? '')).toMatch(/^bbm_/)
    expect(secretIn(second ?? '')).toBe(secretIn(first ?? ''))
    expect(await keys()).toHaveLength(1)
    depot.pass({ minutes: 11 })
    const late = await (await agus.post('/keys', form)).text()
    expect(late).not.toMatch(/bbm_[0-9a-f]{9}/)
    expect(wordsOf(late)).toContain('Kunci ini sudah pernah ditampilkan')
    expect(await keys()).toHaveLength(1)
  })

  test('sent again with other words is shown with a fresh key and makes nothing', async () => {
    const hidden = await hiddenIn('/keys/new')
    await agus.post('/keys', { ...hidden, ...METER })
    const refused = await agus.post('/keys', { ...hidden, ...METER, name: 'Lain' })
    const html = await refused.text()
    expect(refused.status).toBe(409)
    expect(wordsOf(html)).toContain('Kiriman sebelumnya sudah membuat kunci dengan isi yang lain.')
    expect(fieldValue(html, 'name')).toBe('Lain')
    expect(hiddenFields(html, '/keys').requestId).not.toBe(hidden.requestId)
    expect(html).not.toContain('bbm_')
    expect(await keys()).toHaveLength(1)
  })

  test.each([
    ['name', { ...METER, name: ' ' }, 'Isi nama kunci.'],
    ['scope', { ...METER, scope: '' }, 'Pilih apa yang boleh dilakukan kunci ini.'],
    ['location', { ...METER, location: '' }, 'Pilih lokasi tempat kunci ini mencatat.'],
    ['location', { ...METER, location: 'DERMAGA' }, 'Lokasi tidak dikenal.'],
  ])('refuses a wrong %s at its field and keeps what was typed', async (field, typed, sentence) => {
    const before = await everythingIn(depot.db)
    const response = await agus.post('/keys', { ...(await hiddenIn('/keys/new')), ...typed })
    const html = await response.text()
    expect(response.status).toBe(422)
    expect(isMarkedWrong(html, field)).toBe(true)
    expect(wordsOf(html)).toContain(sentence)
    expect(fieldValue(html, 'name')?.trim()).toBe(typed.name.trim())
    expect(await everythingIn(depot.db)).toEqual(before)
    expect(await keys()).toEqual([])
  })

  test('with the token of an earlier page comes back filled, and makes nothing until it is sent again', async () => {
    const form = { ...(await hiddenIn('/keys/new')), ...METER }
    const old = await agus.post('/keys', { ...form, formToken: 'lama' })
    expect(old.status).toBe(403)
    const html = await old.text()
    for (const [name, value] of Object.entries(METER))
      expect(unescapeHtml(fieldValue(html, name) ?? '')).toBe(value)
    expect(await keys()).toEqual([])
    const again = await agus.post('/keys', { ...hiddenFields(html, '/keys'), ...METER })
    expect(secretIn(await again.text())).toMatch(/^bbm_/)
  })

  test('reads all locations where none is chosen, and is a fragment for htmx', async () => {
    const form = { ...(await hiddenIn('/keys/new')), name: 'Papan', scope: 'read', location: '' }
    const response = await agus.post('/keys', form, { 'HX-Request': 'true' })
    const html = await response.text()
    expect(html).not.toContain('<html')
    expect(wordsOf(html)).toContain('Semua lokasi')
    expect(html).toContain('/api/stock/summary')
    const response2 = await depot.visit().get('/api/stock/summary', bearer(secretIn(html) ?? ''))
    expect(response2.status).toBe(200)
  })
})

describe('/keys', () => {
  test('says that there are none, as a page and as a fragment, and settings and people lead to it', async () => {
    expect(wordsOf(await (await agus.get('/keys')).text())).toContain('Belum ada kunci')
    const fragment = await (await agus.fragment('/keys')).text()
    expect(fragment).not.toContain('<html')
    expect(wordsOf(fragment)).toContain('0 aktif, 0 dicabut')
    for (const path of ['/settings', '/users'])
      expect(await (await agus.get(path)).text()).toContain('<a href="/keys">Kunci API</a>')
  })

  test('tells when a key was used last', async () => {
    const { headers } = await makeKey(agus, { scope: 'read' })
    expect(wordsOf(await (await agus.get('/keys')).text())).toContain('Belum pernah')
    await depot.visit().get('/api/stock/summary', headers)
    const words = wordsOf(await (await agus.get('/keys')).text())
    expect(words).not.toContain('Belum pernah')
    expect(words).toContain('Agus Pratama 23/11/2026 14.05 Cabut')
  })
})

describe('a revocation', () => {
  test('asks once more, ends the key, and says so by name', async () => {
    const { id, headers } = await makeKey(agus, { scope: 'read' })
    const path = `/keys/${id}/revocation`
    expect(wordsOf(await (await agus.get(path)).text())).toContain('tidak bisa dibatalkan')
    const program = depot.visit()
    expect((await program.get('/api/stock/summary', headers)).status).toBe(200)
    const form = await hiddenIn(path)
    for (let time = 0; time < 2; time++) {
      const response = await agus.post(path, form)
      expect(response.headers.get('Location')).toBe(`/keys?revoked=${id}`)
    }
    expect((await program.get('/api/stock/summary', headers)).status).toBe(401)
    const words = wordsOf(await (await agus.get(`/keys?revoked=${id}`)).text())
    expect(words).toContain('Kunci “Flow meter” sudah dicabut.')
    expect(words).toContain('0 aktif, 1 dicabut')
    const again = await (await agus.get(path)).text()
    expect(again).not.toContain('action="/keys/')
    expect(wordsOf(again)).toContain('Kunci ini sudah dicabut pada 23/11/2026 14.05')
    const { audit } = await everythingIn(depot.db)
    expect(audit.filter(({ action }) => action === 'key.revoke')).toHaveLength(1)
  })

  test('of a key that nobody has is not there', async () => {
    for (const id of ['999999', 'semua'])
      expect((await agus.get(`/keys/${id}/revocation`)).status).toBe(404)
  })

  test('is announced of nothing that was not revoked', async () => {
    const { id } = await makeKey(agus, { scope: 'read' })
    for (const named of [id, 'x', 999])
      expect(await (await agus.get(`/keys?revoked=${named}`)).text()).not.toContain('sudah dicabut')
  })
})
