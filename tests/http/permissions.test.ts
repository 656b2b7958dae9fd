import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { routes } from '#src/app.tsx'
import { formTokenOf } from '#src/auth/tokens.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { deliver, everythingIn, use } from '#tests/support/books.ts'
import type { Client, Headers } from '#tests/support/client.ts'
import { makeKey } from '#tests/support/programs.ts'

/** Who may use what, written down a second time: a route that is not here has not been thought about. */
const EVERYBODY = ['sari', 'budi', 'wati', 'agus']
const BOOKKEEPERS = ['wati', 'agus']
/** And programs, by the scope of their key. */
const READERS = [...EVERYBODY, 'key read']
const WHO_MAY: Record<string, string[] | 'anyone'> = {
  'GET /healthz': 'anyone',
  'GET /readyz': 'anyone',
  'GET /login': 'anyone',
  'POST /login': 'anyone',
  'POST /login/forgotten': 'anyone',
  'POST /logout': 'anyone',
  'POST /account/warnings': EVERYBODY,
  'GET /account': EVERYBODY,
  'POST /account': EVERYBODY,
  'GET /account/password': EVERYBODY,
  'POST /account/password': EVERYBODY,
  'POST /account/sessions/endings': EVERYBODY,
  'GET /': EVERYBODY,
  'GET /stock/in': BOOKKEEPERS,
  'POST /stock/in': BOOKKEEPERS,
  'GET /stock/out': EVERYBODY,
  'POST /stock/out': EVERYBODY,
  'GET /history': EVERYBODY,
  'GET /history/:id': EVERYBODY,
  'GET /history/:id/correction': EVERYBODY,
  'POST /stock/corrections': EVERYBODY,
  'GET /charts': EVERYBODY,
  'GET /charts.csv': EVERYBODY,
  'GET /stock/export': EVERYBODY,
  'GET /audit': BOOKKEEPERS,
  'GET /audit/changes/:id': BOOKKEEPERS,
  'GET /audit/access': ['agus'],
  'GET /imports': ['agus'],
  'POST /imports/previews': ['agus'],
  'GET /imports/previews/:id': ['agus'],
  'POST /imports': ['agus'],
  'POST /api/auth/login': 'anyone',
  'POST /api/auth/refresh': 'anyone',
  'POST /api/auth/logout': 'anyone',
  'GET /api/auth/me': EVERYBODY,
  'PATCH /api/auth/me': EVERYBODY,
  'POST /api/auth/password': EVERYBODY,
  'GET /api/stock/summary': READERS,
  'POST /api/stock/in': [...BOOKKEEPERS, 'key book'],
  'POST /api/stock/out': [...EVERYBODY, 'key book'],
  'POST /api/stock/corrections': EVERYBODY,
  'GET /api/stock/history': READERS,
  'GET /api/stock/export': READERS,
  'POST /api/stock/export': READERS,
  'GET /api/stock/trend': READERS,
  'GET /reports': EVERYBODY,
  'GET /reports/:month': EVERYBODY,
  'GET /api/reports/:month': READERS,
  'GET /settings': ['agus'],
  'GET /settings/:part': ['agus'],
  'POST /settings/:part': ['agus'],
  'GET /settings/:part/edit': ['agus'],
  'GET /keys': ['agus'],
  'GET /keys/new': ['agus'],
  'POST /keys': ['agus'],
  'GET /keys/:id/revocation': ['agus'],
  'POST /keys/:id/revocation': ['agus'],
  'GET /api/keys': ['agus'],
  'POST /api/keys': ['agus'],
  'DELETE /api/keys/:id': ['agus'],
  'GET /api/settings': ['agus'],
  'PATCH /api/settings': ['agus'],
  'GET /users': ['agus'],
  'GET /users/new': ['agus'],
  'POST /users': ['agus'],
  'GET /users/:id': ['agus'],
  'POST /users/:id': ['agus'],
  'GET /users/:id/edit': ['agus'],
  'GET /users/:id/password': ['agus'],
  'POST /users/:id/password': ['agus'],
  'POST /users/:id/session-ends': ['agus'],
  'GET /api/openapi.json': [...READERS, 'key book'],
  'GET /api/docs': EVERYBODY,
  'GET /api/users': ['agus'],
  'POST /api/users': ['agus'],
  'PATCH /api/users/:id': ['agus'],
  'DELETE /api/users/:id': ['agus'],
  'GET /locations': ['agus'],
  'GET /locations/new': ['agus'],
  'POST /locations': ['agus'],
  'GET /locations/:id': ['agus'],
  'POST /locations/:id': ['agus'],
  'GET /locations/:id/edit': ['agus'],
  'GET /locations/:id/consumers/new': ['agus'],
  'POST /locations/:id/consumers': ['agus'],
  'GET /consumers/:id': ['agus'],
  'POST /consumers/:id': ['agus'],
  'GET /consumers/:id/edit': ['agus'],
  'GET /api/locations/:id/consumers': ['agus'],
  'POST /api/locations/:id/consumers': ['agus'],
  'PATCH /api/consumers/:id': ['agus'],
  'GET /api/locations': ['agus'],
  'POST /api/locations': ['agus'],
  'PATCH /api/locations/:id': ['agus'],
}
const nameOf = ({ method, path }: { method: string; path: string }) =>
  `${method} ${path.replace(/:id\{[^/]*/, ':id')}`

