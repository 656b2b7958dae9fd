import { afterAll, beforeAll, expect, test } from 'bun:test'
import { pino } from 'pino'
import { createApp, routes } from '#src/app.tsx'
import { readAssets } from '#src/assets/manifest.ts'
import { openDatabase } from '#src/database/client.ts'
import { deliver } from '#tests/support/books.ts'
import { type Client, createClient } from '#tests/support/client.ts'
import { testDatabaseUrl } from '#tests/support/database.ts'
import { type ServedDepot, serveDepot } from '#tests/support/serve.ts'
import { ask } from '#tests/support/wire.ts'

let depot: ServedDepot
let agus: Client
let wati: Client
let entryId: number
beforeAll(async () => {
  depot = await serveDepot()
  agus = await depot.signIn('agus')
  wati = await depot.signIn('wati')
  entryId = (await deliver(wati, { location: 'GENSET', amount: 10 })).id
})
afterAll(() => depot.close().catch(() => undefined))

const POLICY = {
  'default-src': ["'self'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'"],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
}
const FOREVER = 'public, max-age=31536000, immutable'

/** What is wrong with the headers of an answer; nothing, as it should be. */
function faultsOf({ headers }: Response, { isAsset = false, isHttps = false } = {}): string[] {
  const rules = (headers.get('Content-Security-Policy') ?? '').split('; ')
  const policy = Object.fromEntries(
    rules.map((rule) => {
      const [name = '', ...sources] = rule.split(' ')
      return [name, sources]
    }),
  )
  const expected: [string, boolean][] = [
    ['Content-Security-Policy', Bun.deepEquals(policy, POLICY)],
    ['X-Content-Type-Options', headers.get('X-Content-Type-Options') === 'nosniff'],
    ['X-Frame-Options', headers.get('X-Frame-Options') === 'DENY'],
    ['Referrer-Policy', headers.get('Referrer-Policy') === 'same-origin'],
    ['Permissions-Policy', isNothing(headers.get('Permissions-Policy') ?? '')],
    ['Cross-Origin-Opener-Policy', headers.get('Cross-Origin-Opener-Policy') === 'same-origin'],
    ['Cross-Origin-Resource-Policy', headers.get('Cross-Origin-Resource-Policy') === 'same-origin'],
    ['Cache-Control', headers.get('Cache-Control') === (isAsset ? FOREVER : 'no-store')],
    ['Strict-Transport-Security', headers.get('Strict-Transport-Security') === hsts(isHttps)],
    ['X-Request-Id', headers.has('X-Request-Id')],
    ['Server', !headers.has('Server') && !headers.has('X-Powered-By')],
    ['Access-Control', !headers.has('Access-Control-Allow-Origin')],
  ]
  return expected.filter(([, isRight]) => !isRight).map(([name]) => name)
}

const hsts = (isHttps: boolean) => (isHttps ? 'max-age=31536000' : null)
/** Every feature that is named is given to nobody. */
const isNothing = (policy: string): boolean =>
  ['camera=()', 'microphone=()', 'geolocation=()', 'usb=()'].every((one) => policy.includes(one)) &&
  policy.split(', ').every((one) => one.endsWith('=()'))

const addressOf = (path: string): string =>
  path.replace(/:id[^/]*/, String(entryId)).replace(':month', '2026-11')

/** Reads an answer to its end, so that a file lets go of its place. */
async function read(answer: Promise<Response>): Promise<Response> {
  const response = await answer
  await response.arrayBuffer()
  return response
}

test('every route answers with them, to everybody, as page, fragment and API', async () => {
  const seen: Record<number, number> = {}
  for (const { method, path } of routes) {
    for (const client of [agus, depot.visit(), await depot.signIn('sari')]) {
      for (const headers of [{}, { 'HX-Request': 'true' }]) {
        const init = { method, headers, ...(method !== 'GET' && { body: '' }) }
        const response = await read(client.send(addressOf(path), init))
        expect([method, path, ...faultsOf(response)]).toEqual([method, path])
        seen[response.status] = (seen[response.status] ?? 0) + 1
      }
    }
  }
  expect(Object.keys(seen)).toEqual(
    expect.arrayContaining(['200', '303', '401', '403', '404', '422']),
  )
})

const fileHeaders = (response: Response) => response.headers.get('Content-Disposition') ?? ''

