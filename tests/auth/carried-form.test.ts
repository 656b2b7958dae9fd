import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { eq, isNull } from 'drizzle-orm'
import { requests } from '#src/database/schema/requests.ts'
import { sessions } from '#src/database/schema/users.ts'
import { fillIn, TYPED_FORMS } from '#tests/auth/typed-forms.ts'
import { type Depot, ORIGIN, openDepot } from '#tests/support/app.ts'
import { balanceOf, booksOf, countEntries, deliver } from '#tests/support/books.ts'
import { CAST, type Name, PASSWORD } from '#tests/support/cast.ts'
import type { Client } from '#tests/support/client.ts'
import { fieldValue, hiddenFields, wordsOf } from '#tests/support/html.ts'

const HX = { 'HX-Request': 'true' }

let depot: Depot
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  await deliver(await depot.signIn('wati'), { location: 'GENSET', amount: 100 })
})
afterAll(() => depot.close())

const written = async () => [await booksOf(depot.db), await depot.db.select().from(requests)]

/** Fills a form in, lets the session end, and sends it; answers the sign-in that comes instead. */
async function sendWithoutSession(name: string, headers = {}) {
  const form = TYPED_FORMS[name]
  if (!form) throw new Error(`no form ${name}`)
  const filled = await fillIn(depot, form)
  await endAll()
  const before = await written()
  const response = await filled.client.post(form.action, filled.fields, headers)
  return { ...filled, form, before, response, html: await response.text() }
}

const endAll = () =>
  depot.db
    .update(sessions)
    .set({ endedAt: depot.system.now(), endReason: 'logout' })
    .where(isNull(sessions.endedAt))

/** Signs in by the form that stands on the page. */
const signInBy = (client: Client, html: string, who: Name, password = PASSWORD) =>
  client.post('/login', { ...hiddenFields(html, '/login'), email: CAST[who].email, password })

const openSessions = () => depot.db.select().from(sessions).where(isNull(sessions.endedAt))

describe.each(Object.keys(TYPED_FORMS))('%s sent without a session', (name) => {
  test('gets the sign-in, and after it comes back filled and unwritten', async () => {
    const sent = await sendWithoutSession(name)
    const { client, form, fields, hidden, response, html } = sent
    expect(response.status).toBe(403)
    expect(html).toStartWith('<!doctype html>')
    expect(wordsOf(html)).toContain('Belum tercatat, isian Anda masih ada')
    expect(hiddenFields(html, '/login').carried).not.toContain(fields.formToken)

    const signedIn = await signInBy(client, html, form.who)
    expect(signedIn.status).toBe(200)
    const filled = await signedIn.text()
    expect(wordsOf(filled)).toContain('Sesi Anda berakhir sebelum isian ini terkirim.')
    for (const [field, value] of Object.entries(form.typed))
      expect(fieldValue(filled, field)).toBe(value)
    const { formToken = '', ...others } = hiddenFields(filled, form.action)
    expect({ ...others, formToken: '' }).toEqual({ ...hidden, formToken: '' })
    expect([formToken.length, formToken === hidden.formToken]).toEqual([43, false])
    expect(await written()).toEqual(sent.before)
    expect((await client.get('/api/auth/me')).status).toBe(200)
  })
})

