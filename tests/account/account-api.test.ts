import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { dataOf, MeJson, refusalOf } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { booksOf, everythingIn } from '#tests/support/books.ts'
import { CAST, PASSWORD } from '#tests/support/cast.ts'
import { type Client, createClient } from '#tests/support/client.ts'

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

const KEY = { 'Idempotency-Key': 'sekali' }
const me = async () => (await dataOf(await sari.get('/api/auth/me'), MeJson)).user

describe('PATCH /api/auth/me', () => {
  test('changes the own name and answers who one is', async () => {
    const before = await me()
    const response = await sari.api('PATCH', '/api/auth/me', { name: 'Sari W.' })
    expect(await dataOf(response, MeJson)).toEqual({ user: { ...before, name: 'Sari W.' } })
    expect(await me()).toEqual({ ...before, name: 'Sari W.' })
  })

  test.each([
    [{}, 'name'],
    [{ name: '' }, 'name'],
    [{ name: 5 }, 'name'],
    [{ name: 'Sari', role: 'admin' }, 'role'],
    [{ name: 'Sari', location: 'TUG_ASSIST' }, 'location'],
    [{ name: 'Sari', email: 'agus@depo.example' }, 'email'],
    [{ name: 'Sari', active: false }, 'active'],
    [{ name: 'Sari', password: NEW }, 'password'],
    [{ name: 'Sari', mustChangePassword: false }, 'mustChangePassword'],
    [{ name: 'Sari', id: 1 }, 'id'],
  ])('refuses %j at the field and changes nothing', async (body, field) => {
    const wati = await depot.signIn('wati')
    const { access: _, ...before } = await everythingIn(depot.db)
    // Somebody of all locations, whom no named location keeps out.
    const response = await wati.api('PATCH', '/api/auth/me', body)
    expect(response.status).toBe(422)
    expect(Object.keys((await refusalOf(response)).details)).toEqual([field])
    const { access: __, ...after } = await everythingIn(depot.db)
    expect(after).toEqual(before)
  })

  test('sent again under its key is done once', async () => {
    for (let time = 0; time < 2; time++)
      expect((await sari.api('PATCH', '/api/auth/me', { name: 'Sari W.' }, KEY)).status).toBe(200)
    const other = await sari.api('PATCH', '/api/auth/me', { name: 'Sari' }, KEY)
    expect(other.status).toBe(409)
    const { audit } = await booksOf(depot.db)
    expect(audit.filter(({ action }) => action === 'user.change')).toHaveLength(1)
  })
})

describe('POST /api/auth/password', () => {
  test('changes it, and the session goes on with the cookies of the answer alone', async () => {
    const old = createClient(depot.app, new Map(sari.jar))
    const response = await sari.api('POST', '/api/auth/password', RIGHT)
    expect([response.status, await response.json()]).toEqual([200, { data: null }])
    expect((await me()).name).toBe(CAST.sari.name)
    expect((await old.get('/api/auth/me')).status).toBe(401)
    const login = (password: string) =>
      depot.visit().api('POST', '/api/auth/login', { email: CAST.sari.email, password })
    expect([(await login(NEW)).status, (await login(PASSWORD)).status]).toEqual([200, 401])
  })

  test.each([
    [{}, ['oldPassword', 'newPassword']],
    [{ ...RIGHT, oldPassword: '' }, ['oldPassword']],
    [{ ...RIGHT, oldPassword: 'x'.repeat(1001) }, ['oldPassword']],
    [{ ...RIGHT, oldPassword: 'salah' }, ['oldPassword']],
    [{ ...RIGHT, newPassword: 'pendek' }, ['newPassword']],
    [{ ...RIGHT, newPassword: 'password123' }, ['newPassword']],
    [{ ...RIGHT, newPassword: PASSWORD }, ['newPassword']],
    [{ ...RIGHT, newPassword: 1234567890 }, ['newPassword']],
    [{ ...RIGHT, id: 1 }, ['id']],
  ])('refuses %j at the fields and changes nothing', async (body, fields) => {
    const { access: _, ...before } = await everythingIn(depot.db)
    const response = await sari.api('POST', '/api/auth/password', body)
    expect(response.status).toBe(422)
    expect(Object.keys((await refusalOf(response)).details)).toEqual(fields)
    const { access: __, ...after } = await everythingIn(depot.db)
    expect(after).toEqual(before)
  })

  test('sent again under its key from the session that followed leads into that one', async () => {
    expect((await sari.api('POST', '/api/auth/password', RIGHT, KEY)).status).toBe(200)
    const jar = [...sari.jar]
    expect((await sari.api('POST', '/api/auth/password', RIGHT, KEY)).status).toBe(200)
    const cookies = (name: string) => new Map(jar).get(name)
    expect(sari.jar.get('bbm_refresh_4111')).toBe(cookies('bbm_refresh_4111') ?? '')
    expect((await sari.get('/api/auth/me')).status).toBe(200)
  })

  test('sent by many at once under one key is done once, and leads all of them into one session', async () => {
    const copies = Array.from({ length: 4 }, () => createClient(depot.app, new Map(sari.jar)))
    const answers = await Promise.all(
      copies.map((copy) => copy.api('POST', '/api/auth/password', RIGHT, KEY)),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array(4).fill(200))
    expect(new Set(copies.map(({ jar }) => jar.get('bbm_refresh_4111'))).size).toBe(1)
    const { audit } = await booksOf(depot.db)
    expect(audit.filter(({ action }) => action === 'user.password')).toHaveLength(1)
  })
})
