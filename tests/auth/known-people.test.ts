import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { eq, isNull } from 'drizzle-orm'
import { sessions, users } from '#src/database/schema/users.ts'
import { type Depot, ORIGIN, openDepot } from '#tests/support/app.ts'
import { CAST, type Name, PASSWORD } from '#tests/support/cast.ts'
import { type Client, createClient } from '#tests/support/client.ts'
import { fieldValue, hiddenFields } from '#tests/support/html.ts'

const COOKIE = 'bbm_people_4111'
const FORGOTTEN = '/login/forgotten'

let depot: Depot
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
})
afterAll(() => depot.close())

const signIn = (client: Client, name: Name, next = '/') =>
  client.submit('/login', { email: CAST[name].email, password: PASSWORD, next })

async function signOut(client: Client): Promise<Response> {
  const page = await (await client.get('/history')).text()
  return client.post('/logout', hiddenFields(page, '/logout'))
}

/** A browser on which these people signed in and out, one after the other. */
async function sharedBy(...names: Name[]): Promise<Client> {
  const client = depot.visit()
  for (const name of names) {
    await signIn(client, name)
    await signOut(client)
  }
  return client
}

/** Whom the sign-in offers to choose from, by name, each with the link. */
async function offered(client: Client, path = '/login'): Promise<[string, string][]> {
  const html = await (await client.get(path)).text()
  const links = html.matchAll(/<li><a href="([^"]+)">([^<]+)<\/a>/g)
  return [...links].map(([, href = '', name = '']) => [name, href.replaceAll('&amp;', '&')])
}
const namesOn = async (client: Client) => (await offered(client)).map(([name]) => name)

describe('a shared PC', () => {
  test('changes its user in two clicks: out, and one name, which leaves the password to be typed', async () => {
    const client = await sharedBy('budi')
    await signIn(client, 'sari')
    const out = await signOut(client)
    const people = await offered(client, out.headers.get('Location') ?? '')
    expect(people).toEqual([
      ['Sari Wulandari', `/login?as=${depot.ids.sari}`],
      ['Budi Santoso', `/login?as=${depot.ids.budi}`],
    ])
    const html = await (await client.get(people[1]?.[1] ?? '')).text()
    expect(fieldValue(html, 'email')).toBe(CAST.budi.email)
    expect(html).toMatch(/<input[^>]* name="password"[^>]* autofocus/)
    expect(html).toContain('<a href="/login">Pilih orang lain</a>')
    const fields = { ...hiddenFields(html, '/login'), email: CAST.budi.email, password: PASSWORD }
    expect((await client.post('/login', fields)).headers.get('Location')).toBe('/')
    expect(await (await client.get('/')).text()).toContain('Budi Santoso')
  })

  test('keeps where one was going through the choice', async () => {
    const client = await sharedBy('sari')
    const [first] = await offered(client, '/login?next=/history%3Ftype%3DIN')
    const html = await (await client.get(first?.[1] ?? '')).text()
    expect(fieldValue(html, 'next')).toBe('/history?type=IN')
  })

  test('knows the last five, each once, and each for 90 days', async () => {
    const client = await sharedBy('sari', 'budi', 'wati', 'agus', 'sari')
    expect(await namesOn(client)).toEqual([
      'Sari Wulandari',
      'Agus Pratama',
      'Wati Lestari',
      'Budi Santoso',
    ])
    const more = await hireMore(2)
    for (const email of more) {
      await client.submit('/login', { email, password: PASSWORD })
      await signOut(client)
    }
    expect(await namesOn(client)).toEqual([
      'Orang 1',
      'Orang 0',
      'Sari Wulandari',
      'Agus Pratama',
      'Wati Lestari',
    ])
    depot.pass({ days: 89 })
    await signIn(client, 'wati')
    await signOut(client)
    depot.pass({ days: 1 })
    expect(await namesOn(client)).toEqual(['Wati Lestari'])
  })

  test('shows the names and addresses of today, and nobody who may not sign in', async () => {
    const client = await sharedBy('sari', 'budi', 'wati')
    const { ids, root } = depot
    await root.db.update(users).set({ active: false }).where(eq(users.id, ids.budi))
    const renamed = { name: 'Sari <b>Baru', email: 'baru@depo.example' }
    await root.db.update(users).set(renamed).where(eq(users.id, ids.sari))
    expect(await namesOn(client)).toEqual(['Wati Lestari', 'Sari &lt;b&gt;Baru'])
    const chosen = await (await client.get(`/login?as=${ids.sari}`)).text()
    expect(fieldValue(chosen, 'email')).toBe('baru@depo.example')
    expect(fieldValue(await (await client.get(`/login?as=${ids.budi}`)).text(), 'email')).toBe('')
  })
})

