import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { desc, eq } from 'drizzle-orm'
import { IMPORT_ACCOUNT_EMAIL } from '#src/company.ts'
import { accessLogs } from '#src/database/schema/audit.ts'
import { sessions, users } from '#src/database/schema/users.ts'
import { inTransaction } from '#src/database/transaction.ts'
import { localPath } from '#src/http/local-path.ts'
import { dataOf, MeJson, refusalOf } from '#tests/support/answers.ts'
import { type Depot, ORIGIN, openDepot } from '#tests/support/app.ts'
import { CAST, PASSWORD } from '#tests/support/cast.ts'
import { createClient } from '#tests/support/client.ts'
import { fieldValue } from '#tests/support/html.ts'

let depot: Depot
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
})
afterAll(() => depot.close())

/** For a password to be compared. */
const LONG_ENOUGH_MS = 1_000
const RIGHT = { email: CAST.sari.email, password: PASSWORD }

const WRONG: [string, { email: string; password: string }][] = [
  ['a wrong password', { ...RIGHT, password: 'solar-untuk-kapal' }],
  ['an unknown address', { ...RIGHT, email: 'siapa@depo.example' }],
  ['an inactive account', { ...RIGHT, email: CAST.dewi.email }],
  ['the built-in account of imports', { ...RIGHT, email: IMPORT_ACCOUNT_EMAIL }],
  ['an empty password', { ...RIGHT, password: '' }],
  ['nothing at all', { email: '', password: '' }],
  ['a password of more than 72 bytes', { ...RIGHT, password: `${PASSWORD}${'x'.repeat(72)}` }],
  ['a password with NUL', { ...RIGHT, password: `${PASSWORD}\0` }],
  ['an address that is SQL', { ...RIGHT, email: "' or 1=1 -- " }],
]

describe('signing in', () => {
  test('with the right password leads home and keeps the person signed in', async () => {
    const client = depot.visit()
    const response = await client.submit('/login', RIGHT)
    expect([response.status, response.headers.get('Location')]).toEqual([303, '/'])
    expect(await (await client.get('/')).text()).toContain('Sari Wulandari')
  })

  test('takes the address in capitals and with blanks around it', async () => {
    const client = depot.visit()
    const response = await client.submit('/login', { ...RIGHT, email: ' SARI@Depo.Example ' })
    expect(response.status).toBe(303)
  })

  test.each(WRONG)(
    'is refused for %s with the one sentence and opens no session',
    async (_, wrong) => {
      const client = depot.visit()
      const page = await client.submit('/login', { ...wrong, next: '/history' })
      const html = await page.text()
      expect(page.status).toBe(422)
      expect(html).toContain('Email atau kata sandi salah.')
      expect(html).toContain('role="alert"')
      expect(fieldValue(html, 'email')).toBe(wrong.email)
      expect(fieldValue(html, 'password')).toBe('')
      expect(fieldValue(html, 'next')).toBe('/history')
      const answer = await client.api('POST', '/api/auth/login', wrong)
      expect(answer.status).toBe(401)
      expect((await refusalOf(answer)).error).toBe('Email atau kata sandi salah.')
      expect(await depot.db.select().from(sessions)).toEqual([])
      expect([...client.jar.keys()]).toEqual(['bbm_visitor_4111'])
    },
  )

  test('takes no password that differs after the 72nd byte', async () => {
    const agus = await depot.signIn('agus')
    const password = `kuda-makan-rumput-${'\u00e9'.repeat(27)}`
    const body = { email: 'lama@depo.example', name: 'Lama', role: 'supervisor', password }
    expect((await agus.api('POST', '/api/users', body)).status).toBe(201)
    const login = (typed: string) =>
      depot.visit().api('POST', '/api/auth/login', { email: body.email, password: typed })
    expect((await login(password)).status).toBe(200)
    expect((await login(`${password}x`)).status).toBe(401)
  })

  test('writes down successes and failures with address and browser, and never a password', async () => {
    const headers = { 'X-Real-IP': '203.0.113.7', 'User-Agent': 'peramban' }
    const client = depot.visit()
    await client.submit('/login', { ...RIGHT, password: 'salah-sekali' }, headers)
    await client.submit('/login', RIGHT, headers)
    const rows = await depot.db.select().from(accessLogs).orderBy(desc(accessLogs.id))
    expect(rows.map(({ action }) => action)).toEqual(['sign-in', 'sign-in.failed'])
    const { sari } = depot.ids
    expect(rows[0]).toMatchObject({ userId: sari, address: '203.0.113.7', userAgent: 'peramban' })
    expect(JSON.stringify([rows, depot.lines])).not.toMatch(/salah-sekali|solar-untuk/)
  })

  test('by a program answers the person and the cookies', async () => {
    const client = depot.visit()
    const response = await client.api('POST', '/api/auth/login', RIGHT)
    const user = { id: depot.ids.sari, email: RIGHT.email, name: 'Sari Wulandari' }
    const expected = { user: { ...user, role: 'operasional' as const, location: 'GENSET' } }
    expect(await dataOf(response, MeJson)).toEqual(expected)
    expect([...client.jar.keys()].sort()).toEqual([
      'bbm_access_4111',
      'bbm_browser_4111',
      'bbm_refresh_4111',
    ])
    expect(await dataOf(await client.get('/api/auth/me'), MeJson)).toEqual(expected)
  })

  test.each([
    ['left out', {}],
    ['numbers', { email: 1, password: 2 }],
    ['lists', { email: ['a'], password: ['b'] }],
    ['null', { email: null, password: null }],
    ['too long', { email: `${'a'.repeat(300)}@x.id`, password: 'x'.repeat(1001) }],
  ])('by a program with fields that are %s is refused at the fields', async (_, body) => {
    const response = await depot.visit().api('POST', '/api/auth/login', body)
    expect(response.status).toBe(422)
    expect(Object.keys((await refusalOf(response)).details).sort()).toEqual(['email', 'password'])
  })

  test('once more as somebody who is signed in leads on', async () => {
    const sari = await depot.signIn('sari')
    const response = await sari.get('/login?next=/history')
    expect([response.status, response.headers.get('Location')]).toEqual([303, '/history'])
  })

  test('by a program ends the session that its cookies were of', async () => {
    const client = await depot.signIn('agus')
    const before = createClient(depot.app, new Map(client.jar))
    expect((await client.api('POST', '/api/auth/login', RIGHT)).status).toBe(200)
    expect((await client.get('/api/auth/me')).status).toBe(200)
    expect((await before.get('/api/auth/me')).status).toBe(401)
  })

  test.each([
    ['another password', { passwordHash: 'x'.repeat(60) }],
    ['no account any more', { active: false }],
  ])('opens nothing where there is %s once it has been compared', async (_, change) => {
    const isSari = eq(users.id, depot.ids.sari)
    const answer = await inTransaction(depot.root.db, async (tx) => {
      await tx.update(users).set(change).where(isSari)
      // Looks at the account as it was, and waits for this transaction before it goes on.
      const comparing = depot.visit().api('POST', '/api/auth/login', RIGHT)
      await Bun.sleep(LONG_ENOUGH_MS)
      return { comparing }
    })
    expect((await answer.comparing).status).toBe(401)
    expect(await depot.db.select().from(sessions)).toEqual([])
    const [noted] = await depot.db.select().from(accessLogs)
    expect(noted?.action).toBe('sign-in.failed')
  })

  test('many at once opens a session for each', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => depot.visit().api('POST', '/api/auth/login', RIGHT)),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200))
    expect(await depot.db.select().from(sessions)).toHaveLength(10)
  })
})

