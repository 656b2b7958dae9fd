import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { limits } from '#src/database/schema/limits.ts'
import { Rejected } from '#src/rejected.ts'
import { spendWrite } from '#src/throttle/writes.ts'
import { refusalOf } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { balanceOf, countEntries, deliver } from '#tests/support/books.ts'
import { type Client, createClient } from '#tests/support/client.ts'
import { hiddenFields, wordsOf } from '#tests/support/html.ts'
import { useStandingClock } from '#tests/throttle/clock.ts'

const { pass } = useStandingClock()

let depot: Depot
let wati: Client
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  wati = await depot.signIn('wati')
})
afterAll(() => depot.close())

const BURST = 300
const WINDOW = 15
const SENTENCE =
  'Terlalu banyak kiriman: paling banyak 300 dalam 15 detik. Yang ini belum tercatat.'

/** A write that is refused for what is in it: 422, unless it is refused before. */
const write = (client: Client) => client.api('POST', '/api/stock/in', {})

async function use(client: Client, times: number): Promise<void> {
  for (let at = 0; at < times; at++) expect((await write(client)).status).toBe(422)
}

/** How many of so many writes at once are let through. */
async function countLet(clients: Client[], times: number): Promise<number> {
  const answers = await Promise.all(
    Array.from({ length: times }, (_, at) => write(clients[at % clients.length] ?? wati)),
  )
  return answers.filter(({ status }) => status === 422).length
}

const exhaust = (client: Client) => countLet([client], BURST)

describe('the writes of a session', () => {
  test('are three hundred in fifteen seconds; the next is told how long to wait', async () => {
    await use(wati, BURST)
    pass(6)
    const refused = await write(wati)
    expect([refused.status, refused.headers.get('Retry-After')]).toEqual([429, '9'])
    expect(await refusalOf(refused)).toEqual({
      error: `${SENTENCE} Coba lagi dalam 9 detik.`,
      details: {},
    })
    pass(9)
    await use(wati, BURST)
    expect((await write(wati)).status).toBe(429)
  })

  test('are twelve hundred in a minute', async () => {
    for (let window = 0; window < 4; window++) {
      expect(await countLet([wati], 400)).toBe(BURST)
      pass(WINDOW)
    }
  })

  test('are counted one by one when all come at once', async () => {
    expect(await countLet([wati], 400)).toBe(BURST)
  })

  test('disturb no other session, not even one of the same person', async () => {
    await exhaust(wati)
    expect((await write(wati)).status).toBe(429)
    await use(await depot.signIn('wati'), 1)
    await use(await depot.signIn('agus'), 1)
  })

  test('do not keep anybody from reading, nor strangers from signing in', async () => {
    await exhaust(wati)
    for (const path of ['/', '/history', '/api/stock/summary'])
      expect((await wati.get(path)).status).toBe(200)
    expect((await depot.visit().api('POST', '/api/auth/login', {})).status).toBe(422)
  })

  test('are counted by whatever method, as page, fragment and API', async () => {
    const agus = await depot.signIn('agus')
    await exhaust(agus)
    const answers = [
      await agus.api('PATCH', '/api/users/1', {}),
      await agus.api('DELETE', '/api/users/1'),
      await agus.api('POST', '/api/stock/export', {}),
      await agus.post('/stock/in', {}),
      await agus.post('/stock/in', {}, { 'HX-Request': 'true' }),
      await agus.post('/users', {}),
      await agus.post('/logout', {}),
    ]
    for (const { status, headers } of answers)
      expect([status, headers.get('Retry-After')]).toEqual([429, '15'])
  })

  test('from another site count for nothing: they are not this person’s', async () => {
    const foreign = { Origin: 'https://jahat.example' }
    for (let at = 0; at < BURST; at++)
      expect((await wati.api('POST', '/api/stock/in', {}, foreign)).status).toBe(403)
    await use(wati, 1)
  })

  test('cost the database one question for twenty-five', async () => {
    const taken = async () => (await depot.db.select().from(limits)).map(({ points }) => points)
    await use(wati, 1)
    expect(await taken()).toEqual([25])
    await use(wati, 24)
    expect(await taken()).toEqual([25])
    await use(wati, 1)
    expect(await taken()).toEqual([50])
  })
})

