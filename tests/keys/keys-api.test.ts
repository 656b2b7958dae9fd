import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { z } from 'zod'
import { hashToken } from '#src/auth/tokens.ts'
import { apiKeys } from '#src/database/schema/users.ts'
import { dataOf, refusalOf } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { booksOf, everythingIn } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'
import { KeyJson, MadeKeyJson, makeKey } from '#tests/support/programs.ts'

let depot: Depot
let agus: Client
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  agus = await depot.signIn('agus')
})
afterAll(() => depot.close())

const METER = { name: ' Flow meter 1 ', scope: 'book', location: 'GENSET' }
const ONCE = { 'Idempotency-Key': 'sekali' }
const make = (body: unknown, headers = {}) => agus.api('POST', '/api/keys', body, headers)
const list = async () => dataOf(await agus.get('/api/keys'), z.array(KeyJson))
const keyChanges = async () =>
  (await booksOf(depot.db)).audit.filter(({ subject }) => subject.startsWith('key:'))

describe('a new key', () => {
  test('is shown once, listed without what makes it one, and kept as a hash', async () => {
    const response = await make(METER)
    expect(response.status).toBe(201)
    const { key, ...made } = await dataOf(response, MadeKeyJson)
    expect(key).toMatch(/^bbm_[0-9a-f]{40}$/)
    expect(made).toMatchObject({
      name: 'Flow meter 1',
      scope: 'book',
      location: 'GENSET',
      prefix: key?.slice(0, 12),
      createdAt: '2026-11-23T06:05:00.000Z',
      createdBy: 'Agus Pratama',
      lastUsedAt: null,
      revokedAt: null,
    })
    expect(await list()).toEqual([made])
    const [row] = await depot.db.select().from(apiKeys)
    expect(row?.hash).toBe(hashToken(key ?? ''))
    const secret = key?.slice(12) ?? 'none'
    const everything = JSON.stringify(
      { ...(await everythingIn(depot.db)), keys: await depot.db.select().from(apiKeys) },
      (_, value) => (typeof value === 'bigint' ? String(value) : value),
    )
    expect(everything).not.toContain(secret)
    expect(JSON.stringify(depot.lines)).not.toContain(secret)
  })

  test('stands in the audit trail of the administration with its maker', async () => {
    const { id } = await makeKey(agus, { scope: 'read' })
    const [link, ...others] = await keyChanges()
    expect(others).toEqual([])
    expect(link).toMatchObject({
      chain: 'administration',
      action: 'key.create',
      subject: `key:${id}`,
      userId: depot.ids.agus,
      before: null,
    })
    expect(JSON.parse(link?.after ?? '')).toMatchObject({ name: 'Flow meter', scope: 'read' })
  })

  test('never equals another one', async () => {
    const made = [await makeKey(agus, { scope: 'read' }), await makeKey(agus, { scope: 'read' })]
    expect(new Set(made.map(({ secret }) => secret)).size).toBe(2)
    expect(new Set(made.map(({ secret }) => secret.slice(0, 12))).size).toBe(2)
  })

  test('asked for many times at once under one key is made once, and everybody is shown the same', async () => {
    const before = await everythingIn(depot.db)
    const answers = await Promise.all(Array.from({ length: 8 }, () => make(METER, ONCE)))
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(7).fill(200), 201])
    const keys = await Promise.all(answers.map((answer) => dataOf(answer, MadeKeyJson)))
    expect(new Set(keys.map(({ key }) => key)).size).toBe(1)
    expect(keys[0]?.key).toMatch(/^bbm_/)
    const after = await everythingIn(depot.db)
    expect(after.users).toHaveLength(before.users.length + 1)
    expect(await depot.db.select().from(apiKeys)).toHaveLength(1)
    expect(await keyChanges()).toHaveLength(1)
  })

  test('asked for again is shown again for ten minutes, and never once it is revoked', async () => {
    const first = await dataOf(await make(METER, ONCE), MadeKeyJson)
    depot.pass({ minutes: 10 })
    expect((await dataOf(await make(METER, ONCE), MadeKeyJson)).key).toBe(first.key)
    depot.pass({ seconds: 1 })
    const late = await make(METER, ONCE)
    expect(late.status).toBe(200)
    expect(await dataOf(late, MadeKeyJson)).toEqual({ ...first, key: null })
    const other = { 'Idempotency-Key': 'lain' }
    const { id } = await dataOf(await make(METER, other), MadeKeyJson)
    await agus.api('DELETE', `/api/keys/${id}`)
    const gone = await dataOf(await make(METER, other), MadeKeyJson)
    expect(gone.key).toBeNull()
    expect(gone.revokedAt).not.toBeNull()
  })

  test('is not shown where the secret of the server has changed since', async () => {
    await make(METER, ONCE)
    const app = depot.reconfigured({ jwtSecret: 'rahasia-yang-baru-untuk-percobaan-ini' })
    const signedIn = await app.request('/api/auth/login', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: 'agus@depo.example', password: 'solar-untuk-genset' }),
    })
    const cookie = signedIn.headers.getSetCookie().map((line) => line.split(';')[0])
    const again = await app.request('/api/keys', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Cookie: cookie.join('; '), ...ONCE },
      body: JSON.stringify(METER),
    })
    expect((await dataOf(again, MadeKeyJson)).key).toBeNull()
  })

  test('under the key of something else is refused and shows nothing of it', async () => {
    await make(METER, ONCE)
    const before = await everythingIn(depot.db)
    for (const body of [
      { ...METER, name: 'Lain' },
      { ...METER, location: 'TUG_ASSIST' },
    ]) {
      const refused = await make(body, ONCE)
      expect(refused.status).toBe(409)
      expect(await refused.text()).not.toContain('bbm_')
    }
    expect(await everythingIn(depot.db)).toEqual(before)
  })

  test.each([
    [{ ...METER, name: ' ' }, 'name'],
    [{ ...METER, name: 'x'.repeat(101) }, 'name'],
    [{ ...METER, name: 'a\u0007b' }, 'name'],
    [{ scope: 'read' }, 'name'],
    [{ ...METER, scope: 'admin' }, 'scope'],
    [{ ...METER, scope: ['read', 'book'] }, 'scope'],
    [{ name: 'Meter', scope: 'book' }, 'location'],
    [{ ...METER, location: null }, 'location'],
    [{ ...METER, location: 'DERMAGA' }, 'location'],
    [{ ...METER, location: 'genset' }, 'location'],
    [{ ...METER, location: '' }, 'location'],
    [{ ...METER, role: 'admin' }, 'role'],
  ])('%p is refused', async (body, field) => {
    const before = await everythingIn(depot.db)
    const response = await make(body)
    expect(response.status).toBe(422)
    expect(Object.keys((await refusalOf(response)).details)).toEqual([field])
    expect(await everythingIn(depot.db)).toEqual(before)
  })

  test('works at no location that is out of use', async () => {
    const { locations } = await everythingIn(depot.db)
    const genset = locations.find(({ code }) => code === 'GENSET')
    await agus.api('PATCH', `/api/locations/${genset?.id}`, { active: false })
    expect((await make(METER)).status).toBe(422)
    expect(await list()).toEqual([])
  })
})