describe('after signing in, next', () => {
  test('leads back to the page that was asked for, with its filter', async () => {
    const client = depot.visit()
    const asked = await client.get('/history?type=IN&search=a%26b')
    const login = asked.headers.get('Location') ?? ''
    expect(asked.status).toBe(303)
    const next = fieldValue(await (await client.get(login)).text(), 'next') ?? ''
    const response = await client.submit('/login', { ...RIGHT, next })
    expect(response.headers.get('Location')).toBe('/history?type=IN&search=a%26b')
  })

  test.each([
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    'https://evil.example',
    'https:evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    '/..//evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    '/%0d%0aSet-Cookie:x=1\r\nX: y',
    '/\r\nX: y',
    'evil.example',
    ' /history',
    '',
    '/\u00e9',
    '/\u2028/evil.example',
    '///evil.example',
    '/\\/evil.example',
    '/a\\..\\..//evil.example',
    '/%5c..//evil.example/..//evil.example\\',
    '@evil.example',
    ':80/evil.example',
  ])('of %j never leads to another site', async (next) => {
    const client = depot.visit()
    const response = await client.submit('/login', { ...RIGHT, next })
    expect([response.status, response.headers.get('Location')]).toEqual([303, '/'])
    const shown = await depot.visit().get(`/login?next=${encodeURIComponent(next)}`)
    expect(fieldValue(await shown.text(), 'next')).toBe('/')
  })

  test.each([
    ['/%2f..', '/%2f..'],
    ['/%2f%2fevil.example', '/%2f%2fevil.example'],
    ['/%5cevil.example', '/%5cevil.example'],
    ['/a/../history', '/history'],
    ['/history#//evil.example', '/history'],
    ['/@evil.example', '/@evil.example'],
  ])('of %j stays %j, a path of ours', async (next, path) => {
    const response = await depot.visit().submit('/login', { ...RIGHT, next })
    expect(response.headers.get('Location')).toBe(path)
    expect(new URL(path, ORIGIN).origin).toBe(ORIGIN)
  })

  test('keeps an escaped line break escaped', () => {
    expect(localPath('/history?search=%0d%0aX')).toBe('/history?search=%0d%0aX')
  })
})