let depot: Depot
let entryId: number
let keys: Record<Program, Headers>
beforeAll(async () => {
  depot = await openDepot()
  const wati = await depot.signIn('wati')
  await deliver(wati, { location: 'GENSET', amount: 10 })
  entryId = (await use(await depot.signIn('sari'), { amount: 1 })).id
  const agus = await depot.signIn('agus')
  keys = {
    'key read': (await makeKey(agus, { scope: 'read' })).headers,
    'key book': (await makeKey(agus, { scope: 'book', location: 'GENSET' })).headers,
  }
})
afterAll(() => depot.close())

type Program = 'key read' | 'key book'
type Visitor = 'anonymous' | 'sari' | 'budi' | 'wati' | 'agus' | 'dewi' | Program
const PROGRAMS: Program[] = ['key read', 'key book']
const VISITORS: Visitor[] = ['anonymous', 'sari', 'budi', 'wati', 'agus', 'dewi', ...PROGRAMS]
const isProgram = (visitor: Visitor): visitor is Program => visitor.startsWith('key ')
const open = (visitor: Visitor) =>
  visitor === 'anonymous' || isProgram(visitor) ? depot.visit() : depot.signIn(visitor)

type Asked = { method: string; path: string }

/** Asks for a route with a token where a form needs one, and with input that changes nothing. */
async function ask(client: Client, { method, path }: Asked, named: string, headers: Headers) {
  // People, places and keys by a number that nobody has, so that none of them is changed.
  const id = /^\/(api|keys|users|locations|consumers)\//.test(path) ? '999999' : String(entryId)
  const target = `${path.replace(/:id[^/]*/, id).replace(':month', '2026-11')}${named}`
  if (method === 'GET') return client.get(target, headers)
  if (isApi(path)) return client.api(method, target, {}, headers)
  const pages = [await client.get('/history'), await client.get('/login')]
  const [formToken = ''] = (await Promise.all(pages.map(tokenIn))).filter((token) => token !== '')
  // Who is signed in sees no form of sign-in, which has a token of its own.
  const visitor = client.jar.get('bbm_visitor_4111') ?? ''
  const signInToken = formTokenOf(depot.system, visitor)
  return client.post(target, { formToken: isSignIn(path) ? signInToken : formToken }, headers)
}

const isSignIn = (path: string): boolean => path === '/login' || path.startsWith('/login/')

const tokenIn = async (page: Response): Promise<string> =>
  /name="formToken" value="([^"]+)"/.exec(await page.text())?.[1] ?? ''

const LOGIN = /^\/login\?next=%2F/

/** What the answer comes down to, whatever its way of saying so. */
function verdictOf(response: Response, way: Way): string {
  const { status, headers } = response
  if (way === 'api') return status === 401 ? 'sign in' : status === 403 ? 'forbidden' : `${status}`
  const target = headers.get(way === 'page' ? 'Location' : 'HX-Redirect') ?? ''
  const isAsked = LOGIN.test(target) && status === (way === 'page' ? 303 : 200)
  return isAsked ? 'sign in' : status === 403 ? 'forbidden' : `${status}`
}

type Way = 'page' | 'fragment' | 'api'
const ways = (path: string): Way[] => (isApi(path) ? ['api'] : ['page', 'fragment'])
const isApi = (path: string): boolean => path.startsWith('/api/') && path !== '/api/docs'

const OPEN = /^[234]\d\d$/

function expected(route: Asked, visitor: Visitor): RegExp {
  const who = WHO_MAY[nameOf(route)]
  // A page takes no key: whoever sends one is as good as anonymous there.
  const isStranger =
    visitor === 'anonymous' || visitor === 'dewi' || (isProgram(visitor) && !isApi(route.path))
  if (isStranger && (who !== 'anyone' || route.path === '/api/auth/refresh')) return /^sign in$/
  // What is open to anyone leads to a session, which is nothing for a program.
  if (who === 'anyone') return isProgram(visitor) && isApi(route.path) ? /^forbidden$/ : OPEN
  return who?.includes(visitor) ? /^[24]\d\d$/ : /^forbidden$/
}

