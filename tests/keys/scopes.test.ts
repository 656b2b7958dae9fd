import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { accessLogs } from '#src/database/schema/audit.ts'
import { apiKeys } from '#src/database/schema/users.ts'
import { dataOf, EntryJson, HistoryJson, refusalOf } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { booksOf, countEntries, deliver, everythingIn } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'
import { bearer, makeKey } from '#tests/support/programs.ts'

let depot: Depot
let agus: Client
/** It keeps no cookie: what it may do comes from the headers of each request. */
let program: Client
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  agus = await depot.signIn('agus')
  program = depot.visit()
  const wati = await depot.signIn('wati')
  await deliver(wati, { location: 'GENSET', amount: 1000 })
  await deliver(wati, { location: 'TUG_ASSIST', amount: 1000 })
})
afterAll(() => depot.close())

const READS = [
  '/api/stock/summary',
  '/api/stock/history',
  '/api/stock/trend',
  '/api/reports/2026-11',
  '/api/stock/export?format=csv',
]
const usage = { amount: '12.5' }

describe('a key that reads', () => {
  test('all locations sees both of them by every way there is', async () => {
    const { headers } = await makeKey(agus, { scope: 'read' })
    for (const path of READS) {
      const response = await program.get(path, headers)
      expect([path, response.status]).toEqual([path, 200])
      const text = await response.text()
      expect(text).toContain('GENSET')
      expect(text).toContain('TUG_ASSIST')
    }
  })

  test('one location sees nothing of another', async () => {
    const { headers } = await makeKey(agus, { scope: 'read', location: 'GENSET' })
    for (const path of READS) {
      const response = await program.get(path, headers)
      expect([path, response.status]).toEqual([path, 200])
      const text = await response.text()
      expect(text).toContain('GENSET')
      expect(text).not.toContain('TUG_ASSIST')
      const other = `${path}${path.includes('?') ? '&' : '?'}location=TUG_ASSIST`
      expect([path, (await program.get(other, headers)).status]).toEqual([path, 403])
    }
    const body = { location: 'TUG_ASSIST' }
    const asked = await program.api('POST', '/api/stock/export', body, headers)
    expect(asked.status).toBe(403)
  })

  test('books and corrects nothing', async () => {
    const { headers } = await makeKey(agus, { scope: 'read' })
    const before = await booksOf(depot.db)
    const [entry] = before.entries
    const correction = { entryId: entry?.id, reason: 'salah ketik' }
    const body = { ...usage, location: 'GENSET' }
    for (const answer of [
      await program.api('POST', '/api/stock/out', body, headers),
      await program.api('POST', '/api/stock/in', body, headers),
      await program.api('POST', '/api/stock/corrections', correction, headers),
    ]) {
      expect(answer.status).toBe(403)
      expect((await refusalOf(answer)).error).toBe('Kunci API ini tidak boleh melakukan ini.')
    }
    expect(await booksOf(depot.db)).toEqual(before)
  })
})