test('every kind of answer has them: files, nothing new, what is missing, too much, too large, not ours', async () => {
  const form = { formToken: 'x' }
  const version = /data-version="([^"]+)"/.exec(await (await wati.get('/history')).text())?.[1]
  const kinds: [number, Promise<Response>][] = [
    [200, wati.get('/stock/export?format=xlsx')],
    [200, wati.get('/api/stock/export?format=csv')],
    [200, wati.get('/reports/2026-11.pdf')],
    [200, wati.send('/history', { method: 'HEAD' })],
    [204, wati.fragment(`/history?seen=${version}`)],
    [303, depot.visit().get('/tidak-ada')],
    [400, wati.api('POST', '/api/stock/in', '{')],
    [401, depot.visit().get('/api/tidak-ada')],
    [403, wati.post('/stock/in', form)],
    [404, wati.get('/tidak-ada')],
    [404, wati.get('/build/tidak-ada.js')],
    [404, wati.send('/history', { method: 'OPTIONS' })],
    [413, wati.api('POST', '/api/stock/in', 'x'.repeat(1_000_001))],
    [415, wati.api('POST', '/api/stock/in', 'x', { 'Content-Type': 'text/plain' })],
    [421, createClient(depot.app, new Map(), 'http://jahat.example').get('/')],
    [422, wati.api('POST', '/api/stock/in', {})],
  ]
  for (const [status, asked] of kinds) {
    const response = await read(asked)
    expect([status, ...faultsOf(response)]).toEqual([response.status])
    if (fileHeaders(response) !== '') expect(fileHeaders(response)).toStartWith('attachment')
  }
})

test('too many have them, and so have faults of ours and an absent database', async () => {
  const busy = await depot.signIn('wati')
  for (let at = 0; at < 300; at++) await busy.api('POST', '/api/stock/in', {})
  const { root } = depot
  const refused = [await busy.api('POST', '/api/stock/in', {}), await busy.post('/stock/in', {})]
  await root.pool.promise().query('rename table transactions to hidden_transactions')
  const broken = [await wati.get(`/history/${entryId}`), await wati.get('/api/stock/history')]
  await root.pool.promise().query('rename table hidden_transactions to transactions')
  const gone = openDatabase(testDatabaseUrl())
  await gone.close()
  const app = createApp({ ...depot.system, db: gone.db }, pino({ level: 'silent' }))
  const lost = createClient(app, wati.jar)
  const away = [await lost.get('/'), await lost.get('/api/auth/me'), await lost.get('/readyz')]
  const statuses = [refused, broken, away].map((answers) => answers.map(({ status }) => status))
  expect(statuses).toEqual([
    [429, 429],
    [500, 500],
    [503, 503, 503],
  ])
  for (const answer of [...refused, ...broken, ...away]) {
    expect(faultsOf(answer)).toEqual([])
    expect(answer.headers.has('Retry-After')).toBe(answer.status !== 500)
  }
})

test('over https browsers are told to keep to it, on pages, files, refusals and redirects alike', async () => {
  const origin = 'https://bbm.example.com'
  const app = depot.reconfigured({ publicOrigin: origin, isHttps: true })
  const visitor = createClient(app, new Map(), origin)
  for (const path of ['/login', '/', '/api/auth/me', '/healthz', '/build/tidak-ada.js'])
    expect([path, ...faultsOf(await visitor.get(path), { isHttps: true })]).toEqual([path])
  const asset = await visitor.get(readAssets().style)
  expect(faultsOf(asset, { isHttps: true, isAsset: true })).toEqual([])
})

test('built files may be kept for ever and have all the rest', async () => {
  for (const path of Object.values(readAssets())) {
    const response = await depot.visit().get(path)
    expect([path, response.status, ...faultsOf(response, { isAsset: true })]).toEqual([path, 200])
  }
})

test('on the wire nobody says what serves, nor in which version', async () => {
  const host = `Host: ${new URL(depot.origin).host}`
  const answers = [
    await ask(depot.origin, 'GET /login HTTP/1.1', host),
    await ask(depot.origin, 'GET /api/auth/me HTTP/1.1', host),
    await ask(depot.origin, 'GET / HTTP/1.1'),
    await ask(depot.origin, 'SALAH'),
    await ask(depot.origin, 'GET / HTTP/1.1', host, `X: ${'a'.repeat(20_000)}`),
  ]
  for (const { text } of answers) {
    const [head = ''] = text.split('\r\n\r\n')
    expect(head).toStartWith('HTTP/1.1 ')
    expect(head).not.toMatch(/^(server|x-powered-by|via|x-aspnet-version):|bun|hono/im)
  }
})