describe('who is known on a browser', () => {
  test('is nobody where nobody signed in, and nobody after a failed sign-in', async () => {
    const client = depot.visit()
    await client.submit('/login', { email: CAST.sari.email, password: 'bukan-yang-ini' })
    expect([await namesOn(client), client.jar.has(COOKIE)]).toEqual([[], false])
  })

  test('is told to no other browser, whatever it asks for', async () => {
    await sharedBy('sari')
    for (const as of [depot.ids.sari, 0, -1, 'x', `${depot.ids.sari}%20`, '']) {
      const html = await (await depot.visit().get(`/login?as=${as}`)).text()
      expect(fieldValue(html, 'email')).toBe('')
    }
    const client = await sharedBy('budi')
    const html = await (await client.get(`/login?as=${depot.ids.sari}`)).text()
    expect(html).not.toContain(CAST.sari.email)
  })

  const seal = (cookie: string) => cookie.split('.')[1] ?? ''
  const written = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const everybody = () => ({
    here: depot.ids.agus,
    people: [{ id: depot.ids.agus, at: depot.clock.now.getTime() }],
  })
  test.each<[string, (good: string) => string]>([
    ['without a seal', () => written(everybody())],
    ['with an empty seal', () => `${written(everybody())}.`],
    ['with the seal of another', (good) => `${written(everybody())}.${seal(good)}`],
    ['with a seal that is too short', () => `${written(everybody())}.x`],
    ['that is none', () => 'x.y.z'],
    ['that is empty', () => ''],
    ['with line breaks', () => '%0d%0aSet-Cookie:%20x=1'],
  ])('is nobody by a cookie %s', async (_, forge) => {
    const good = (await sharedBy('budi')).jar.get(COOKIE) ?? ''
    const client = createClient(depot.app, new Map([[COOKIE, forge(good)]]))
    const response = await client.get(`/login?as=${depot.ids.agus}`)
    const html = await response.text()
    expect([response.status, response.headers.has('x')]).toEqual([200, false])
    expect(html).not.toMatch(/Agus|agus@/)
    expect(await namesOn(client)).toEqual([])
    expect((await signIn(client, 'sari')).status).toBe(303)
  })

  test('is kept from scripts, from other sites, and for 90 days', async () => {
    const client = depot.visit()
    const response = await signIn(client, 'sari')
    const line = response.headers.getSetCookie().find((one) => one.startsWith(COOKIE)) ?? ''
    expect(line).toContain('Max-Age=7776000')
    expect(line).toContain('; HttpOnly')
    expect(line).toContain('; SameSite=Lax')
    expect(Buffer.from(line, 'base64').toString()).not.toContain('Sari')
    expect(line).not.toMatch(/sari|Sari/)
  })
})

describe('forgetting', () => {
  const forget = async (client: Client, fields: Record<string, string>, headers = {}) => {
    const html = await (await client.get('/login?next=/charts')).text()
    return client.post(FORGOTTEN, { ...hiddenFields(html, FORGOTTEN), ...fields }, headers)
  }

  test('one person leaves the others', async () => {
    const client = await sharedBy('sari', 'budi', 'wati')
    const response = await forget(client, { person: String(depot.ids.budi) })
    expect([response.status, response.headers.get('Location')]).toEqual([
      303,
      '/login?next=%2Fcharts',
    ])
    expect(await namesOn(client)).toEqual(['Wati Lestari', 'Sari Wulandari'])
    expect(await (await forget(client, { person: String(depot.ids.budi) })).status).toBe(303)
  })

  test('everybody takes the cookie away', async () => {
    const client = await sharedBy('sari', 'budi')
    expect((await forget(client, { person: 'all' })).status).toBe(303)
    expect([await namesOn(client), client.jar.has(COOKIE)]).toEqual([[], false])
  })

  test('nobody that it knows changes nothing', async () => {
    const client = await sharedBy('sari', 'budi')
    for (const person of ['', 'x', '0', 'ALL', '1e9']) await forget(client, { person })
    expect(await namesOn(client)).toEqual(['Budi Santoso', 'Sari Wulandari'])
  })

  test('is asked by our own page alone', async () => {
    const client = await sharedBy('sari')
    const all = { person: 'all' }
    expect((await client.post(FORGOTTEN, all)).status).toBe(403)
    expect((await forget(client, all, { Origin: 'https://jahat.example' })).status).toBe(403)
    expect(await namesOn(client)).toEqual(['Sari Wulandari'])
    expect((await forget(client, all, { Origin: ORIGIN })).status).toBe(303)
  })
})

describe('where somebody was going', () => {
  const endSessions = () =>
    depot.db
      .update(sessions)
      .set({ endedAt: depot.system.now(), endReason: 'admin' })
      .where(isNull(sessions.endedAt))

  test('is followed by the same person whose session ran out', async () => {
    const client = depot.visit()
    await signIn(client, 'sari')
    await endSessions()
    const asked = await client.get('/history?search=rahasia')
    const login = asked.headers.get('Location') ?? ''
    const next = fieldValue(await (await client.get(login)).text(), 'next') ?? ''
    expect((await signIn(client, 'sari', next)).headers.get('Location')).toBe(
      '/history?search=rahasia',
    )
  })

  test('is not followed by another, who begins at home', async () => {
    const client = depot.visit()
    await signIn(client, 'sari')
    await endSessions()
    const response = await signIn(client, 'budi', '/history?search=rahasia')
    expect([response.status, response.headers.get('Location')]).toEqual([303, '/'])
  })

  test('is followed by anybody once the former person has signed out', async () => {
    const client = await sharedBy('sari')
    const response = await signIn(client, 'budi', '/history?type=IN')
    expect(response.headers.get('Location')).toBe('/history?type=IN')
    await endSessions()
    await client.post('/logout', {})
    const other = await signIn(client, 'sari', '/history?type=OUT')
    expect(other.headers.get('Location')).toBe('/history?type=OUT')
  })
})

/** Accounts with the password of all. */
async function hireMore(count: number): Promise<string[]> {
  const [sari] = await depot.db.select().from(users).where(eq(users.id, depot.ids.sari))
  if (!sari) throw new Error('no Sari')
  const emails = Array.from({ length: count }, (_, at) => `orang${at}@depo.example`)
  for (const [at, email] of emails.entries()) {
    const { id: _, ...same } = sari
    await depot.db.insert(users).values({ ...same, email, name: `Orang ${at}` })
  }
  return emails
}
