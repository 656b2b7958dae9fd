import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { z } from 'zod'
import { streamFromSnapshot } from '#src/exports/stream.ts'
import { documented, judgeBy, nameOf } from '#tests/openapi/checking.ts'
import { dataOf, EntryJson, LocationJson } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { type Name, PASSWORD } from '#tests/support/cast.ts'
import type { Headers } from '#tests/support/client.ts'
import { makeKey } from '#tests/support/programs.ts'

/** Somebody of the cast, a program by the scope of its key, or nobody. */
type Visitor = Name | 'key read' | 'key book' | 'anonymous'

let depot: Depot
let judge: ReturnType<typeof judgeBy>
let keys: Record<'key read' | 'key book', Headers>
let ids: Record<'entry' | 'late' | 'location' | 'user' | 'key', number>
const seen = new Set<string>()

beforeAll(async () => {
  depot = await openDepot()
  judge = judgeBy(depot.system)
  const [agus, wati] = [await depot.signIn('agus'), await depot.signIn('wati')]
  const read = await makeKey(agus, { scope: 'read' })
  const book = await makeKey(agus, { scope: 'book', location: 'GENSET' })
  keys = { 'key read': read.headers, 'key book': book.headers }
  const occurredAt = '2026-11-22T07:00'
  const genset = { location: 'GENSET', amount: 5000, kind: 'opening', occurredAt }
  const opened = await dataOf(await wati.api('POST', '/api/stock/in', genset), EntryJson)
  const tug = { location: 'TUG_ASSIST', amount: 10 }
  const late = await dataOf(await wati.api('POST', '/api/stock/in', tug), EntryJson)
  const places = await dataOf(await agus.get('/api/locations'), z.array(LocationJson))
  ids = {
    entry: opened.id,
    late: late.id,
    location: places[0]?.id ?? 0,
    user: depot.ids.dewi,
    key: (await makeKey(agus, { scope: 'read', name: 'Lama' })).id,
  }
})
afterAll(() => depot.close())

async function ask(
  name: string,
  visitor: Visitor,
  { address = '', body, headers = {} }: { address?: string; body?: unknown; headers?: Headers },
): Promise<Response> {
  const [method = '', path = ''] = name.split(' ')
  const isKey = visitor === 'key read' || visitor === 'key book'
  const client = isKey || visitor === 'anonymous' ? depot.visit() : await depot.signIn(visitor)
  const target = address.startsWith('/') ? address : `${path}${address}`
  const sent = { ...(isKey && keys[visitor]), ...headers }
  return client.api(method.toUpperCase(), target, body, sent)
}

/** Asks, and holds the answer against the document. */
async function check(name: string, visitor: Visitor, asked: Parameters<typeof ask>[2] = {}) {
  const response = await ask(name, visitor, asked)
  const { status } = response
  expect([name, visitor, status, await judge.faultsOf(name, response)]).toEqual([
    name,
    visitor,
    status,
    [],
  ])
  if (status < 400) seen.add(`${name} ${status}`)
  return status
}

const usage = { location: 'GENSET', amount: '12.5', notes: 'shift pagi', reference: 'DO-1' }