describe('a key that books', () => {
  test('records usage and deliveries at its location, named or not', async () => {
    const { headers } = await makeKey(agus, { scope: 'book', location: 'GENSET' })
    for (const body of [usage, { ...usage, location: 'GENSET' }]) {
      const out = await program.api('POST', '/api/stock/out', body, headers)
      expect(out.status).toBe(201)
      expect(await dataOf(out, EntryJson)).toMatchObject({
        location: 'GENSET',
        userName: 'Flow meter',
      })
      expect((await program.api('POST', '/api/stock/in', body, headers)).status).toBe(201)
    }
  })

  test('is held to the rules of the ledger', async () => {
    const { headers } = await makeKey(agus, { scope: 'book', location: 'GENSET' })
    const post = (body: unknown, key = 'satu') =>
      program.api('POST', '/api/stock/out', body, { ...headers, 'Idempotency-Key': key })
    expect((await post({ amount: 1001 })).status).toBe(422)
    // Like a clerk: from the start of the day before.
    expect((await post({ ...usage, occurredAt: '2026-11-21T23:59' })).status).toBe(422)
    expect((await post({ ...usage, occurredAt: '2026-11-23T14:06' })).status).toBe(422)
    const before = await countEntries(depot.db)
    expect((await post(usage)).status).toBe(201)
    expect((await post(usage)).status).toBe(200)
    expect((await post({ amount: 1 })).status).toBe(409)
    expect(await countEntries(depot.db)).toBe(before + 1)
    // A key of a request is good for one sender only.
    const other = await makeKey(agus, { scope: 'book', location: 'GENSET' })
    const taken = { ...other.headers, 'Idempotency-Key': 'satu' }
    expect((await program.api('POST', '/api/stock/out', usage, taken)).status).toBe(409)
  })

  test('does nothing else: it reads, corrects, opens and exports nothing, and reaches no other place', async () => {
    const { headers } = await makeKey(agus, { scope: 'book', location: 'GENSET' })
    const own = await program.api('POST', '/api/stock/out', usage, headers)
    const { id: entryId } = await dataOf(own, EntryJson)
    const before = await booksOf(depot.db)
    for (const path of READS)
      expect([path, (await program.get(path, headers)).status]).toEqual([path, 403])
    const writes: [string, unknown][] = [
      ['/api/stock/corrections', { entryId, reason: 'salah ketik' }],
      ['/api/stock/in', { ...usage, kind: 'opening', occurredAt: '2026-11-22T08:00' }],
      ['/api/stock/in', { ...usage, location: 'TUG_ASSIST' }],
      ['/api/stock/out', { ...usage, location: 'TUG_ASSIST' }],
      ['/api/stock/export', {}],
    ]
    for (const [path, body] of writes)
      expect([path, (await program.api('POST', path, body, headers)).status]).toEqual([path, 403])
    expect(await booksOf(depot.db)).toEqual(before)
  })
})

describe.each(['read', 'book'] as const)('a key to %s', (scope) => {
  const location = 'GENSET'

  test('reaches no page: a browser that sends it is led to the sign-in', async () => {
    const { headers } = await makeKey(agus, { scope, location })
    for (const path of ['/', '/history', '/stock/out', '/keys', '/settings', '/api/docs']) {
      const response = await program.get(path, headers)
      expect([path, response.status]).toEqual([path, 303])
      expect(response.headers.get('Location')).toBe(`/login?next=${encodeURIComponent(path)}`)
    }
    const before = await countEntries(depot.db)
    const form = await program.post('/stock/out', { amount: '1' }, headers)
    expect(form.status).toBe(403)
    expect(await form.text()).toContain('action="/login"')
    expect(await countEntries(depot.db)).toBe(before)
    // Nor does it stand in the way of whoever is signed in.
    expect((await agus.get('/keys', headers)).status).toBe(200)
  })

  test('starts and ends no session', async () => {
    const { headers } = await makeKey(agus, { scope, location })
    const credentials = { email: 'wati@depo.example', password: 'solar-untuk-genset' }
    for (const path of ['login', 'refresh', 'logout']) {
      const response = await program.api('POST', `/api/auth/${path}`, credentials, headers)
      expect([path, response.status]).toEqual([path, 403])
      expect(response.headers.getSetCookie()).toEqual([])
    }
    expect((await program.get('/api/auth/me', headers)).status).toBe(403)
  })

  test('is refused by what does not exist as if it did not', async () => {
    const { headers } = await makeKey(agus, { scope, location })
    expect((await program.get('/api/tidak-ada', headers)).status).toBe(404)
  })

  test('that is refused leaves a line with its name', async () => {
    const { headers } = await makeKey(agus, { scope, location })
    await program.get('/api/users', headers)
    const { access, users } = await everythingIn(depot.db)
    const last = access.at(-1)
    expect(last).toMatchObject({ action: 'refused', detail: 'GET /api/users' })
    expect(users.find(({ id }) => id === last?.userId)?.name).toBe('Flow meter')
  })
})

