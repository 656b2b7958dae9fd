import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { balanceOf, countEntries, deliver } from '#tests/support/books.ts'
import { CAST, PASSWORD } from '#tests/support/cast.ts'
import { type Client, ORIGIN } from '#tests/support/client.ts'
import { hiddenFields } from '#tests/support/html.ts'

let depot: Depot
let sari: Client
let hidden: Record<string, string>
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  sari = await depot.signIn('sari')
  await deliver(await depot.signIn('wati'), { location: 'GENSET', amount: 100 })
  hidden = hiddenFields(await (await sari.get('/stock/out')).text(), '/stock/out')
})
afterAll(() => depot.close())

describe('a form', () => {
  test.each([
    ['no token', {}],
    ['an empty token', { formToken: '' }],
    ['a wrong token', { formToken: 'x'.repeat(43) }],
    ['a token of another length', { formToken: 'x' }],
    ['a token with letters outside ASCII', { formToken: '\u00e9'.repeat(43) }],
  ])(
    'with %s is refused with a sentence that says what to do, and books nothing',
    async (_, fields) => {
      for (const headers of [{}, { 'HX-Request': 'true' }]) {
        const body = { amount: '5', requestId: 'x', ...fields }
        const response = await sari.post('/stock/out', body, headers)
        expect(response.status).toBe(403)
        expect(await response.text()).toContain('Periksa isiannya, lalu kirim lagi.')
      }
      expect(await countEntries(depot.db)).toBe(1)
    },
  )

  test('with the token of another session or of before the sign-in is refused', async () => {
    const other = await depot.signIn('sari')
    const foreign = hiddenFields(await (await other.get('/stock/out')).text(), '/stock/out')
    const before = hiddenFields(await (await depot.visit().get('/login')).text(), '/login')
    for (const formToken of [foreign.formToken ?? '', before.formToken ?? '']) {
      expect(formToken).not.toBe(hidden.formToken ?? '')
      expect((await sari.post('/stock/out', { ...hidden, amount: '5', formToken })).status).toBe(
        403,
      )
    }
  })

  test('may be sent again with its token, and after the access token was renewed', async () => {
    for (const requestId of ['a', 'b', 'c']) {
      const response = await sari.post('/stock/out', { ...hidden, requestId, amount: '5' })
      expect(response.status).toBe(303)
      depot.pass({ minutes: 11 })
    }
    expect(await balanceOf(depot.db, 'GENSET')).toBe(8_500n)
  })

  test('of sign-in works only with the cookie of the visitor who got it', async () => {
    const visitor = depot.visit()
    const login = hiddenFields(await (await visitor.get('/login')).text(), '/login')
    const fields = { ...login, email: CAST.sari.email, password: PASSWORD }
    const stranger = depot.visit()
    expect((await stranger.post('/login', fields)).status).toBe(403)
    await stranger.get('/login')
    expect((await stranger.post('/login', fields)).status).toBe(403)
    expect((await visitor.post('/login', fields)).status).toBe(303)
  })

  test('of signing out needs the token too', async () => {
    expect((await sari.post('/logout', {})).status).toBe(403)
    expect((await sari.get('/api/auth/me')).status).toBe(200)
  })
})

const FOREIGN = [
  'https://evil.example',
  'http://127.0.0.1:4112',
  'https://127.0.0.1:4111',
  'http://127.0.0.1',
  'http://127.0.0.1:4111.evil.example',
  'null',
  '',
]
describe('a write', () => {
  test.each(FOREIGN)('from the origin %j is refused, by form and by API', async (Origin) => {
    const form = await sari.post('/stock/out', { ...hidden, amount: '5' }, { Origin })
    const api = await sari.api('POST', '/api/stock/out', { amount: 5 }, { Origin })
    expect([form.status, api.status]).toEqual([403, 403])
    expect(await countEntries(depot.db)).toBe(1)
  })

  test.each([ORIGIN, 'http://localhost:4111', 'http://[::1]:4111'])(
    'from our own origin %s is let through',
    async (Origin) => {
      const form = await sari.post('/stock/out', { ...hidden, amount: '5' }, { Origin })
      const api = await sari.api('POST', '/api/stock/out', { amount: 5 }, { Origin })
      expect([form.status, api.status]).toEqual([303, 201])
    },
  )

  test('without an origin is let through: text browsers send none', async () => {
    expect((await sari.post('/stock/out', { ...hidden, amount: '5' })).status).toBe(303)
    expect((await sari.api('POST', '/api/stock/out', { amount: 5 })).status).toBe(201)
  })

  test('from localhost is foreign where the depot has a name of its own', async () => {
    const app = depot.reconfigured({ publicOrigin: 'http://bbm.example.com' })
    const send = (origin: string) =>
      app.request('http://bbm.example.com/api/auth/logout', {
        method: 'POST',
        headers: { Origin: origin },
      })
    expect((await send('http://localhost')).status).toBe(403)
    expect((await send('http://bbm.example.com')).status).toBe(200)
  })
})

test('a page may be read from a link on another site', async () => {
  const response = await sari.get('/history', { Origin: 'https://mail.example' })
  expect(response.status).toBe(200)
})