test('every route is in the table, and every line of the table is a route', () => {
  expect(routes.map(nameOf).sort()).toEqual(Object.keys(WHO_MAY).sort())
})

test('nothing is reachable that is not declared as a route, but for the built files', () => {
  const declared = new Set([...routes.map(({ method, path }) => `${method} ${path}`)])
  const reachable = depot.app.routes
    .filter(({ path }) => path !== '/*')
    .map(({ method, path }) => `${method} ${path}`)
  const others = [...new Set(reachable)].filter((name) => !declared.has(name))
  expect(others).toEqual(['GET /build/:file'])
})

describe.each(VISITORS)('%s', (visitor) => {
  test.each(routes.map((route) => [nameOf(route), route] as const))('%s', async (_, route) => {
    for (const way of ways(route.path)) {
      const headers: Headers = {
        ...(way === 'fragment' && { 'HX-Request': 'true' }),
        ...(isProgram(visitor) && keys[visitor]),
      }
      const response = await ask(await open(visitor), route, '', headers)
      expect(`${way} ${verdictOf(response, way)}`).toMatch(
        new RegExp(`^${way} ${expected(route, visitor).source.slice(1)}`),
      )
    }
  })
})

describe('a clerk who names another location', () => {
  const behindLogin = routes.filter((route) => WHO_MAY[nameOf(route)] !== 'anyone')
  test.each(behindLogin.map((route) => [nameOf(route), route] as const))(
    'in the address of %s is refused',
    async (_, route) => {
      for (const way of ways(route.path)) {
        const headers: Headers = way === 'fragment' ? { 'HX-Request': 'true' } : {}
        const response = await ask(await depot.signIn('budi'), route, '?location=GENSET', headers)
        expect(verdictOf(response, way)).toBe('forbidden')
      }
    },
  )

  test('in a body is refused before the rest of it is looked at, and nothing is booked', async () => {
    const before = await everythingIn(depot.db)
    const budi = await depot.signIn('budi')
    const json = { location: 'GENSET', amount: 'x', salah: 1 }
    expect((await budi.api('POST', '/api/stock/out', json)).status).toBe(403)
    const form = { location: 'GENSET', amount: '1' }
    expect((await budi.submit('/stock/out', form)).status).toBe(403)
    const both = await budi.api('POST', '/api/stock/out?location=TUG_ASSIST', {
      ...json,
      amount: 1,
      salah: undefined,
    })
    expect(both.status).toBe(403)
    const { entries, balances, audit } = await everythingIn(depot.db)
    expect({ entries, balances, audit }).toEqual({
      entries: before.entries,
      balances: before.balances,
      audit: before.audit,
    })
  })

  test('that does not exist is refused all the same', async () => {
    const budi = await depot.signIn('budi')
    for (const code of ['DERMAGA', 'tug_assist', 'TUG_ASSIST%20', '%F0%9F%9B%A2'])
      expect((await budi.get(`/api/stock/history?location=${code}`)).status).toBe(403)
  })
})

test("another location's entry by its number is not there for a clerk", async () => {
  const budi = await depot.signIn('budi')
  const missing = await budi.get('/history/999999')
  const foreign = await budi.get(`/history/${entryId}`)
  expect([missing.status, foreign.status]).toEqual([404, 404])
  expect((await budi.fragment(`/history/${entryId}`)).status).toBe(404)
  for (const visitor of ['sari', 'wati', 'agus'] as const)
    expect((await (await depot.signIn(visitor)).get(`/history/${entryId}`)).status).toBe(200)
})

test('a clerk sees nothing of another location on any screen or answer', async () => {
  const budi = await depot.signIn('budi')
  for (const path of [
    '/',
    '/stock/out',
    '/history',
    '/charts',
    '/charts.csv',
    '/reports',
    '/api/reports/2026-11',
    '/api/stock/summary',
    '/api/stock/history',
    '/api/stock/trend',
    '/stock/export?format=csv',
  ])
    expect(await (await budi.get(path)).text()).not.toContain('GENSET')
  for (const booked of [`/?booked=${entryId}`, `/stock/out?booked=${entryId}`])
    expect(await (await budi.get(booked)).text()).not.toContain('Sudah tercatat')
})

test('permission is checked before the input', async () => {
  const sari = await depot.signIn('sari')
  expect((await sari.api('POST', '/api/stock/in', '{not json')).status).toBe(403)
  const text = { 'Content-Type': 'text/plain' }
  expect((await sari.api('POST', '/api/users', 'x', text)).status).toBe(403)
  expect((await depot.visit().api('POST', '/api/stock/in', '{not json')).status).toBe(401)
})
