import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { asc, eq } from 'drizzle-orm'
import { hashPassword } from '#src/auth/passwords.ts'
import { accessLogs } from '#src/database/schema/audit.ts'
import { sessions, users } from '#src/database/schema/users.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { booksOf, everythingIn } from '#tests/support/books.ts'
import { CAST, PASSWORD } from '#tests/support/cast.ts'
import { type Client, createClient } from '#tests/support/client.ts'
import { fieldValue, hiddenFields, isMarkedWrong, wordsOf } from '#tests/support/html.ts'

const PATH = '/account/password'
const NEW = 'kuda-makan-rumput'
const RIGHT = { oldPassword: PASSWORD, newPassword: NEW }

let depot: Depot
let sari: Client
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  sari = await depot.signIn('sari')
})
afterAll(() => depot.close())

const isIn = async (client: Client): Promise<boolean> =>
  (await client.get('/api/auth/me')).status === 200
const copyOf = (client: Client): Client => createClient(depot.app, new Map(client.jar))
const login = async (password: string): Promise<number> =>
  (await depot.visit().api('POST', '/api/auth/login', { email: CAST.sari.email, password })).status
const access = () => depot.db.select().from(accessLogs).orderBy(asc(accessLogs.id))
const ownSessions = () =>
  depot.db.select().from(sessions).where(eq(sessions.userId, depot.ids.sari))

describe('a new password', () => {
  test('lets its person in, and the old one no more', async () => {
    const response = await sari.submit(PATH, RIGHT)
    expect([response.status, response.headers.get('Location')]).toEqual([
      303,
      '/account?saved=password',
    ])
    expect(wordsOf(await (await sari.get('/account?saved=password')).text())).toContain(
      'Kata sandi diganti. Sesi Anda di perangkat lain sudah berakhir.',
    )
    expect([await login(NEW), await login(PASSWORD)]).toEqual([200, 401])
  })

  test('ends every session, and the person goes on in a fresh one', async () => {
    const [elsewhere, thief, wati] = [
      await depot.signIn('sari'),
      copyOf(sari),
      await depot.signIn('wati'),
    ]
    await sari.submit(PATH, RIGHT)
    expect(await Promise.all([sari, elsewhere, thief, wati].map(isIn))).toEqual([
      true,
      false,
      false,
      true,
    ])
    const rows = await ownSessions()
    expect(rows.map(({ endReason }) => endReason).sort()).toEqual([null, 'password', 'password'])
    for (const [name, value] of thief.jar) expect(sari.jar.get(name)).not.toBe(value)
    depot.pass({ minutes: 11 })
    expect(await Promise.all([sari, thief].map(isIn))).toEqual([true, false])
  })

  test('is written down as the doing of its person, without a word of it', async () => {
    await sari.submit(PATH, RIGHT, { 'X-Real-IP': '203.0.113.7', 'User-Agent': 'peramban' })
    const { audit } = await booksOf(depot.db)
    const link = audit.at(-1)
    const { sari: id } = depot.ids
    expect(link).toMatchObject({ action: 'user.password', subject: `user:${id}`, userId: id })
    expect(await access()).toMatchObject([
      { action: 'password', userId: id, address: '203.0.113.7', userAgent: 'peramban' },
    ])
    const everything = Bun.inspect([await everythingIn(depot.db), depot.lines], { depth: 9 })
    expect(everything).toContain('peramban')
    expect(everything).not.toContain(PASSWORD)
    expect(everything).not.toContain(NEW)
  })

  test('leads on to the page that was asked for, and to no other site', async () => {
    const onward = await sari.submit(PATH, { ...RIGHT, next: '/history?type=IN' })
    expect(onward.headers.get('Location')).toBe('/history?type=IN')
    const away = { oldPassword: NEW, newPassword: PASSWORD, next: '//evil.example' }
    expect((await sari.submit(PATH, away)).headers.get('Location')).toBe('/')
  })

  test('carries on what is still to be told of a stolen token', async () => {
    const at = new Date('2026-11-22T01:02:03.004Z')
    await depot.db.update(sessions).set({ reuseNoticedAt: at })
    await sari.submit(PATH, RIGHT)
    const alive = (await ownSessions()).filter(({ endedAt }) => endedAt === null)
    expect(alive).toMatchObject([{ reuseNoticedAt: at }])
  })
})

