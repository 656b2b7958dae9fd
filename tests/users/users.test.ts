import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { IMPORT_ACCOUNT_EMAIL } from '#src/company.ts'
import { locations } from '#src/database/schema/locations.ts'
import { users } from '#src/database/schema/users.ts'
import { changeUser } from '#src/users/service.ts'
import { dataOf, refusalOf, UserJson } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { booksOf, deliver } from '#tests/support/books.ts'
import { CAST, PASSWORD } from '#tests/support/cast.ts'
import type { Client } from '#tests/support/client.ts'

let depot: Depot
let agus: Client
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  agus = await depot.signIn('agus')
})
afterAll(() => depot.close())

const NEW = {
  email: 'rina@depo.example',
  name: 'Rina Hartati',
  role: 'operasional',
  location: 'TUG_ASSIST',
  password: 'kapal-tunda-malam',
}
const everybody = () => depot.db.select().from(users).orderBy(users.id)
const statusOf = async (id: number, change: unknown) =>
  (await agus.api('PATCH', `/api/users/${id}`, change)).status

async function closeGenset(): Promise<void> {
  await depot.db.update(locations).set({ active: false }).where(eq(locations.code, 'GENSET'))
}

describe('GET /api/users', () => {
  test('answers everybody by name, inactive people too, and neither passwords nor the account of imports', async () => {
    const response = await agus.get('/api/users')
    const text = await response.clone().text()
    const people = await dataOf(response, z.array(UserJson))
    expect(people.map(({ name }) => name)).toEqual([
      'Agus Pratama',
      'Budi Santoso',
      'Dewi Anggraini',
      'Sari Wulandari',
      'Wati Lestari',
    ])
    expect(people[2]).toEqual({ id: depot.ids.dewi, ...CAST.dewi })
    expect(text).not.toMatch(/password|\$2b\$|impor/i)
  })
})

describe('POST /api/users', () => {
  test('makes somebody who can sign in, and never answers the password', async () => {
    const response = await agus.api('POST', '/api/users', NEW)
    expect(response.status).toBe(201)
    const { password, ...person } = NEW
    const user = await dataOf(response, UserJson)
    expect<unknown>(user).toEqual({ id: expect.any(Number), ...person, active: true })
    const login = await depot.visit().api('POST', '/api/auth/login', { email: NEW.email, password })
    expect(login.status).toBe(200)
    const [row] = await depot.db.select().from(users).where(eq(users.id, user.id))
    expect(row?.passwordHash).toStartWith('$2b$12$')
    const [link] = (await booksOf(depot.db)).audit.filter(({ action }) => action === 'user.create')
    expect(link).toMatchObject({ subject: `user:${user.id}`, userId: depot.ids.agus, before: null })
    expect(link?.after).not.toMatch(/password|\$2b\$/)
  })

  test('refuses an address that is taken, also in capitals, and many at once make one', async () => {
    const before = await everybody()
    for (const email of [CAST.dewi.email, 'SARI@DEPO.EXAMPLE', IMPORT_ACCOUNT_EMAIL]) {
      const response = await agus.api('POST', '/api/users', { ...NEW, email })
      expect(response.status).toBe(409)
      expect(Object.keys((await refusalOf(response)).details)).toEqual(['email'])
    }
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => agus.api('POST', '/api/users', NEW)),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(5).fill(409)])
    expect(await everybody()).toHaveLength(before.length + 1)
  })

  const BAD: [string, unknown][] = [
    ['email', undefined],
    ['email', ''],
    ['email', 'rina'],
    ['email', 'rina@'],
    ['email', 5],
    ['email', ['a@b.id']],
    ['email', `${'a'.repeat(250)}@b.id`],
    ['email', 'a b@c.id'],
    ['email', 'a@b.id\0'],
    ['name', undefined],
    ['name', ''],
    ['name', ' '],
    ['name', 'a'.repeat(101)],
    ['name', 5],
    ['name', 'a\nb'],
    ['name', 'a\0'],
    ['name', 'a\ud83d'],
    ['role', undefined],
    ['role', ''],
    ['role', 'Admin'],
    ['role', 'root'],
    ['role', 1],
    ['role', ['admin']],
    ['location', undefined],
    ['location', null],
    ['location', ''],
    ['location', 'DERMAGA'],
    ['location', 'genset'],
    ['location', 1],
    ['location', '\u{1f6e2}'],
    ['location', 'GENSET '],
    ['password', undefined],
    ['password', ''],
    ['password', 'pendek-99'],
    ['password', 'a'.repeat(73)],
    ['password', '\u00e9'.repeat(37)],
    ['password', 1234567890],
    ['password', null],
    ['id', 1],
    ['active', false],
    ['builtIn', true],
    ['passwordHash', 'x'],
    ['createdAt', '2020-01-01'],
    ['salah', 1],
  ]
  test.each(BAD)('refuses %s as %j at the field and makes nobody', async (field, value) => {
    const before = await everybody()
    const response = await agus.api('POST', '/api/users', { ...NEW, [field]: value })
    expect(response.status).toBe(422)
    expect(Object.keys((await refusalOf(response)).details)).toEqual([field])
    expect(await everybody()).toEqual(before)
  })
})