describe('an Authorization header', () => {
  const BAD = [
    '',
    'Bearer',
    'Bearer ',
    'Basic YWd1czpydQ==',
    `Bearer bbm_${'0'.repeat(40)}`,
    `Bearer bbm_${'0'.repeat(39)}`,
    `Bearer bbm_${'0'.repeat(41)}`,
    `Bearer ${'0'.repeat(40)}`,
    "Bearer bbm_' or 1=1 -- ",
    `Bearer ${'x'.repeat(300)}`,
  ]

  test.each(BAD)(
    'that holds no key of ours is 401, with a session beside it too: %p',
    async (header) => {
      for (const client of [program, agus]) {
        for (const path of ['/api/stock/summary', '/api/users', '/api/tidak-ada', '/api']) {
          const response = await client.get(path, { Authorization: header })
          expect([path, response.status]).toEqual([path, 401])
          expect(response.headers.get('WWW-Authenticate')).toContain('error="invalid_token"')
          expect(response.headers.getSetCookie()).toEqual([])
          expect((await refusalOf(response)).error).toStartWith('Kunci API ini tidak berlaku.')
        }
        const signIn = await client.api('POST', '/api/auth/login', {}, { Authorization: header })
        expect(signIn.status).toBe(401)
      }
    },
  )

  test('with a good key counts alone: no cookie lends it anything', async () => {
    const { headers } = await makeKey(agus, { scope: 'book', location: 'GENSET' })
    expect((await agus.get('/api/users', headers)).status).toBe(403)
    expect((await agus.get('/api/stock/history', headers)).status).toBe(403)
    const booked = await agus.api('POST', '/api/stock/out', usage, headers)
    expect((await dataOf(booked, EntryJson)).userName).toBe('Flow meter')
  })

  test('names its scheme in any case, and two keys are none', async () => {
    const { secret } = await makeKey(agus, { scope: 'read' })
    const ask = async (Authorization: string) =>
      (await program.get('/api/stock/summary', { Authorization })).status
    expect(await ask(`bearer ${secret}`)).toBe(200)
    expect(await ask(`BEARER  ${secret}`)).toBe(200)
    expect(await ask(`Bearer ${secret}, Bearer ${secret}`)).toBe(401)
    expect(await ask(`Bearer ${secret} ${secret}`)).toBe(401)
    expect(await ask(secret)).toBe(401)
    expect(await ask(`Bearer ${secret.toUpperCase()}`)).toBe(401)
  })

  test('is asked for where there is none', async () => {
    const response = await program.get('/api/stock/summary')
    expect(response.status).toBe(401)
    expect(response.headers.get('WWW-Authenticate')).toBe('Bearer realm="Monitoring BBM"')
  })

  test('of a browser on another site is still from another site', async () => {
    const { headers } = await makeKey(agus, { scope: 'book', location: 'GENSET' })
    const foreign = { ...headers, Origin: 'https://lain.example' }
    expect((await program.api('POST', '/api/stock/out', usage, foreign)).status).toBe(403)
  })
})