test('every success of every route answers what the document says', async () => {
  for (const visitor of ['sari', 'wati', 'agus', 'key read'] as const) {
    expect(await check('get /api/stock/summary', visitor)).toBe(200)
    expect(await check('get /api/stock/trend', visitor, { address: '?days=40' })).toBe(200)
    const report = { address: '/api/reports/2026-11' }
    expect(await check('get /api/reports/{month}', visitor, report)).toBe(200)
  }
  for (const visitor of ['sari', 'wati', 'key book'] as const) {
    const [key, other] = [`out ${visitor}`, `in ${visitor}`].map((text) => text.replace(/ /g, '-'))
    for (const status of [201, 200]) {
      const sent = { body: usage, headers: { 'Idempotency-Key': key ?? '' } }
      expect(await check('post /api/stock/out', visitor, sent)).toBe(status)
      if (visitor === 'sari') continue
      const delivery = { body: usage, headers: { 'Idempotency-Key': other ?? '' } }
      expect(await check('post /api/stock/in', visitor, delivery)).toBe(status)
    }
  }
  for (const replacement of [undefined, { amount: 4000, consumer: null }]) {
    const entryId = replacement ? ids.entry : ids.late
    const body = { entryId, reason: 'salah ketik', ...(replacement && { replacement }) }
    const headers = { 'Idempotency-Key': `perbaikan-${entryId}` }
    for (const status of [201, 200])
      expect(await check('post /api/stock/corrections', 'wati', { body, headers })).toBe(status)
  }
  for (const visitor of ['sari', 'wati', 'key read'] as const) {
    for (const address of ['', '?limit=1', '?search=shift', '?search=tidak+ada', '?type=OUT'])
      expect(await check('get /api/stock/history', visitor, { address })).toBe(200)
    for (const format of ['csv', 'csv-id', 'xlsx']) {
      const address = `?format=${format}`
      expect(await check('get /api/stock/export', visitor, { address })).toBe(200)
      expect(await check('post /api/stock/export', visitor, { body: { format } })).toBe(200)
    }
  }
})

test('every success of the administration and of sessions answers what the document says', async () => {
  const key = { name: 'Meter', scope: 'book', location: 'GENSET' }
  const user = { email: 'rani@depo.example', name: 'Rani', role: 'supervisor', password: PASSWORD }
  const location = { code: 'DERMAGA', name: 'Dermaga', capacity: '5000' }
  const genset = { name: 'Genset 9', kind: 'genset', power: 500 }
  const consumers = `/api/locations/${ids.location}/consumers`
  const made: [string, string, unknown][] = [
    ['post /api/keys', '', key],
    ['post /api/users', '', user],
    ['post /api/locations', '', location],
    ['post /api/locations/{id}/consumers', consumers, genset],
  ]
  for (const [name, address, body] of made)
    for (const status of [201, 200]) {
      const headers = { 'Idempotency-Key': name.replace(' ', '-') }
      expect(await check(name, 'agus', { address, body, headers })).toBe(status)
    }
  const listed = await (await depot.signIn('agus')).get(consumers)
  const [first] = await dataOf(listed, z.array(z.looseObject({ id: z.int() })))
  const changed: [string, string, unknown][] = [
    ['patch /api/users/{id}', `/api/users/${ids.user}`, { name: 'Dewi A.' }],
    ['delete /api/users/{id}', `/api/users/${ids.user}`, undefined],
    ['patch /api/locations/{id}', `/api/locations/${ids.location}`, { capacity: null }],
    ['patch /api/consumers/{id}', `/api/consumers/${first?.id}`, { power: null }],
    ['patch /api/settings', '/api/settings', { companyName: 'PT Maju' }],
    ['delete /api/keys/{id}', `/api/keys/${ids.key}`, undefined],
  ]
  for (const [name, address, body] of changed)
    expect(await check(name, 'agus', { address, body })).toBe(200)
  for (const noun of ['users', 'locations', 'settings', 'keys'])
    expect(await check(`get /api/${noun}`, 'agus')).toBe(200)
  const asked = { address: consumers }
  expect(await check('get /api/locations/{id}/consumers', 'agus', asked)).toBe(200)
  const credentials = { email: 'wati@depo.example', password: PASSWORD }
  expect(await check('post /api/auth/login', 'anonymous', { body: credentials })).toBe(200)
  expect(await check('post /api/auth/refresh', 'sari')).toBe(200)
  expect(await check('get /api/auth/me', 'sari')).toBe(200)
  expect(await check('patch /api/auth/me', 'sari', { body: { name: 'Sari' } })).toBe(200)
  const body = { oldPassword: PASSWORD, newPassword: 'kapal-tunda-berlayar-pagi' }
  expect(await check('post /api/auth/password', 'sari', { body })).toBe(200)
  expect(await check('post /api/auth/logout', 'sari')).toBe(200)
  for (const visitor of ['sari', 'key read', 'key book'] as const)
    expect(await check('get /api/openapi.json', visitor)).toBe(200)
})

