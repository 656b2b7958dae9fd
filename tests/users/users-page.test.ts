import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { users } from '#src/database/schema/users.ts'
import { PEOPLE_A_PAGE } from '#src/users/queries.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { CAST, PASSWORD } from '#tests/support/cast.ts'
import type { Client } from '#tests/support/client.ts'
import { fieldValue, wordsOf } from '#tests/support/html.ts'

let depot: Depot
let agus: Client
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  agus = await depot.signIn('agus')
})
afterAll(() => depot.close())

const read = async (path: string) => (await agus.get(path)).text()
const namesIn = (html: string): string[] =>
  Array.from(
    html.matchAll(/<th class="c-name" scope="row">.*?>([^<]+)<\/a>/gs),
    ([, name]) => name ?? '',
  )
const lineOf = (html: string, id: number): string =>
  wordsOf(new RegExp(`<tr id="user-${id}".*?</tr>`, 's').exec(html)?.[0] ?? '')

async function hireMany(count: number): Promise<void> {
  const people = Array.from({ length: count }, (_, at) => ({
    email: `orang${at}@depo.example`,
    name: `Orang ${String(at).padStart(3, '0')}`,
    role: 'supervisor' as const,
    createdAt: depot.clock.now,
  }))
  await depot.db.insert(users).values(people)
}

describe('GET /users', () => {
  test('lists everybody by name with role, place and state, and no account of the system', async () => {
    const html = await read('/users')
    expect(namesIn(html)).toEqual([
      'Agus Pratama',
      'Budi Santoso',
      'Dewi Anggraini',
      'Sari Wulandari',
      'Wati Lestari',
    ])
    expect(wordsOf(html)).toContain('5 orang, 4 aktif')
    expect(lineOf(html, depot.ids.budi)).toContain('budi@depo.example Operasional TUG_ASSIST Aktif')
    expect(lineOf(html, depot.ids.wati)).toContain('Supervisor Semua Aktif')
    expect(lineOf(html, depot.ids.dewi)).toContain('Operasional GENSET Nonaktif')
    expect(html).not.toContain('bawaan.invalid')
  })

  test('tells when somebody signed in last, and who never has', async () => {
    expect(lineOf(await read('/users'), depot.ids.sari)).toContain('belum pernah Baru')
    const credentials = { email: CAST.sari.email, password: PASSWORD }
    await depot.visit().api('POST', '/api/auth/login', { ...credentials, password: 'salah' })
    expect(lineOf(await read('/users'), depot.ids.sari)).toContain('belum pernah')
    await depot.visit().api('POST', '/api/auth/login', credentials)
    expect(lineOf(await read('/users'), depot.ids.sari)).toContain('hari ini 14.05')
    depot.pass({ hours: 10 })
    const late = await (await (await depot.signIn('agus')).get('/users')).text()
    expect(lineOf(late, depot.ids.sari)).toContain('23/11/2026 14.05')
  })

  test.each([
    ['search=SARI', ['Sari Wulandari']],
    ['search=budi%40depo', ['Budi Santoso']],
    ['search=%25', []],
    ['search=_', []],
    ['search=%5C', []],
    ['search=impor', []],
    ['active=no', ['Dewi Anggraini']],
    ['active=yes&search=ar', ['Sari Wulandari', 'Wati Lestari']],
    [
      'search=&active=',
      ['Agus Pratama', 'Budi Santoso', 'Dewi Anggraini', 'Sari Wulandari', 'Wati Lestari'],
    ],
  ])('chooses by %s', async (query, names) => {
    const html = await read(`/users?${query}`)
    expect(namesIn(html)).toEqual(names)
    expect(wordsOf(html)).toContain('5 orang, 4 aktif')
    if (names.length === 0) expect(wordsOf(html)).toContain('Tidak ada yang cocok')
    const search = new URLSearchParams(query).get('search') ?? ''
    expect(fieldValue(html, 'search')).toBe(search)
  })

  test('sorts by name and by the last sign-in, either way', async () => {
    const at = (minute: number) => new Date(depot.clock.now.getTime() - minute * 60_000)
    for (const [id, minute] of [
      [depot.ids.wati, 1],
      [depot.ids.budi, 5],
      [depot.ids.agus, 3],
    ] as const)
      await depot.db
        .update(users)
        .set({ lastSignInAt: at(minute) })
        .where(eq(users.id, id))
    expect(namesIn(await read('/users?sort=-name'))[0]).toBe('Wati Lestari')
    expect(namesIn(await read('/users?sort=-lastSignIn'))).toEqual([
      'Wati Lestari',
      'Agus Pratama',
      'Budi Santoso',
      'Dewi Anggraini',
      'Sari Wulandari',
    ])
    expect(namesIn(await read('/users?sort=lastSignIn'))).toEqual([
      'Dewi Anggraini',
      'Sari Wulandari',
      'Budi Santoso',
      'Agus Pratama',
      'Wati Lestari',
    ])
  })

  test('has pages that keep the filter, and past the last one shows the last', async () => {
    await hireMany(PEOPLE_A_PAGE + 5)
    const first = await read('/users?search=orang&sort=-name')
    expect(namesIn(first)).toHaveLength(PEOPLE_A_PAGE)
    expect(namesIn(first)[0]).toBe('Orang 054')
    expect(first).toContain('href="/users?search=orang&amp;sort=-name&amp;page=2"')
    expect(wordsOf(first)).toContain('1–50 dari 55 pengguna')
    const second = await read('/users?search=orang&sort=-name&page=2')
    expect(namesIn(second)).toEqual([
      'Orang 004',
      'Orang 003',
      'Orang 002',
      'Orang 001',
      'Orang 000',
    ])
    expect(namesIn(await read('/users?search=orang&sort=-name&page=999'))).toEqual(namesIn(second))
  })

  test('sends the same as a fragment', async () => {
    const html = await (await agus.fragment('/users?search=sari')).text()
    expect(html).not.toContain('<html')
    expect(namesIn(html)).toEqual(['Sari Wulandari'])
  })

  test.each(['sort=email', 'active=maybe', 'page=0', 'page=x', `search=${'x'.repeat(101)}`])(
    'refuses %s',
    async (query) => {
      expect((await agus.get(`/users?${query}`)).status).toBe(422)
    },
  )
})
