import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { and, eq } from 'drizzle-orm'
import { routes } from '#src/app.tsx'
import { accessLogs } from '#src/database/schema/audit.ts'
import { users } from '#src/database/schema/users.ts'
import { resetPassword } from '#src/users/reset.ts'
import { refusalOf } from '#tests/support/answers.ts'
import { type Depot, ORIGIN, openDepot } from '#tests/support/app.ts'
import { countEntries, deliver, everythingIn } from '#tests/support/books.ts'
import { CAST, PASSWORD } from '#tests/support/cast.ts'
import type { Client } from '#tests/support/client.ts'
import { fieldValue, hiddenFields, wordsOf } from '#tests/support/html.ts'

const PATH = '/account/password'
const NEW = 'kuda-makan-rumput'
const RIGHT = { oldPassword: PASSWORD, newPassword: NEW }

let depot: Depot
let sari: Client
/** Sari signs in with a password that an admin made up. */
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  await deliver(await depot.signIn('wati'), { location: 'GENSET', amount: 100 })
  await depot.db.update(users).set({ mustChangePassword: true }).where(eq(users.id, depot.ids.sari))
  sari = depot.visit()
  const response = await sari.submit('/login', {
    email: CAST.sari.email,
    password: PASSWORD,
    next: '/history?type=IN',
  })
  expect(response.headers.get('Location')).toBe('/history?type=IN')
})
afterAll(() => depot.close())

const mustChange = async () =>
  (await depot.db.select().from(users).where(eq(users.id, depot.ids.sari)))[0]?.mustChangePassword