describe('a usage sent without a session', () => {
  test('is booked once when it is sent after the sign-in, whatever its first sending was', async () => {
    const { client, form, html } = await sendWithoutSession('a usage at home')
    const filled = await (await signInBy(client, html, 'sari')).text()
    expect(await countEntries(depot.db)).toBe(1)
    const fields = { ...hiddenFields(filled, '/stock/out'), ...form.typed }
    const answers = [
      await client.post('/stock/out', fields),
      await client.post('/stock/out', fields),
    ]
    expect(answers.map(({ status }) => status)).toEqual([303, 303])
    expect(await balanceOf(depot.db, 'GENSET')).toBe(8_750n)
  })

  test('by htmx gets the sign-in in the place of the page', async () => {
    const { client, response, html } = await sendWithoutSession('a usage at home', HX)
    const { status, headers } = response
    expect([status, headers.get('X-BBM-Fragment')]).toEqual([403, 'shown'])
    expect([headers.get('HX-Retarget'), headers.get('HX-Reswap')]).toEqual(['#isi', 'innerHTML'])
    expect(headers.get('HX-Redirect')).toBeNull()
    expect(html).toStartWith('<section class="panel sign-in" id="sign-in"')
    expect((await signInBy(client, html, 'sari')).status).toBe(200)
  })

  test('is carried on after a wrong password, and through a page that was left open for a day', async () => {
    const { client, form, html } = await sendWithoutSession('a usage at home')
    const wrong = await signInBy(client, html, 'sari', 'bukan-yang-ini')
    expect(wrong.status).toBe(422)
    client.jar.delete('bbm_visitor_4111')
    const old = await signInBy(client, await wrong.text(), 'sari')
    expect(old.status).toBe(403)
    const again = await old.text()
    expect(again).toContain('Halaman masuk ini sudah lama terbuka.')
    expect(fieldValue(again, 'email')).toBe(CAST.sari.email)
    expect(again).not.toContain(PASSWORD)
    const filled = await (await signInBy(client, again, 'sari')).text()
    expect(fieldValue(filled, 'notes')).toBe(form.typed.notes ?? '')
  })

  test('is carried as ASCII, in which no browser changes anything', async () => {
    const { html } = await sendWithoutSession('a usage at home')
    const { carried = '' } = hiddenFields(html, '/login')
    expect(carried).toMatch(/^[ -~]+$/)
    const names = [...carried.matchAll(/\["([^"]+)",/g)].map(([, name]) => name)
    expect(names.slice(-3)).toEqual(['amount', 'notes', 'reference'])
  })

  test('from another site is not carried', async () => {
    for (const headers of [{}, HX]) {
      const Origin = 'https://jahat.example'
      const { response, html } = await sendWithoutSession('a usage at home', { ...headers, Origin })
      expect(html).toBe('')
      const to = response.headers.get('Location') ?? response.headers.get('HX-Redirect')
      expect(to).toBe('/login?next=%2F')
    }
  })

  test('keeps its password to itself', async () => {
    const client = depot.visit()
    const fields = { name: 'Rina', password: 'rahasia-1', 'new-password': 'rahasia-2' }
    const html = await (await client.post('/users', fields)).text()
    expect(hiddenFields(html, '/login').carried).toContain('Rina')
    expect(html).not.toContain('rahasia')
  })
})

describe('signing in as somebody else', () => {
  test('shows the form where it is theirs to use, and says who typed it', async () => {
    const { client, html } = await knownUsage()
    const filled = await signInBy(client, html, 'wati')
    expect(filled.status).toBe(200)
    const page = await filled.text()
    expect(wordsOf(page)).toContain('Isian ini diketik sewaktu Sari Wulandari masuk.')
    expect(fieldValue(page, 'amount')).toBe('12,5')
    expect(await countEntries(depot.db)).toBe(1)
  })

  test('shows nothing of a form of another location', async () => {
    const { client, html } = await knownUsage()
    const refused = await signInBy(client, html, 'budi')
    expect(refused.status).toBe(403)
    const page = await refused.text()
    expect(page).toContain('Anda hanya bekerja di lokasi Anda sendiri.')
    expect(page).not.toContain('12,5')
    expect((await client.get('/api/auth/me')).status).toBe(200)
  })

  test('shows nothing of a form that they may not use', async () => {
    const { client, html } = await sendWithoutSession('the name of the company')
    const refused = await signInBy(client, html, 'sari')
    expect([refused.status, (await client.get('/')).status]).toEqual([403, 200])
    expect(await refused.text()).not.toContain('PT Laut Biru')
  })

  /** A usage that Sari typed on a browser that knows her. */
  async function knownUsage() {
    const client = depot.visit()
    await client.submit('/login', { email: CAST.sari.email, password: PASSWORD })
    const hidden = hiddenFields(await (await client.get('/')).text(), '/stock/out')
    await endAll()
    const response = await client.post('/stock/out', { ...hidden, amount: '12,5' })
    const html = await response.text()
    expect(fieldValue(html, 'email')).toBe(CAST.sari.email)
    return { client, html }
  }
})

describe('the page that follows', () => {
  test('loaded again shows the same form and opens no second session', async () => {
    const { client, form, html } = await sendWithoutSession('a usage at home')
    await signInBy(client, html, 'sari')
    const opened = await openSessions()
    const again = await signInBy(client, html, 'sari')
    expect(again.status).toBe(200)
    expect(fieldValue(await again.text(), 'notes')).toBe(form.typed.notes ?? '')
    expect(await openSessions()).toEqual(opened)
    expect(await countEntries(depot.db)).toBe(1)
  })

  test('loaded again after signing out signs nobody in', async () => {
    const { client, html } = await sendWithoutSession('a usage at home')
    const filled = await (await signInBy(client, html, 'sari')).text()
    await client.post('/logout', hiddenFields(filled, '/logout'))
    const again = await signInBy(client, html, 'sari')
    expect(again.status).toBe(403)
    expect(wordsOf(await again.text())).toContain('Isi kata sandi sekali lagi')
    expect(await openSessions()).toEqual([])
    expect((await client.get('/api/auth/me')).status).toBe(401)
  })

  test('is that of the form where the route has none to show, and nothing is done', async () => {
    const client = depot.visit()
    const fields = { at: depot.system.now().toISOString(), next: '/charts' }
    const Referer = `${ORIGIN}/history?type=IN`
    const html = await (await client.post('/account/warnings', fields, { Referer })).text()
    const response = await signInBy(client, html, 'sari')
    expect([response.status, response.headers.get('Location')]).toEqual([303, '/history?type=IN'])
  })

  test.each([
    ['of another site', 'https://jahat.example/x'],
    ['that is none', 'x'],
    ['of another port', 'http://127.0.0.1:4112/x'],
  ])('is home where the form came from a page %s', async (_, Referer) => {
    const client = depot.visit()
    const html = await (await client.post('/account/warnings', { at: 'x' }, { Referer })).text()
    expect(hiddenFields(html, '/login').next).toBe('/')
  })

  test('after a file leads back to where it is chosen', async () => {
    const body = new FormData()
    body.append('file', new File(['tanggal'], 'buku.csv'))
    const headers = { Referer: `${ORIGIN}/imports` }
    const response = await depot
      .visit()
      .send('/imports/previews', { method: 'POST', body, headers })
    expect([response.status, response.headers.get('Location')]).toEqual([
      303,
      '/login?next=%2Fimports',
    ])
  })

  test('says only after the sign-in that there is no such page', async () => {
    const client = depot.visit()
    const html = await (await client.post('/tidak-ada', { a: '1' })).text()
    expect((await signInBy(client, html, 'sari')).status).toBe(404)
  })
})

describe('a carried form that nobody sent', () => {
  const FIELDS = [['amount', '5']]
  const tooMany = Array.from({ length: 101 }, (_, at) => [`isian${at}`, ''])
  test.each([
    ['another site', JSON.stringify({ action: '//jahat.example/x', fields: FIELDS })],
    [
      'another site by its name',
      JSON.stringify({ action: 'https://jahat.example', fields: FIELDS }),
    ],
    ['the API', JSON.stringify({ action: '/api/stock/out', fields: FIELDS })],
    ['the sign-in', JSON.stringify({ action: '/login?a=1', fields: FIELDS })],
    ['the sign-in by a detour', JSON.stringify({ action: '/x/../login', fields: FIELDS })],
    ['signing out', JSON.stringify({ action: '/logout', fields: FIELDS })],
    ['nothing', JSON.stringify({ fields: FIELDS })],
    ['a form without fields', JSON.stringify({ action: '/stock/out', fields: [] })],
    ['a form with too many', JSON.stringify({ action: '/stock/out', fields: tooMany })],
    ['a form of numbers', JSON.stringify({ action: '/stock/out', fields: [[1, 2]] })],
    [
      'a form too long',
      JSON.stringify({ action: '/stock/out', fields: [['notes', 'x'.repeat(1e5)]] }),
    ],
    ['no JSON', '{'],
    ['null', 'null'],
  ])('for %s is left out', async (_, carried) => {
    const before = await written()
    const client = depot.visit()
    const right = { email: CAST.sari.email, password: PASSWORD, next: '/history', carried }
    const response = await client.submit('/login', right)
    expect([response.status, response.headers.get('Location')]).toEqual([303, '/history'])
    expect(await written()).toEqual(before)
    const wrong = await depot.visit().submit('/login', { ...right, password: 'x' })
    expect(hiddenFields(await wrong.text(), '/login').carried).toBeUndefined()
  })

  test('cannot be sent past the sign-in: the mark is no part of a request', async () => {
    const sari = await depot.signIn('sari')
    const [open] = await openSessions()
    const fields = { amount: '5', location: 'GENSET', carried: '1', returned: '1' }
    for (const name of ['X-Returned', 'X-BBM-Returned', 'X-BBM-Fragment'])
      expect((await sari.post('/stock/out', fields, { [name]: '1' })).status).toBe(403)
    expect(await countEntries(depot.db)).toBe(1)
    expect(open?.endedAt).toBeNull()
  })
})

test('a sign-in from a second tab ends the session that the first has opened meanwhile', async () => {
  const client = depot.visit()
  const second = hiddenFields(await (await client.get('/login')).text(), '/login')
  const visitor = client.jar.get('bbm_visitor_4111') ?? ''
  await client.submit('/login', { email: CAST.sari.email, password: PASSWORD })
  // The other tab sends its cookie while the answer to the first is on its way.
  client.jar.set('bbm_visitor_4111', visitor)
  const fields = { ...second, email: CAST.budi.email, password: PASSWORD }
  expect((await client.post('/login', fields)).status).toBe(303)
  const ended = await depot.db.select().from(sessions).where(eq(sessions.userId, depot.ids.sari))
  expect(ended.map(({ endReason }) => endReason)).toEqual(['logout'])
  expect(await (await client.get('/')).text()).toContain('Budi Santoso')
})
