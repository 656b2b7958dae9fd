import { describe, expect, test } from 'bun:test'
import { refusalOf } from '#tests/support/answers.ts'
import { untilBack, useDepotBehindProxy } from '#tests/support/behind-proxy.ts'
import { balanceOf, everythingIn } from '#tests/support/books.ts'
import { hiddenFields, wordsOf } from '#tests/support/html.ts'

const { depot, proxy, signIn, openForm } = useDepotBehindProxy()

/** A person still waits so long. */
const GIVEN_UP_WITHIN_MS = 30_000

const USAGE = { location: 'GENSET', amount: '12,5' }

describe('a page asked for while the database is away', () => {
  test('says so and leads to the same address with its query', async () => {
    const { client } = await openForm('wati', '/stock/out')
    const response = await client.get('/history?location=GENSET&search=a%22b')
    expect(response.status).toBe(503)
    expect(response.headers.get('Retry-After')).toBe('5')
    const html = await response.text()
    expect(html).toContain('href="/history?location=GENSET&amp;search=a%22b">Coba lagi')
  })

  test('never leads to another host', async () => {
    const { client } = await openForm('wati', '/stock/out')
    for (const path of ['//jahat.example/x', '/\\jahat.example/x']) {
      const html = await (await client.get(path)).text()
      expect(html).not.toContain('jahat')
      expect(await (await client.post(path, USAGE)).text()).not.toContain('jahat')
    }
  })

  test('has its style and script', async () => {
    const { client } = await openForm('wati', '/stock/out')
    const html = await (await client.get('/')).text()
    const files = [...html.matchAll(/"(\/build\/[^"]+)"/g)].map(([, path = '']) => path)
    expect(files).toHaveLength(3)
    for (const path of files) expect([path, (await client.get(path)).status]).toEqual([path, 200])
  })

  test('answers within two seconds of the return, without a restart', async () => {
    const { client } = await openForm('wati', '/stock/out')
    expect((await client.get('/')).status).toBe(503)
    await proxy().mend()
    expect((await untilBack(() => client.get('/'))).status).toBe(200)
  })
})

describe('the API while the database is away', () => {
  test.each([
    ['GET', '/api/stock/summary'],
    ['GET', '/api/stock/history'],
    ['GET', '/api/auth/me'],
    ['POST', '/api/stock/out'],
    ['POST', '/api/auth/refresh'],
    ['POST', '/api/auth/logout'],
  ])('answers %s %s with 503, Retry-After and a sentence', async (method, path) => {
    const { client } = await openForm('wati', '/stock/out')
    const body = method === 'POST' ? { location: 'GENSET', amount: 1 } : undefined
    const response = await client.api(method, path, body)
    expect(response.status).toBe(503)
    expect(response.headers.get('Retry-After')).toBe('5')
    expect(response.headers.getSetCookie()).toEqual([])
    expect(await refusalOf(response)).toEqual({
      error: expect.stringContaining('Basis data'),
      details: {},
    })
  })
})

test.each([
  ['on a new connection', false],
  ['on a connection that was open before', true],
] as const)(
  'a server that accepts everything and never answers is given up, %s',
  async (_, isOpen) => {
    const client = await signIn('wati')
    if (isOpen) await client.get('/')
    proxy().freeze()
    const response = await client.get('/')
    expect([response.status, response.headers.get('Retry-After')]).toEqual([503, '5'])
    await proxy().mend()
    expect((await untilBack(() => client.get('/'))).status).toBe(200)
  },
  GIVEN_UP_WITHIN_MS,
)

test(
  'a server that falls silent at COMMIT leaves one booking under the key, whatever became of the first',
  async () => {
    const client = await signIn('wati')
    await client.get('/')
    const key = { 'Idempotency-Key': 'beku' }
    const body = { location: 'GENSET', amount: 10 }
    proxy().onCommit('freeze')
    expect((await client.api('POST', '/api/stock/out', body, key)).status).toBe(503)
    await proxy().mend()
    const again = await untilBack(() => client.api('POST', '/api/stock/out', body, key))
    expect(again.status).toBeLessThan(300)
    expect(await balanceOf(depot().db, 'GENSET')).toBe(99_000n)
  },
  GIVEN_UP_WITHIN_MS,
)

describe('nobody is signed out', () => {
  for (const minutes of [0, 11]) {
    const when = minutes === 0 ? 'with a good access token' : 'when the refresh is due'
    test(`${when}: no cookie is touched, and the same ones work after the return`, async () => {
      const { client, hidden } = await openForm('wati', '/stock/out')
      const cookies = new Map(client.jar)
      const before = await everythingIn(depot().db)
      depot().pass({ minutes })
      const answers = [
        await client.get('/'),
        await client.get('/login'),
        await client.fragment('/history'),
        await client.post('/stock/out', { ...hidden, ...USAGE }),
        await client.post('/logout', { formToken: hidden.formToken ?? '' }),
      ]
      for (const answer of answers) {
        expect([answer.status, answer.headers.getSetCookie()]).toEqual([503, []])
      }
      expect(client.jar).toEqual(cookies)
      expect(await everythingIn(depot().db)).toEqual(before)
      await proxy().mend()
      expect((await untilBack(() => client.get('/'))).status).toBe(200)
    })
  }

  test('by signing out, which says that it did not happen and can be sent again', async () => {
    const { client, hidden } = await openForm('wati', '/stock/out')
    const response = await client.post('/logout', { formToken: hidden.formToken ?? '' })
    const html = await response.text()
    expect(wordsOf(html)).toContain('Anda belum keluar')
    expect(wordsOf(html)).toContain('Anda masih masuk')
    expect(html).toMatch(/<button[^>]*>Keluar</)
    await proxy().mend()
    const out = await untilBack(() => client.post('/logout', hiddenFields(html, '/logout')))
    expect([out.status, out.headers.get('Location')]).toEqual([303, '/login'])
    expect((await client.get('/')).status).toBe(303)
  })
})
