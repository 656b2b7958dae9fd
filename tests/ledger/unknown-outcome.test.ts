import { describe, expect, test } from 'bun:test'
import { verifyBooks } from '#src/ledger/verify.ts'
import { refusalOf } from '#tests/support/answers.ts'
import { useDepotBehindProxy } from '#tests/support/behind-proxy.ts'
import { balanceOf, countEntries, everythingIn } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'
import { hiddenFields } from '#tests/support/html.ts'
import type { CommitFault } from '#tests/support/proxy.ts'

const { depot, proxy, signIn } = useDepotBehindProxy()
const LONGER_THAN_THE_DEADLINE = 30_000
const KEY = { 'Idempotency-Key': 'sekali' }

type Write = [string, string, object]
const WRITES: Write[] = [
  ['POST', '/api/stock/in', { location: 'GENSET', amount: 5 }],
  ['POST', '/api/stock/out', { location: 'GENSET', amount: 600 }],
  ['POST', '/api/stock/corrections', { entryId: 0, reason: 'salah ketik' }],
  [
    'POST',
    '/api/stock/corrections',
    { entryId: 0, reason: 'salah ketik', replacement: { amount: 800 } },
  ],
]
const PEOPLE: Write[] = [
  [
    'POST',
    '/api/users',
    {
      email: 'baru@contoh.test',
      name: 'Baru',
      role: 'supervisor',
      password: 'sepuluh-huruf-lebih',
    },
  ],
  ['POST', '/api/locations', { code: 'DERMAGA', name: 'Dermaga' }],
]
const FAULTS: CommitFault[] = ['drop-before', 'drop-after']
const BREAKS: [CommitFault, number][] = [
  ['drop-before', 1],
  ['drop-before', 2],
  ['drop-after', 1],
]
const CASES = BREAKS.flatMap(([fault, times]) =>
  [KEY, {}].map((key) => [fault, times, key] as const),
)

describe.each(CASES)(
  'a connection that breaks at COMMIT (%s, %d times, key %j)',
  (fault, times, key) => {
    test.each(WRITES)('leaves one booking of %s %s %j', async (method, path, body) => {
      const wati = await signIn('wati')
      const before = await countEntries(depot().db)
      const response = await broken(wati, [method, path, await withEntry(body)], {
        fault,
        times,
        key,
      })
      expect(response.status).toBe(201)
      const isReplaced = 'replacement' in body
      expect(await countEntries(depot().db)).toBe(before + (isReplaced ? 2 : 1))
      expect(await differences()).toEqual([])
    })

    test.each(PEOPLE)('leaves one change of %s %s', async (method, path, body) => {
      const agus = await signIn('agus')
      const before = (await everythingIn(depot().db)).audit.length
      expect((await broken(agus, [method, path, body], { fault, times, key })).status).toBe(201)
      expect((await everythingIn(depot().db)).audit).toHaveLength(before + 1)
      expect(await differences()).toEqual([])
    })
  },
)

test.each(FAULTS)(
  'a form whose connection breaks at COMMIT (%s) is booked once and says so',
  async (fault) => {
    const wati = await signIn('wati')
    const form = hiddenFields(await (await wati.get('/stock/out')).text(), '/stock/out')
    const fields = { ...form, location: 'GENSET', amount: '12,5' }
    proxy().onCommit(fault)
    const response = await wati.post('/stock/out', fields)
    expect(response.status).toBe(303)
    expect(response.headers.get('Location')).not.toContain('again')
    expect(await balanceOf(depot().db, 'GENSET')).toBe(98_750n)
    expect((await wati.post('/stock/out', fields)).headers.get('Location')).toContain('again=1')
    expect(await balanceOf(depot().db, 'GENSET')).toBe(98_750n)
  },
)

test(
  'an outcome that stays unknown is a 503, and the same request sent later is booked once',
  async () => {
    const wati = await signIn('wati')
    const body = { location: 'GENSET', amount: 5 }
    proxy().onCommit('drop-before', 10_000)
    const response = await wati.api('POST', '/api/stock/out', body, KEY)
    expect(response.status).toBe(503)
    expect(response.headers.get('Retry-After')).toBe('5')
    expect((await refusalOf(response)).error).toContain(
      'belum diketahui apakah permintaan ini tercatat',
    )
    proxy().onCommit(null)
    expect(await balanceOf(depot().db, 'GENSET')).toBe(100_000n)
    expect((await wati.api('POST', '/api/stock/out', body, KEY)).status).toBe(201)
    expect((await wati.api('POST', '/api/stock/out', body, KEY)).status).toBe(200)
    expect(await balanceOf(depot().db, 'GENSET')).toBe(99_500n)
  },
  LONGER_THAN_THE_DEADLINE,
)

test('what is refused at the second try was not booked at the first', async () => {
  const wati = await signIn('wati')
  proxy().onCommit('drop-before')
  const usage = wati.api('POST', '/api/stock/out', { location: 'GENSET', amount: 600 })
  const other = (await depot().signIn('wati')).api('POST', '/api/stock/out', {
    location: 'GENSET',
    amount: 600,
  })
  const statuses = [(await usage).status, (await other).status].sort()
  expect(statuses).toEqual([201, 422])
  expect(await balanceOf(depot().db, 'GENSET')).toBe(40_000n)
})

type Fault = { fault: CommitFault; times: number; key: Record<string, string> }

async function broken(client: Client, [method, path, body]: Write, { fault, times, key }: Fault) {
  proxy().onCommit(fault, times)
  const dropped = proxy().dropped()
  const response = await client.api(method, path, body, key)
  // A commit that was in the database at the first try is found, and not committed a second time.
  expect(proxy().dropped() - dropped).toBe(times)
  return response
}

async function withEntry(body: object): Promise<object> {
  if (!('entryId' in body)) return body
  const { entries } = await everythingIn(depot().db)
  return { ...body, entryId: entries[0]?.id }
}

async function differences(): Promise<string[]> {
  const found: string[] = []
  await verifyBooks(depot().system, (sentence) => found.push(sentence))
  return found
}