describe('who', () => {
  test('is the name of the key: in the history, its filter, the audit trail and an export', async () => {
    const { headers } = await makeKey(agus, { scope: 'book', location: 'GENSET', name: 'Meter 7' })
    await makeKey(agus, { scope: 'read', name: 'Papan tampil' })
    await program.api('POST', '/api/stock/out', usage, headers)
    const history = await (await agus.get('/history')).text()
    expect(history).toMatch(/<td class="c-who">Meter 7<\/td>/)
    expect(history).toMatch(/<option value="\d+">Meter 7<\/option>/)
    expect(history).not.toContain('Papan tampil')
    expect(await (await agus.get('/audit')).text()).toContain('>Meter 7</td>')
    expect(await (await agus.get('/stock/export?format=csv')).text()).toContain('Meter 7')
    const { data } = HistoryJson.parse(await (await agus.get('/api/stock/history')).json())
    expect(data[0]?.userName).toBe('Meter 7')
  })

  test('took a file is written down', async () => {
    const { id, headers } = await makeKey(agus, { scope: 'read' })
    await (await program.get('/api/stock/export?format=csv', headers)).text()
    const [key] = await depot.db.select().from(apiKeys).where(eq(apiKeys.id, id))
    const noted = await depot.db.select().from(accessLogs).where(eq(accessLogs.action, 'export'))
    expect(noted.map(({ userId }) => userId)).toEqual([key?.userId ?? 0])
  })
})

describe('the account of a key', () => {
  test('is nobody to sign in as, to list or to change', async () => {
    const { secret, id } = await makeKey(agus, { scope: 'read' })
    const { users } = await everythingIn(depot.db)
    const [key] = await depot.db.select().from(apiKeys).where(eq(apiKeys.id, id))
    const account = users.find((user) => user.id === key?.userId)
    expect(account).toMatchObject({ builtIn: true, passwordHash: null })
    const email = account?.email ?? ''
    for (const password of [secret, '', 'solar-untuk-genset']) {
      const response = await program.api('POST', '/api/auth/login', { email, password })
      expect(response.status).toBe(401)
    }
    expect(await (await agus.get('/api/users')).text()).not.toContain(email)
    for (const body of [{ password: 'sepuluh-huruf-lebih' }, { role: 'admin' }]) {
      const changed = await agus.api('PATCH', `/api/users/${account?.id}`, body)
      expect(changed.status).toBe(404)
    }
    expect((await agus.api('DELETE', `/api/users/${account?.id}`)).status).toBe(404)
    expect((await everythingIn(depot.db)).users).toEqual(users)
  })
})

describe('the use of a key', () => {
  const lastUse = async (id: number) =>
    (await depot.db.select().from(apiKeys).where(eq(apiKeys.id, id)))[0]?.lastUsedAt ?? null

  test('is written down once a minute', async () => {
    const { id, headers } = await makeKey(agus, { scope: 'read' })
    expect(await lastUse(id)).toBeNull()
    const start = depot.clock.now
    await Promise.all(Array.from({ length: 5 }, () => program.get('/api/stock/summary', headers)))
    expect(await lastUse(id)).toEqual(start)
    depot.pass({ seconds: 59 })
    await program.get('/api/stock/summary', headers)
    expect(await lastUse(id)).toEqual(start)
    depot.pass({ seconds: 1 })
    await program.get('/api/stock/summary', headers)
    expect(await lastUse(id)).toEqual(depot.clock.now)
  })

  test('ends at once with its revocation, which is final', async () => {
    const { id, headers, secret } = await makeKey(agus, { scope: 'read' })
    expect((await program.get('/api/stock/summary', headers)).status).toBe(200)
    expect((await agus.api('DELETE', `/api/keys/${id}`)).status).toBe(200)
    const used = await lastUse(id)
    depot.pass({ minutes: 5 })
    for (let time = 0; time < 3; time++) {
      const response = await program.get('/api/stock/summary', headers)
      expect(response.status).toBe(401)
    }
    expect(await lastUse(id)).toEqual(used)
    const { access, users } = await everythingIn(depot.db)
    const noted = access.filter(({ action }) => action === 'key.refused')
    expect(noted.map(({ detail }) => detail)).toEqual([secret.slice(0, 12)])
    expect(users.find((user) => user.id === noted[0]?.userId)?.name).toBe('Flow meter')
    depot.pass({ minutes: 1 })
    await program.get('/api/stock/summary', bearer(secret))
    const later = (await everythingIn(depot.db)).access
    expect(later.filter(({ action }) => action === 'key.refused')).toHaveLength(2)
  })
})
