import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { judgeBy } from '#tests/openapi/checking.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { deliver, everythingIn } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'

let depot: Depot
let agus: Client
let judge: ReturnType<typeof judgeBy>
beforeAll(async () => {
  depot = await openDepot()
  agus = await depot.signIn('agus')
  judge = judgeBy(depot.system)
  await deliver(agus, { location: 'GENSET', amount: 100_000, occurredAt: '2026-11-23T07:00' })
})
afterAll(() => depot.close())

const entry = { location: 'GENSET', amount: '1.5' }
const key = { name: 'Meter', scope: 'book', location: 'GENSET' }
const user = { email: 'rani@depo.example', name: 'Rani', role: 'admin', password: 'sepuluh-lebih' }

const WRONG: [string, unknown][] = [
  ['post /api/stock/out', {}],
  ['post /api/stock/out', []],
  ['post /api/stock/out', { ...entry, amount: 0 }],
  ['post /api/stock/out', { ...entry, amount: -5 }],
  ['post /api/stock/out', { ...entry, amount: 1e10 }],
  ['post /api/stock/out', { ...entry, amount: '1,5' }],
  ['post /api/stock/out', { ...entry, amount: '1.555' }],
  ['post /api/stock/out', { ...entry, amount: true }],
  ['post /api/stock/out', { ...entry, amount: null }],
  ['post /api/stock/out', { ...entry, location: 'genset' }],
  ['post /api/stock/out', { ...entry, occurredAt: 'kemarin' }],
  ['post /api/stock/out', { ...entry, occurredAt: 1_795_414_500 }],
  ['post /api/stock/out', { ...entry, notes: 'x'.repeat(501) }],
  ['post /api/stock/out', { ...entry, reference: 'x'.repeat(101) }],
  ['post /api/stock/out', { ...entry, consumer: 7 }],
  ['post /api/stock/out', { ...entry, confirmUnusual: 'true' }],
  ['post /api/stock/out', { ...entry, litres: 5 }],
  ['post /api/stock/in', { ...entry, kind: 'delivery' }],
  ['post /api/stock/corrections', { entryId: 1 }],
  ['post /api/stock/corrections', { entryId: 0, reason: 'salah ketik' }],
  ['post /api/stock/corrections', { entryId: '1', reason: 'salah ketik' }],
  ['post /api/stock/corrections', { entryId: 1, reason: 'no' }],
  ['post /api/stock/corrections', { entryId: 1, reason: 'salah ketik', replacement: {} }],
  ['post /api/stock/export', { format: 'pdf' }],
  ['post /api/stock/export', { startDate: '30/11/2026' }],
  ['post /api/stock/export', { user: 0 }],
  ['post /api/keys', { ...key, scope: 'admin' }],
  ['post /api/keys', { ...key, name: '' }],
  ['post /api/keys', { ...key, secret: 'x' }],
  ['post /api/auth/login', { email: user.email, password: user.password, remember: true }],
  ['post /api/users', { ...user, role: 'root' }],
  ['post /api/users', { ...user, password: 'pendek' }],
  ['post /api/users', { ...user, admin: true }],
  ['post /api/locations', { code: 'a b', name: 'x' }],
  ['post /api/locations', { code: 'DERMAGA' }],
  ['post /api/locations', { code: 'DERMAGA', name: 'x', capacity: '-1' }],
  ['patch /api/settings', { companyName: 'x'.repeat(101) }],
  ['patch /api/settings', { alertRecipients: 'a@depo.example' }],
  ['patch /api/settings', { signatories: { approved: { name: 'Nur' } } }],
]

const RIGHT: [string, unknown][] = [
  ['post /api/stock/out', entry],
  ['post /api/stock/out', { ...entry, amount: 1.5 }],
  ['post /api/stock/out', { ...entry, occurredAt: null, notes: null, consumer: null }],
  ['post /api/stock/out', { ...entry, occurredAt: '2026-11-23T08:00' }],
  ['post /api/stock/out', { ...entry, occurredAt: '2026-11-23T08:00:00.123+0800' }],
  ['post /api/stock/out', { ...entry, notes: '🛢️'.repeat(250) }],
  ['post /api/stock/in', { ...entry, reference: 'DO-1' }],
  ['post /api/stock/export', { format: 'csv', user: 1, type: 'IN' }],
  ['post /api/keys', key],
  ['post /api/keys', { name: 'Papan', scope: 'read' }],
  ['post /api/users', user],
  ['post /api/locations', { code: 'DERMAGA', name: 'Dermaga', capacity: 5000, active: true }],
  ['patch /api/settings', { companyName: 'PT Maju' }],
  ['patch /api/settings', {}],
]

const send = (name: string, body: unknown) => {
  const [method = '', path = ''] = name.split(' ')
  return agus.api(method.toUpperCase(), path, body)
}

describe('what the document takes for wrong', () => {
  test.each(WRONG)('%s %j is refused, and changes nothing', async (name, body) => {
    expect(judge.faultsOfBody(name, body)).not.toEqual([])
    const before = await everythingIn(depot.db)
    expect((await send(name, body)).status).toBe(422)
    expect(await everythingIn(depot.db)).toEqual(before)
  })

  test.each([
    ['/api/stock/history', 'limit', '101'],
    ['/api/stock/history', 'page', '0'],
    ['/api/stock/history', 'sort', 'name'],
    ['/api/stock/history', 'startDate', '2026-02-30'],
    ['/api/stock/history', 'before', 'x'],
    ['/api/stock/trend', 'days', '3661'],
    ['/api/stock/trend', 'endDate', '23/11/2026'],
    ['/api/stock/export', 'format', 'pdf'],
  ])('%s?%s=%s is refused', async (path, name, value) => {
    const parameters = judge.document.paths?.[path]?.get?.parameters ?? []
    const at = parameters.findIndex((each) => 'name' in each && each.name === name)
    const pointer = ['paths', path, 'get', 'parameters', String(at), 'schema']
    const sent = /^\d+$/.test(value) ? Number(value) : value
    expect(judge.faultsAt(pointer, sent)).not.toEqual([])
    expect((await agus.get(`${path}?${name}=${encodeURIComponent(value)}`)).status).toBe(422)
  })
})

test.each(RIGHT)('what the document takes for right is taken: %s %j', async (name, body) => {
  expect(judge.faultsOfBody(name, body)).toEqual([])
  const response = await send(name, body)
  await response.arrayBuffer()
  expect([200, 201]).toContain(response.status)
})