test('nothing that the document promises was left out above', () => {
  const promised = documented.flatMap((route) =>
    Object.keys(route.api?.answers ?? {}).map((status) => `${nameOf(route)} ${status}`),
  )
  expect([...seen].sort()).toEqual(promised.sort())
})

test('a third file at once is refused as the document says', async () => {
  const { signal } = new AbortController()
  const open = async () => unread()
  const underWay = await Promise.all([
    streamFromSnapshot(depot.db, signal, open, () => undefined),
    streamFromSnapshot(depot.db, signal, open, () => undefined),
  ])
  const name = 'get /api/stock/export'
  const response = await ask(name, 'wati', { address: '?format=csv' })
  expect(response.headers.get('Retry-After')).toMatch(/^\d+$/)
  expect([response.status, await judge.faultsOf(name, response)]).toEqual([429, []])
  for (const file of underWay) await file.cancel()
})

/** A file that goes on for as long as somebody reads it. */
async function* unread(): AsyncGenerator<Uint8Array> {
  for (;;) yield new Uint8Array(1)
}

describe.each(documented.map((route) => [nameOf(route), route] as const))(
  '%s refuses as the document says',
  (name, { method, path, permission, api }) => {
    const address = path.replace(':id', '999999').replace(':month', '2026-11')
    const isWrite = method !== 'GET'
    const isOpen = permission === 'anyone'
    const body = isWrite && method !== 'DELETE' ? {} : undefined

    test('strangers, bad keys, and keys and people who may not', async () => {
      const bad = { Authorization: 'Bearer bbm_salah' }
      expect(await check(name, 'agus', { address, body, headers: bad })).toBe(401)
      if (!isOpen) expect(await check(name, 'anonymous', { address, body })).toBe(401)
      for (const visitor of ['key read', 'key book', 'sari'] as const) {
        const caller = visitor === 'sari' ? 'operasional' : visitor
        const isAllowed = isOpen ? visitor === 'sari' : permission.includes(caller)
        if (!isAllowed) expect(await check(name, visitor, { address, body })).toBe(403)
      }
    })

    test('what does not exist, does not fit or is no JSON', async () => {
      if (path.includes(':id')) {
        const none = { address: path.replace(':id', 'semua'), body }
        expect(await check(name, 'agus', none)).toBe(404)
      }
      if (path.includes(':month')) {
        const none = { address: address.replace('2026-11', 'semua') }
        expect(await check(name, 'agus', none)).toBe(404)
        const later = { address: address.replace('2026-11', '2027-01') }
        expect(await check(name, 'agus', later)).toBe(422)
      }
      if (api?.query) {
        const twice = { address: `${address}?location=GENSET&location=TUG_ASSIST` }
        expect(await check(name, 'agus', twice)).toBe(422)
      }
      if (!isWrite) return
      const text = { headers: { 'Content-Type': 'text/plain' }, body: 'x', address }
      expect(await check(name, 'agus', text)).toBe(415)
      const large = { address, body: { x: 'x'.repeat(1_000_001) } }
      expect(await check(name, 'agus', large)).toBe(413)
      const foreign = { address, body, headers: { Origin: 'https://lain.example' } }
      expect(await check(name, 'agus', foreign)).toBe(403)
      if (method !== 'DELETE')
        expect(await check(name, 'agus', { address, body: '{not json' })).toBe(400)
      if (api?.json) {
        const wrong = { address, body: { location: 5, salah: 1, email: 1, format: 1 } }
        const status = await check(name, 'agus', wrong)
        expect([401, 422]).toContain(status)
      }
      if (api?.isKeyed) {
        const headers = { 'Idempotency-Key': 'dua kata' }
        expect(await check(name, 'agus', { address, body, headers })).toBe(422)
      }
    })
  },
)
