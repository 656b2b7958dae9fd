import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { users } from '#src/database/schema/users.ts'
import { PEOPLE_A_PAGE } from '#src/users/queries.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { CAST, PASSWORD } from '#tests/support/cast.ts'
import type { Client } from '#tests/support/client.ts'
import { fieldValue, isMarkedWrong, wordsOf } from '#tests/support/html.ts'

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

  test.each([
    ['search', `search=${'x'.repeat(101)}&active=no&sort=-name`, 'Paling banyak 100 huruf.'],
    ['active', 'active=maybe&search=sari', 'Pilih dari daftar.'],
  ])('refuses a wrong %s at its field and keeps what was typed', async (field, query, sentence) => {
    const typed = new URLSearchParams(query)
    const page = await agus.get(`/users?${query}`)
    const fragment = await agus.fragment(`/users?${query}`)
    expect([page.status, fragment.status]).toEqual([422, 422])
    expect(fragment.headers.get('X-BBM-Fragment')).toBe('shown')
    for (const html of [await page.text(), await fragment.text()]) {
      expect(isMarkedWrong(html, field)).toBe(true)
      expect(html).toContain(`id="${field}-error">${sentence}`)
      expect(fieldValue(html, 'search')).toBe(typed.get('search'))
      if (field === 'search') expect(fieldValue(html, 'active')).toBe('no')
      expect(fieldValue(html, 'sort')).toBe(typed.get('sort'))
      expect(namesIn(html)).toEqual([])
      expect(wordsOf(html)).toContain('5 orang, 4 aktif')
      expect(wordsOf(html)).toContain('Perbaiki isian yang ditandai')
    }
  })

  test.each(['sort=email&search=sari', 'page=0&search=sari', 'page=x&search=sari'])(
    'refuses %s, which no field has, with the way on',
    async (query) => {
      const response = await agus.get(`/users?${query}`)
      const html = await response.text()
      expect(response.status).toBe(422)
      expect(wordsOf(html)).toContain('Alamat ini menyebut urutan atau halaman yang tidak ada.')
      expect(fieldValue(html, 'search')).toBe('sari')
      // The next search would be refused for it as well.
      expect(fieldValue(html, 'sort')).toBeNull()
      expect(html).toContain('href="/users"')
    },
  )
})
