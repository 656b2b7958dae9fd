import { afterAll, beforeEach, expect, test } from 'bun:test'
import { isFull, streamFromSnapshot } from '#src/exports/stream.ts'
import { refusalOf } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { deliver } from '#tests/support/books.ts'
import { type Client, createClient } from '#tests/support/client.ts'
import { wordsOf } from '#tests/support/html.ts'
import { useStandingClock } from '#tests/throttle/clock.ts'

const { pass } = useStandingClock()

let depot: Depot
let wati: Client
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  wati = await depot.signIn('wati')
  await deliver(wati, { location: 'GENSET', amount: 10 })
})
afterAll(() => depot.close())

const MOST = 10
const FILE = '/stock/export?format=csv'
const FROM_API = '/api/stock/export?format=csv'

async function take(client: Client, times: number, path = FILE): Promise<void> {
  for (let at = 0; at < times; at++) {
    const response = await client.get(path)
    expect(response.status).toBe(200)
    await response.arrayBuffer()
    while (isFull()) await Bun.sleep(1)
  }
}

test('ten files a minute are given to a session; the next is told when, by page, fragment and API', async () => {
  await take(wati, MOST)
  pass(20)
  const page = await wati.get(FILE)
  const fragment = await wati.fragment(FILE)
  const program = await wati.get(FROM_API)
  for (const { status, headers } of [page, fragment, program])
    expect([status, headers.get('Retry-After')]).toEqual([429, '40'])
  const html = await page.text()
  expect(wordsOf(html)).toContain(
    'Terlalu banyak unduhan: paling banyak 10 dalam satu menit. Coba lagi',
  )
  expect(wordsOf(html)).toContain('Coba lagi dalam 40 detik.')
  expect(html).toContain(`href="${FILE}">Coba lagi`)
  const sentence =
    'Terlalu banyak unduhan: paling banyak 10 dalam satu menit. Coba lagi dalam 40 detik.'
  expect(await fragment.text()).toBe(sentence)
  expect((await refusalOf(program)).error).toBe(sentence)
  pass(40)
  await take(wati, MOST)
})

test('pages, programs and printed reports are counted together', async () => {
  await take(wati, 4)
  await take(wati, 3, FROM_API)
  await take(wati, 2, '/reports/2026-10.pdf')
  const body = await wati.api('POST', '/api/stock/export', { format: 'csv' })
  expect(body.status).toBe(200)
  await body.arrayBuffer()
  for (const path of [FILE, FROM_API, '/reports/2026-10.pdf'])
    expect((await wati.get(path)).status).toBe(429)
  expect((await wati.api('POST', '/api/stock/export', { format: 'csv' })).status).toBe(429)
  expect((await wati.get('/reports/2026-10')).status).toBe(200)
})

test('another session takes its own ten, and another process knows of them', async () => {
  await take(wati, MOST)
  await take(await depot.signIn('wati'), 1)
  const elsewhere = createClient(depot.reconfigured({}), wati.jar)
  expect((await elsewhere.get(FILE)).status).toBe(429)
})

test('whoever must wait for the downloads of others has taken none', async () => {
  const never = new AbortController().signal
  const endless = async function* () {
    for (;;) yield new Uint8Array(100_000)
  }
  const others = [
    await streamFromSnapshot(depot.db, never, async () => endless()),
    await streamFromSnapshot(depot.db, never, async () => endless()),
  ]
  for (let at = 0; at < MOST + 1; at++) {
    const refused = await wati.get(FILE)
    expect([refused.status, refused.headers.get('Retry-After')]).toEqual([429, '30'])
  }
  for (const body of others) await body.cancel()
  while (isFull()) await Bun.sleep(1)
  await take(wati, MOST)
})