describe('a key that is revoked', () => {
  test('stays visible, after those in use, with one row in the audit trail however often', async () => {
    const old = await makeKey(agus, { scope: 'book', location: 'GENSET', name: 'Lama' })
    const kept = await makeKey(agus, { scope: 'read', name: 'Tetap' })
    depot.pass({ minutes: 1 })
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => agus.api('DELETE', `/api/keys/${old.id}`)),
    )
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    depot.pass({ minutes: 1 })
    const again = await dataOf(await agus.api('DELETE', `/api/keys/${old.id}`), KeyJson)
    expect(again.revokedAt).toBe('2026-11-23T06:06:00.000Z')
    expect((await list()).map(({ id }) => id)).toEqual([kept.id, old.id])
    const revocations = (await keyChanges()).filter(({ action }) => action === 'key.revoke')
    expect(revocations).toHaveLength(1)
    const states = [revocations[0]?.before, revocations[0]?.after]
    expect(states.map((state) => JSON.parse(state ?? '').revokedAt)).toEqual([
      null,
      '2026-11-23T06:06:00.000Z',
    ])
    const { users } = await everythingIn(depot.db)
    expect(users.find(({ name }) => name === 'Lama')?.active).toBe(false)
    expect(users.find(({ name }) => name === 'Tetap')?.active).toBe(true)
  })

  test('was there before: a number that nobody has, and a word, are 404', async () => {
    for (const id of ['999999', '0', '-1', 'semua', '1e3'])
      expect((await agus.api('DELETE', `/api/keys/${id}`)).status).toBe(404)
  })
})
