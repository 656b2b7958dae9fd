import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { users } from '#src/database/schema/users.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { booksOf, everythingIn } from '#tests/support/books.ts'
import { CAST } from '#tests/support/cast.ts'
import type { Client } from '#tests/support/client.ts'
import { fieldValue, hiddenFields, isMarkedWrong, wordsOf } from '#tests/support/html.ts'

let depot: Depot
let sari: Client
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  sari = await depot.signIn('sari')
})
afterAll(() => depot.close())

const row = async () => (await depot.db.select().from(users).where(eq(users.id, depot.ids.sari)))[0]
const changes = async () =>
  (await booksOf(depot.db)).audit.filter(({ subject }) => subject === `user:${depot.ids.sari}`)

describe('GET /account', () => {
  test('shows who one is, and lets only the name be changed', async () => {
    const html = await (await sari.get('/account')).text()
    for (const words of ['Akun saya', CAST.sari.email, 'Operasional', 'GENSET'])
      expect(wordsOf(html)).toContain(words)
    expect(fieldValue(html, 'name')).toBe(CAST.sari.name)
    for (const field of ['email', 'role', 'location', 'active'])
      expect(fieldValue(html, field)).toBeNull()
  })

  test('is one click from every page, behind the name', async () => {
    const html = await (await sari.get('/history')).text()
    expect(html).toMatch(
      /<a class="who-link" href="\/account"><span class="who-name">Sari Wulandari<\/span>/,
    )
    expect(await (await sari.get('/account')).text()).toMatch(/class="who-link"[^>]*aria-current/)
  })

  test('is a page, and for htmx the same without its frame', async () => {
    const fragment = await (await sari.fragment('/account')).text()
    expect(fragment).toStartWith('<div class="page-head"><h1>Akun saya</h1>')
    expect(fragment).not.toContain('<html')
  })

  test('knows everybody: a supervisor works at all locations', async () => {
    const html = await (await (await depot.signIn('wati')).get('/account')).text()
    expect(wordsOf(html)).toContain('semua lokasi')
  })

  test('is not there for whoever has not signed in', async () => {
    const response = await depot.visit().get('/account')
    expect([response.status, response.headers.get('Location')]).toEqual([
      303,
      '/login?next=%2Faccount',
    ])
  })
})

describe('the own name', () => {
  test("is changed, shown at once, and written down as one's own doing", async () => {
    const response = await sari.submit('/account', { name: ' Sari W. ' })
    expect([response.status, response.headers.get('Location')]).toEqual([
      303,
      '/account?saved=name',
    ])
    const html = await (await sari.get('/account?saved=name')).text()
    expect(wordsOf(html)).toContain('Nama tersimpan.')
    expect(html).toContain('>Sari W.</span>')
    const [change] = await changes()
    expect(change).toMatchObject({ action: 'user.change', userId: depot.ids.sari })
    expect(JSON.parse(change?.before ?? '')).toMatchObject({ name: CAST.sari.name })
    expect(JSON.parse(change?.after ?? '')).toMatchObject({ name: 'Sari W.' })
  })

  test.each([
    ['', 'Isi nama.'],
    ['  ', 'Isi nama.'],
    ['x'.repeat(101), 'paling banyak 100 huruf'],
    ['a\u0007b', 'tidak bisa disimpan'],
  ])('%j is refused at its field, and stays there', async (name, sentence) => {
    const before = await everythingIn(depot.db)
    const response = await sari.submit('/account', { name })
    const html = await response.text()
    expect(response.status).toBe(422)
    expect(isMarkedWrong(html, 'name')).toBe(true)
    expect(wordsOf(html)).toContain(sentence)
    expect(fieldValue(html, 'name')).toBe(name)
    expect(await everythingIn(depot.db)).toEqual(before)
  })

  test('is all that a form changes, whatever else it carries', async () => {
    const before = await row()
    const smuggled = {
      role: 'admin',
      location: '',
      locationId: '2',
      email: 'agus@depo.example',
      active: 'false',
      id: String(depot.ids.agus),
      password: 'kuda-makan-rumput',
      passwordHash: 'x',
      mustChangePassword: '1',
      builtIn: '1',
    }
    expect((await sari.submit('/account', { name: 'Sari W.', ...smuggled })).status).toBe(303)
    expect<unknown>(await row()).toEqual({ ...before, name: 'Sari W.' })
    expect((await everythingIn(depot.db)).users.find(({ id }) => id === depot.ids.agus)?.name).toBe(
      CAST.agus.name,
    )
  })

  test('sent twice under its key is changed once, and another name under the same key is asked about', async () => {
    const hidden = hiddenFields(await (await sari.get('/account')).text(), '/account')
    const send = (name: string) => sari.post('/account', { ...hidden, name })
    const answers = await Promise.all(Array.from({ length: 5 }, () => send('Sari W.')))
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(303))
    expect(await changes()).toHaveLength(1)
    const other = await send('Sari')
    const html = await other.text()
    expect(other.status).toBe(409)
    expect(fieldValue(html, 'name')).toBe('Sari')
    const fresh = hiddenFields(html, '/account')
    expect(fresh.requestId).not.toBe(hidden.requestId)
    expect((await sari.post('/account', { ...fresh, name: 'Sari' })).status).toBe(303)
    expect((await row())?.name).toBe('Sari')
  })

  test('is not changed by a form without its token', async () => {
    const response = await sari.post('/account', { name: 'Sari W.' })
    expect(response.status).toBe(403)
    expect((await row())?.name).toBe(CAST.sari.name)
  })
})