describe('with a password that an admin made up', () => {
  test("every page leads to the choice of one's own, and then on", async () => {
    const asked = await sari.get('/history?type=IN')
    const leads = `${PATH}?next=${encodeURIComponent('/history?type=IN')}`
    expect([asked.status, asked.headers.get('Location')]).toEqual([303, leads])
    const html = await (await sari.get(leads)).text()
    expect(wordsOf(html)).toContain('Sari Wulandari, kata sandi yang Anda pakai dibuatkan admin.')
    expect(fieldValue(html, 'next')).toBe('/history?type=IN')
    const chosen = await sari.post(PATH, { ...hiddenFields(html, PATH), ...RIGHT })
    expect([chosen.status, chosen.headers.get('Location')]).toEqual([303, '/history?type=IN'])
    expect((await sari.get('/history?type=IN')).status).toBe(200)
    expect(await mustChange()).toBe(false)
  })

  const OPEN = new Set([
    'GET /healthz',
    'GET /readyz',
    'GET /login',
    'POST /login',
    'POST /login/forgotten',
    'POST /logout',
    'GET /account/password',
    'POST /account/password',
    'GET /api/auth/me',
    'POST /api/auth/login',
    'POST /api/auth/refresh',
    'POST /api/auth/logout',
    'POST /api/auth/password',
  ])
  const closed = routes.filter(({ method, path }) => !OPEN.has(`${method} ${path}`))

  test('nothing else can be reached, by page, fragment or program', async () => {
    expect(routes.length - closed.length).toBe(OPEN.size)
    const before = await everythingIn(depot.db)
    for (const { method, path } of closed) {
      const target = path.replace(/:id[^/]*/, '1').replace(':month', '2026-11')
      if (path.startsWith('/api/') && path !== '/api/docs') {
        const answer = await sari.api(method, target, method === 'GET' ? undefined : {})
        expect([target, answer.status]).toEqual([target, 403])
        expect((await refusalOf(answer)).error).toContain('POST /api/auth/password')
        continue
      }
      const send = (headers: Record<string, string>) =>
        method === 'GET' ? sari.get(target, headers) : sari.post(target, {}, headers)
      const page = await send({})
      expect([target, page.status]).toEqual([target, 303])
      expect(page.headers.get('Location')).toStartWith(`${PATH}?next=`)
      const fragment = await send({ 'HX-Request': 'true' })
      expect(fragment.headers.get('HX-Redirect')).toStartWith(`${PATH}?next=`)
      expect(await fragment.text()).toBe('')
    }
    const { access: _, ...after } = await everythingIn(depot.db)
    const { access: __, ...untouched } = before
    expect(after).toEqual(untouched)
  })

  test('what is not there leads to the choice too', async () => {
    const response = await sari.get('/tidak-ada')
    expect(response.headers.get('Location')).toBe(`${PATH}?next=%2Ftidak-ada`)
    expect((await sari.get('/api/tidak-ada')).status).toBe(403)
  })

  test('the page shows nothing of the depot', async () => {
    await deliver(await depot.signIn('wati'), { location: 'TUG_ASSIST', amount: 7 })
    const html = await (await sari.get(PATH)).text()
    expect(html).not.toMatch(/class="nav"|class="who"|GENSET|low-stock/)
  })

  test('a form waits for the choice, and comes back after it, filled and not booked', async () => {
    const typed = { amount: '12,5', notes: 'shift "malam"', requestId: 'sekali', formToken: 'x' }
    const from = { Referer: `${ORIGIN}/stock/out?location=GENSET` }
    const sent = await sari.post('/stock/out', typed, from)
    const html = await sent.text()
    expect(sent.status).toBe(403)
    expect(wordsOf(html)).toContain('Belum tercatat, isian Anda masih ada')
    const refused = await sari.post(PATH, {
      ...hiddenFields(html, PATH),
      ...RIGHT,
      newPassword: '',
    })
    const again = await refused.text()
    expect(refused.status).toBe(422)
    expect(hiddenFields(again, PATH).carried).toBe(hiddenFields(html, PATH).carried ?? '')
    const chosen = await sari.post(PATH, { ...hiddenFields(again, PATH), ...RIGHT })
    const filled = await chosen.text()
    expect(chosen.status).toBe(200)
    expect(wordsOf(filled)).toContain('Isian ini belum tercatat')
    expect([fieldValue(filled, 'amount'), fieldValue(filled, 'notes')]).toEqual([
      typed.amount,
      typed.notes,
    ])
    expect(await countEntries(depot.db)).toBe(1)
    const form = { ...typed, ...hiddenFields(filled, '/stock/out') }
    expect(form.requestId).toBe('sekali')
    expect((await sari.post('/stock/out', form)).status).toBe(303)
    expect(await countEntries(depot.db)).toBe(2)
  })

  test('a form that was carried through the sign-in is carried on through the choice', async () => {
    const { client, form } = await sendWithoutSession()
    const signedIn = await client.post('/login', {
      ...hiddenFields(form, '/login'),
      email: CAST.sari.email,
      password: PASSWORD,
    })
    const choice = await signedIn.text()
    expect(wordsOf(choice)).toContain('Pilih kata sandi Anda sendiri')
    const chosen = await client.post(PATH, { ...hiddenFields(choice, PATH), ...RIGHT })
    const filled = await chosen.text()
    expect(fieldValue(filled, 'amount')).toBe('12,5')
    expect(await countEntries(depot.db)).toBe(1)
    const again = { ...hiddenFields(filled, '/stock/out'), amount: '12,5' }
    const booked = await client.post('/stock/out', again)
    expect(booked.status).toBe(303)
  })

  /** A usage that is sent when nobody is signed in any more; answers the sign-in that comes instead. */
  async function sendWithoutSession() {
    const client = depot.visit()
    const response = await client.post('/stock/out', { amount: '12,5', requestId: 'sekali' })
    return { client, form: await response.text() }
  }

  test('a form comes in the place of what htmx has on the screen, with the choice in it', async () => {
    const sent = await sari.post('/stock/out', { amount: '5' }, { 'HX-Request': 'true' })
    const html = await sent.text()
    expect([sent.status, sent.headers.get('HX-Retarget'), sent.headers.get('HX-Reswap')]).toEqual([
      403,
      '#isi',
      'innerHTML',
    ])
    expect(html).toStartWith('<section class="panel sign-in"')
    expect(hiddenFields(html, PATH).carried).toContain('amount')
  })

  test('what is too much to be carried is told to be unsent, and its page comes after the choice', async () => {
    const from = { Referer: `${ORIGIN}/stock/out?location=GENSET` }
    const sent = await sari.post('/stock/out', { notes: 'x'.repeat(120_000) }, from)
    const leads = sent.headers.get('Location') ?? ''
    expect(leads).toBe(`${PATH}?next=${encodeURIComponent('/stock/out?location=GENSET')}&unsent=1`)
    const html = await (await sari.get(leads)).text()
    expect(wordsOf(html)).toContain('Isian Anda belum tercatat')
    const chosen = await sari.post(PATH, { ...hiddenFields(html, PATH), ...RIGHT })
    expect(chosen.headers.get('Location')).toBe('/stock/out?location=GENSET')
  })

  test.each([
    '{"action":"https://evil.example/","fields":[["a","b"]]}',
    '{"action":"/login","fields":[["a","b"]]}',
    '{"action":"/api/users","fields":[["a","b"]]}',
    'kacau',
  ])('a form that is none of ours is not carried: %s', async (carried) => {
    const chosen = await sari.submit(PATH, { ...RIGHT, carried, next: '/history' })
    expect([chosen.status, chosen.headers.get('Location')]).toEqual([303, '/history'])
  })

  test('the old one is asked for, and the very same is no choice', async () => {
    const wrong = await sari.submit(PATH, { ...RIGHT, oldPassword: 'solar-untuk-kapal' })
    const same = await sari.submit(PATH, { ...RIGHT, newPassword: PASSWORD })
    expect([wrong.status, same.status]).toEqual([422, 422])
    expect(wordsOf(await same.text())).toContain('Ini kata sandi yang lama.')
    expect(await mustChange()).toBe(true)
    const failed = and(
      eq(accessLogs.action, 'sign-in.failed'),
      eq(accessLogs.userId, depot.ids.sari),
    )
    expect(await depot.db.select().from(accessLogs).where(failed)).toHaveLength(1)
  })

  test('a program is told who it is, and how to go on', async () => {
    expect((await sari.get('/api/auth/me')).status).toBe(200)
    expect((await sari.api('GET', '/api/stock/summary')).status).toBe(403)
    expect((await sari.api('POST', '/api/auth/password', RIGHT)).status).toBe(200)
    expect((await sari.api('GET', '/api/stock/summary')).status).toBe(200)
    expect(await mustChange()).toBe(false)
  })

  test('the four words of a reset are one, good for nothing but the choice', async () => {
    const request = { id: 'sekali', endpoint: 'POST /users/password' }
    const by = { actor: { id: depot.ids.agus }, request }
    const { words } = await resetPassword(depot.system, by, depot.ids.sari)
    expect((await sari.get('/api/auth/me')).status).toBe(401)
    const client = depot.visit()
    const oldPassword = words ?? ''
    await client.submit('/login', { email: CAST.sari.email, password: oldPassword })
    expect((await client.get('/')).headers.get('Location')).toBe(`${PATH}?next=%2F`)
    const chosen = await client.submit(PATH, { oldPassword, newPassword: NEW })
    expect([chosen.status, chosen.headers.get('Location')]).toEqual([303, '/'])
    expect((await client.get('/')).status).toBe(200)
  })

  test('one may also leave', async () => {
    const response = await sari.submit(PATH, {})
    const html = await response.text()
    expect((await sari.post('/logout', hiddenFields(html, '/logout'))).status).toBe(303)
    expect((await sari.get('/api/auth/me')).status).toBe(401)
    expect(await mustChange()).toBe(true)
  })
})