describe('PATCH /api/users/:id', () => {
  test('changes what is named and leaves the rest', async () => {
    const path = `/api/users/${depot.ids.sari}`
    const named = await dataOf(await agus.api('PATCH', path, { name: 'Sari W.' }), UserJson)
    expect(named).toEqual({ id: depot.ids.sari, ...CAST.sari, name: 'Sari W.' })
    const promoted = await dataOf(await agus.api('PATCH', path, { role: 'supervisor' }), UserJson)
    expect(promoted).toMatchObject({ role: 'supervisor', location: null })
    const login = (password: string) =>
      depot.visit().api('POST', '/api/auth/login', { email: CAST.sari.email, password })
    expect((await login(PASSWORD)).status).toBe(200)
    await agus.api('PATCH', path, { password: 'kata-sandi-yang-baru' })
    expect((await login(PASSWORD)).status).toBe(401)
    expect((await login('kata-sandi-yang-baru')).status).toBe(200)
    const { audit } = await booksOf(depot.db)
    const actions = audit.filter(({ subject }) => subject === `user:${depot.ids.sari}`)
    expect(actions.map(({ action }) => action)).toEqual([
      'user.change',
      'user.change',
      'user.password',
    ])
  })

  test('keeps the last active admin, by role and by deactivation', async () => {
    const { agus: admin, wati } = depot.ids
    const path = `/api/users/${admin}`
    const demotions = [
      [{ active: false }, 'active'],
      [{ role: 'supervisor' }, 'role'],
      [{ role: 'operasional', location: 'GENSET' }, 'role'],
    ] as const
    const answers = [
      ...demotions.map(
        ([change, field]) => [() => agus.api('PATCH', path, change), field] as const,
      ),
      [() => agus.api('DELETE', path), 'active'] as const,
    ]
    for (const [send, field] of answers) {
      const refused = await send()
      expect(refused.status).toBe(409)
      expect(Object.keys((await refusalOf(refused)).details)).toEqual([field])
    }
    expect(await statusOf(wati, { role: 'admin' })).toBe(200)
    expect((await agus.api('DELETE', `/api/users/${wati}`)).status).toBe(200)
  })

  test('keeps one admin when all of them are deactivated at the same moment', async () => {
    const { sari, budi, wati, agus: admin } = depot.ids
    for (const id of [sari, budi, wati]) expect(await statusOf(id, { role: 'admin' })).toBe(200)
    const leave = (id: number) =>
      changeUser(depot.system, { actor: null }, { id, change: { active: false } }).catch(
        (error) => error.status,
      )
    const ends = await Promise.all([sari, budi, wati, admin].map(leave))
    expect(ends.filter((end) => end === 409)).toHaveLength(1)
    const isAdmin = and(eq(users.role, 'admin'), eq(users.active, true))
    expect(await depot.db.select().from(users).where(isAdmin)).toHaveLength(1)
  })

  test('refuses a clerk without a location, a taken address and unknown fields, and changes nothing', async () => {
    const before = await everybody()
    expect(await statusOf(depot.ids.wati, { role: 'operasional' })).toBe(422)
    expect(await statusOf(depot.ids.sari, { location: null })).toBe(422)
    expect(await statusOf(depot.ids.sari, { location: 'DERMAGA' })).toBe(422)
    expect(await statusOf(depot.ids.sari, { email: CAST.budi.email })).toBe(409)
    expect(await statusOf(depot.ids.sari, { name: 'X', id: 99 })).toBe(422)
    expect(await statusOf(depot.ids.sari, { builtIn: true })).toBe(422)
    expect(await statusOf(depot.ids.sari, { active: 'false' })).toBe(422)
    expect(await everybody()).toEqual(before)
  })

  test('refuses a location that nobody knows whoever it is about, and drops a known one of who is no clerk', async () => {
    const { sari, wati } = depot.ids
    const before = await everybody()
    for (const [id, change] of [
      [wati, { location: 'DERMAGA' }],
      [sari, { role: 'supervisor', location: 'DERMAGA' }],
    ] as const) {
      const response = await agus.api('PATCH', `/api/users/${id}`, change)
      expect(response.status).toBe(422)
      expect((await refusalOf(response)).details).toEqual({ location: 'Lokasi tidak dikenal.' })
    }
    const added = { ...NEW, role: 'supervisor', location: 'DERMAGA' }
    expect((await agus.api('POST', '/api/users', added)).status).toBe(422)
    expect(await statusOf(wati, { location: 'GENSET' })).toBe(200)
    expect(await everybody()).toEqual(before)
  })

  test('places no clerk newly at a location that is out of use, and leaves those who are there', async () => {
    const { sari, budi, wati } = depot.ids
    await closeGenset()
    const before = await everybody()
    const refused = await Promise.all([
      agus.api('PATCH', `/api/users/${budi}`, { location: 'GENSET' }),
      agus.api('PATCH', `/api/users/${wati}`, { role: 'operasional', location: 'GENSET' }),
      agus.api('POST', '/api/users', { ...NEW, location: 'GENSET' }),
    ])
    for (const response of refused) {
      expect(response.status).toBe(422)
      const { details } = await refusalOf(response)
      expect(details).toEqual({ location: 'Lokasi ini sudah nonaktif.' })
    }
    expect(await everybody()).toEqual(before)
    expect(await statusOf(sari, { name: 'Sari W.', location: 'GENSET' })).toBe(200)
    expect(await statusOf(depot.ids.dewi, { active: true })).toBe(200)
    expect(await statusOf(wati, { location: 'GENSET' })).toBe(200)
    expect(await statusOf(sari, { location: 'TUG_ASSIST' })).toBe(200)
    expect(await statusOf(sari, { location: 'GENSET' })).toBe(422)
  })

  test("refuses a password of one's own, for which the old one is asked elsewhere", async () => {
    const before = await everybody()
    const change = { name: 'Agus P.', password: 'kata-sandi-yang-baru' }
    const response = await agus.api('PATCH', `/api/users/${depot.ids.agus}`, change)
    expect(response.status).toBe(409)
    expect((await refusalOf(response)).error).toContain('di halaman Akun')
    expect(await everybody()).toEqual(before)
    expect((await agus.get('/api/auth/me')).status).toBe(200)
    expect(await statusOf(depot.ids.agus, { name: 'Agus P.' })).toBe(200)
  })

  test('is 404 for nobody, for words, and for the account of imports, which stays unable to sign in', async () => {
    const before = await everybody()
    const [built] = before.filter(({ builtIn }) => builtIn)
    for (const id of ['999999', '0', 'x', '-1', '1.5', '1e3', built?.id]) {
      const path = `/api/users/${id}`
      expect([id, (await agus.api('PATCH', path, { password: PASSWORD })).status]).toEqual([
        id,
        404,
      ])
      expect([id, (await agus.api('DELETE', path)).status]).toEqual([id, 404])
    }
    expect(await everybody()).toEqual(before)
  })
})

describe('DELETE /api/users/:id', () => {
  test('deactivates: the person is signed out and what they booked stays in their name', async () => {
    const wati = await depot.signIn('wati')
    await deliver(wati, { location: 'GENSET', amount: 5 })
    const response = await agus.api('DELETE', `/api/users/${depot.ids.wati}`)
    expect(response.status).toBe(200)
    expect((await dataOf(response, UserJson)).active).toBe(false)
    expect((await wati.get('/api/auth/me')).status).toBe(401)
    const login = await depot
      .visit()
      .api('POST', '/api/auth/login', { email: CAST.wati.email, password: PASSWORD })
    expect(login.status).toBe(401)
    expect(await (await agus.get('/history')).text()).toContain('Wati Lestari')
  })

  test('twice is the same as once, and a change brings the person back', async () => {
    const path = `/api/users/${depot.ids.wati}`
    for (let time = 0; time < 2; time++) expect((await agus.api('DELETE', path)).status).toBe(200)
    expect(await statusOf(depot.ids.wati, { active: true })).toBe(200)
    const login = await depot
      .visit()
      .api('POST', '/api/auth/login', { email: CAST.wati.email, password: PASSWORD })
    expect(login.status).toBe(200)
  })
})