describe('a wrong old password', () => {
  test('is told at its field, changes nothing and counts as a failed sign-in', async () => {
    const { access: _, ...before } = await everythingIn(depot.db)
    const response = await sari.submit(PATH, { ...RIGHT, oldPassword: 'solar-untuk-kapal' })
    const html = await response.text()
    expect(response.status).toBe(422)
    expect(isMarkedWrong(html, 'oldPassword')).toBe(true)
    expect(isMarkedWrong(html, 'newPassword')).toBe(false)
    expect(wordsOf(html)).toContain('Kata sandi ini salah.')
    expect([fieldValue(html, 'oldPassword'), fieldValue(html, 'newPassword')]).toEqual(['', ''])
    const { access: log, ...after } = await everythingIn(depot.db)
    expect(after).toEqual(before)
    expect(log).toMatchObject([
      { action: 'sign-in.failed', userId: depot.ids.sari, detail: CAST.sari.email },
    ])
    expect(await isIn(sari)).toBe(true)
  })

  test('is refused too where it is one only by its beginning, or is too long to be one', async () => {
    for (const oldPassword of [PASSWORD.slice(0, -1), `${PASSWORD}x`, PASSWORD.repeat(20)])
      expect((await sari.submit(PATH, { ...RIGHT, oldPassword })).status).toBe(422)
    expect(await access()).toHaveLength(3)
    expect(await login(PASSWORD)).toBe(200)
  })
})

describe('an unfit new password', () => {
  test.each([
    ['', 'paling sedikit 10 huruf'],
    ['pendek', 'paling sedikit 10 huruf'],
    ['kuda-'.repeat(13), 'paling banyak 64 huruf'],
    ['password123', 'paling sering dipakai'],
    ['sari-makan-rumput', 'memuat nama atau email'],
    [PASSWORD, 'Ini kata sandi yang lama.'],
  ])('%j is refused at its field, which says how to do better', async (newPassword, sentence) => {
    const before = await everythingIn(depot.db)
    const response = await sari.submit(PATH, { oldPassword: PASSWORD, newPassword })
    const html = await response.text()
    expect(response.status).toBe(422)
    expect([isMarkedWrong(html, 'oldPassword'), isMarkedWrong(html, 'newPassword')]).toEqual([
      false,
      true,
    ])
    expect(wordsOf(html)).toContain(sentence)
    expect(await everythingIn(depot.db)).toEqual(before)
  })

  test('is told together with a wrong old one', async () => {
    const both = { oldPassword: 'solar-untuk-kapal', newPassword: 'password123' }
    const html = await (await sari.submit(PATH, both)).text()
    expect(wordsOf(html)).toContain('Dua isian perlu diperbaiki')
  })

  test('uses up no key: the same form may be sent again', async () => {
    const hidden = hiddenFields(await (await sari.get(PATH)).text(), PATH)
    const refused = await sari.post(PATH, { ...hidden, ...RIGHT, newPassword: 'password123' })
    expect(hiddenFields(await refused.text(), PATH)).toEqual(hidden)
    expect((await sari.post(PATH, { ...hidden, ...RIGHT })).status).toBe(303)
  })
})