describe('a form that came too soon', () => {
  const TYPED = { location: 'GENSET', amount: '12,5', notes: 'baris <b>satu</b>' }

  test('comes back with what was typed, says when, and is booked once from there', async () => {
    await deliver(wati, { location: 'GENSET', amount: 100 })
    const hidden = hiddenFields(await (await wati.get('/stock/out')).text(), '/stock/out')
    await exhaust(wati)
    const response = await wati.post('/stock/out', { ...hidden, ...TYPED })
    expect([response.status, response.headers.get('Retry-After')]).toEqual([429, '15'])
    const html = await response.text()
    expect(html).toStartWith('<!doctype html>')
    const words = wordsOf(html)
    expect(words).toContain('Terlalu banyak permintaan Kiriman ini belum tercatat.')
    expect(words).toContain('Jumlah (L) 12,5 Keterangan baris <b>satu</b>')
    expect(words).toContain('tunggu 15 detik, lalu kirim lagi.')
    expect(words).toContain('Coba lagi dalam 15 detik.')
    expect(html).toMatch(/<button[^>]*>Kirim lagi</)
    const kept = hiddenFields(html, '/stock/out')
    expect(kept).toEqual({ ...hidden, ...TYPED })
    expect(await countEntries(depot.db)).toBe(1)
    pass(WINDOW)
    for (let at = 0; at < 2; at++) expect((await wati.post('/stock/out', kept)).status).toBe(303)
    expect(await balanceOf(depot.db, 'GENSET')).toBe(8_750n)
  })

  test('leaves the sentence to the script where there is one', async () => {
    await exhaust(wati)
    const response = await wati.post('/stock/out', TYPED, { 'HX-Request': 'true' })
    expect([response.status, await response.text()]).toEqual([
      429,
      `${SENTENCE} Coba lagi dalam 15 detik.`,
    ])
  })

  test('that signs in says so beside the e-mail', async () => {
    const agus = await depot.signIn('agus')
    const hidden = { ...hiddenFields(await (await depot.visit().get('/login')).text(), '/login') }
    await exhaust(agus)
    const typed = { email: 'budi@depo.example', password: 'apa-saja-yang-panjang' }
    const response = await agus.post('/login', { ...hidden, ...typed })
    expect(response.status).toBe(429)
    const html = await response.text()
    expect(wordsOf(html)).toContain('Coba lagi dalam')
    expect(wordsOf(html)).not.toContain('di sisi kami')
    expect(html).toContain('value="budi@depo.example"')
  })

  test('that signs out says that it did not', async () => {
    const hidden = hiddenFields(await (await wati.get('/')).text(), '/logout')
    await exhaust(wati)
    const html = await (await wati.post('/logout', hidden)).text()
    expect(wordsOf(html)).toContain('Terlalu banyak permintaan, jadi Anda masih masuk.')
    expect(html).toMatch(/<button[^>]*>Keluar</)
  })

  test('with a file is refused before the file is taken', async () => {
    const agus = await depot.signIn('agus')
    await exhaust(agus)
    const body = new FormData()
    body.set('file', new File(['tanggal'], 'buku.csv'))
    const response = await agus.send('/imports/previews', { method: 'POST', body })
    expect([response.status, response.headers.get('Connection')]).toEqual([429, 'close'])
    expect(wordsOf(await response.text())).toContain(SENTENCE)
  })
})

describe('two processes on one database', () => {
  const elsewhere = (client: Client) => createClient(depot.reconfigured({}), client.jar)

  test('share the count, but for what one of them holds of its last batch', async () => {
    const letThrough = await countLet([wati, elsewhere(wati)], 500)
    expect(letThrough).toBeLessThanOrEqual(BURST)
    expect(letThrough).toBeGreaterThan(BURST - 50)
    expect((await write(elsewhere(wati))).status).toBe(429)
  })

  test('know after a restart what was used before it', async () => {
    await exhaust(wati)
    expect((await write(elsewhere(wati))).status).toBe(429)
    pass(WINDOW)
    await use(elsewhere(wati), 1)
  })
})

test('a program is counted by its key', async () => {
  const spend = (key: string) => spendWrite(depot.system, key)
  await Promise.all(Array.from({ length: BURST }, () => spend('key:7')))
  const refused = await spend('key:7').catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(Rejected)
  expect(refused).toMatchObject({ status: 429, retryAfterSeconds: 15 })
  await spend('key:8')
})

test('where nothing can be counted nobody writes or signs in, and it is no fault that is shown', async () => {
  const root = depot.root.pool.promise()
  await deliver(wati, { location: 'GENSET', amount: 100 })
  const agus = await depot.signIn('agus')
  await root.query('rename table limits to hidden_limits')
  const answers = [
    await agus.api('POST', '/api/stock/out', { location: 'GENSET', amount: 1 }),
    await agus.post('/stock/out', { location: 'GENSET', amount: '1' }),
    await agus.get('/stock/export?format=csv'),
    await depot.visit().api('POST', '/api/auth/login', { email: 'a@b.id', password: 'x' }),
  ]
  await root.query('rename table hidden_limits to limits')
  for (const { status, headers } of answers)
    expect([status, headers.get('Retry-After')]).toEqual([503, '5'])
  expect(await countEntries(depot.db)).toBe(1)
  expect(JSON.stringify(depot.lines)).toContain('nothing can be counted')
})