describe('the form sent twice', () => {
  test('at once changes the password once, and each answer leads into the same session', async () => {
    const hidden = hiddenFields(await (await sari.get(PATH)).text(), PATH)
    const tabs = Array.from({ length: 6 }, () => copyOf(sari))
    const answers = await Promise.all(tabs.map((tab) => tab.post(PATH, { ...hidden, ...RIGHT })))
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(303))
    expect(await Promise.all(tabs.map(isIn))).toEqual(Array(6).fill(true))
    expect(new Set(tabs.map(({ jar }) => jar.get('bbm_refresh_4111'))).size).toBe(1)
    expect(await ownSessions()).toHaveLength(2)
    const { audit } = await booksOf(depot.db)
    expect(audit.filter(({ action }) => action === 'user.password')).toHaveLength(1)
    expect((await access()).map(({ action }) => action)).toEqual(['password'])
  })

  test('with other passwords later says that the password was changed, and how to go on', async () => {
    const hidden = hiddenFields(await (await sari.get(PATH)).text(), PATH)
    expect((await sari.post(PATH, { ...hidden, ...RIGHT })).status).toBe(303)
    const { formToken = '' } = hiddenFields(await (await sari.get(PATH)).text(), PATH)
    const again = { oldPassword: NEW, newPassword: 'ikan-terbang-tinggi' }
    const refused = await sari.post(PATH, { ...hidden, ...again, formToken })
    expect(refused.status).toBe(409)
    const html = await refused.text()
    expect(wordsOf(html)).toContain('Kiriman sebelumnya sudah mengganti kata sandi Anda.')
    expect((await sari.post(PATH, { ...again, ...hiddenFields(html, PATH) })).status).toBe(303)
  })

  test('with other passwords under one key is no repeat', async () => {
    const hidden = hiddenFields(await (await sari.get(PATH)).text(), PATH)
    const thief = copyOf(sari)
    const own = sari.post(PATH, { ...hidden, ...RIGHT })
    const other = thief.post(PATH, { ...hidden, ...RIGHT, newPassword: 'ikan-terbang-tinggi' })
    const statuses = (await Promise.all([own, other])).map(({ status }) => status).sort()
    expect(statuses[0]).toBe(303)
    expect([401, 409, 422]).toContain(statuses[1] ?? 0)
    expect((await ownSessions()).filter(({ endedAt }) => endedAt === null)).toHaveLength(1)
  })
})

test('two tabs that each choose another password leave one of them, and one session', async () => {
  const [one, two] = [copyOf(sari), copyOf(sari)]
  const answers = await Promise.all([
    one.submit(PATH, RIGHT),
    two.submit(PATH, { ...RIGHT, newPassword: 'ikan-terbang-tinggi' }),
  ])
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
  expect((await ownSessions()).filter(({ endedAt }) => endedAt === null)).toHaveLength(1)
  expect([await login(NEW), await login('ikan-terbang-tinggi')].sort()).toEqual([200, 401])
})

test('a password that an admin gives at the same moment is the one that counts', async () => {
  const hidden = hiddenFields(await (await sari.get(PATH)).text(), PATH)
  // Between the comparison of the old password and the write.
  const passwordHash = await hashPassword('perahu-di-danau')
  const own = sari.post(PATH, { ...hidden, ...RIGHT })
  await depot.db.update(users).set({ passwordHash }).where(eq(users.id, depot.ids.sari))
  expect([303, 422]).toContain((await own).status)
  expect([await login(NEW), await login('perahu-di-danau')]).toEqual([401, 200])
})

describe('the page', () => {
  test('is the same for htmx without its frame, and names the account it is for', async () => {
    const page = await (await sari.get(PATH)).text()
    expect(page).toContain(`value="${CAST.sari.email}" autocomplete="username"`)
    expect(page).toMatch(/name="oldPassword"[^>]*autocomplete="current-password"/)
    expect(page).toMatch(/name="newPassword"[^>]*autocomplete="new-password"/)
    expect(page).not.toMatch(/name="(old|new)Password"[^>]*maxlength/)
    expect(await (await sari.fragment(PATH)).text()).toStartWith('<div class="page-head">')
  })

  test('is behind the sign-in', async () => {
    const response = await depot.visit().get(PATH)
    expect(response.headers.get('Location')).toBe('/login?next=%2Faccount%2Fpassword')
  })

  test('without its token comes back with a fresh one, and changes nothing until it is sent again', async () => {
    for (const formToken of ['', 'x'.repeat(43)]) {
      const response = await sari.post(PATH, { ...RIGHT, formToken, next: '/history' })
      const html = await response.text()
      expect(response.status).toBe(403)
      expect(fieldValue(html, 'newPassword')).toBe('')
      expect(html).not.toContain(NEW)
      expect(hiddenFields(html, PATH)).toMatchObject({ next: '/history' })
      expect(await login(PASSWORD)).toBe(200)
    }
    expect((await sari.submit(PATH, RIGHT)).status).toBe(303)
  })

  test('sent without a session is carried through the sign-in without the passwords', async () => {
    const response = await depot.visit().post(PATH, { ...RIGHT, requestId: 'x' })
    const html = await response.text()
    expect(html).not.toContain(NEW)
    expect(html).not.toContain(PASSWORD)
    expect(await login(PASSWORD)).toBe(200)
  })
})
