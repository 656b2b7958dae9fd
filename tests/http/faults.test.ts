import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { refusalOf } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { deliver } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'
import { hiddenFields, wordsOf } from '#tests/support/html.ts'

let depot: Depot
let wati: Client
beforeEach(async () => {
  await depot?.close().catch(() => undefined)
  depot = await openDepot()
  wati = await depot.signIn('wati')
  depot.lines.length = 0
})
afterAll(() => depot.close().catch(() => undefined))

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/

describe('the request log', () => {
  test('says of each request what it was and how it ended, and nothing else', async () => {
    const response = await wati.get('/history?search=rahasia')
    expect(depot.lines).toEqual([
      {
        level: 'info',
        time: expect.any(Number),
        method: 'GET',
        route: '/history',
        status: 200,
        ms: expect.any(Number),
        userId: depot.ids.wati,
        requestId: expect.stringMatching(UUID),
      },
    ])
    expect(depot.lines[0]?.requestId).toBe(response.headers.get('X-Request-Id'))
  })

  test('names the route and not the address that was typed', async () => {
    await wati.get('/history/999999')
    await wati.get('/rahasia-dalam-alamat')
    await depot.visit().get('/rahasia-dalam-alamat')
    expect(depot.lines[0]).toMatchObject({ status: 404, level: 'warn' })
    expect(depot.lines[2]).toMatchObject({ status: 303, userId: null })
    expect(JSON.stringify(depot.lines)).not.toMatch(/rahasia|999999/)
  })

  test('never holds a body, a query, a cookie or a token', async () => {
    const hidden = hiddenFields(await (await wati.get('/stock/in')).text(), '/stock/in')
    const fields = { ...hidden, location: 'GENSET', amount: '5', notes: 'catatan-rahasia' }
    await wati.post('/stock/in', fields)
    await wati.post('/stock/in', { ...fields, amount: 'x' })
    const key = { 'Idempotency-Key': 'kunci-rahasia' }
    await wati.api('POST', '/api/stock/in', { location: 'GENSET', amount: 5 }, key)
    await wati.get('/api/stock/summary', { Authorization: 'Bearer bbm_rahasia' })
    const said = JSON.stringify(depot.lines)
    const secrets = ['rahasia', hidden.formToken, hidden.requestId, ...wati.jar.values()]
    for (const secret of secrets) expect(said).not.toContain(secret ?? 'missing')
    expect(depot.lines.map(({ status }) => status)).toEqual([200, 303, 422, 201, 401])
  })
})

describe('a fault of ours', () => {
  const breakBooks = () =>
    depot.root.pool.promise().query('rename table transactions to hidden_transactions')
  const mendBooks = () =>
    depot.root.pool.promise().query('rename table hidden_transactions to transactions')

  test('is an honest 500 that shows nothing of the inside, by page, fragment and API', async () => {
    await breakBooks()
    const page = await wati.get('/history')
    const fragment = await wati.fragment('/history')
    const api = await wati.get('/api/stock/history')
    await mendBooks()
    const texts = [await page.text(), await fragment.text(), await api.text()]
    expect([page.status, fragment.status, api.status]).toEqual([500, 500, 500])
    for (const text of texts)
      expect(wordsOf(text)).not.toMatch(/transactions|select|ER_|errno|error:|\.ts\b/i)
    expect(texts[0]).toContain(page.headers.get('X-Request-Id') ?? 'missing')
    expect(texts[0]).toStartWith('<!doctype html>')
  })

  test('is logged with its stack and the request id, and without what people typed', async () => {
    await breakBooks()
    const body = { location: 'GENSET', amount: 5, notes: 'catatan-rahasia' }
    const response = await wati.api('POST', '/api/stock/in', body, { 'Idempotency-Key': 'rahasia' })
    await mendBooks()
    const [line] = depot.lines
    expect(line).toMatchObject({ level: 'error', status: 500, route: '/api/stock/in' })
    expect(line?.requestId).toBe(response.headers.get('X-Request-Id'))
    expect(String(line?.error)).toMatch(/\n\s+at /)
    expect(String(line?.error)).toContain('caused by')
    expect(JSON.stringify(line)).not.toContain('rahasia')
  })
})

describe('while the database is away', () => {
  test('every answer is 503 with Retry-After, and nobody is signed out', async () => {
    await deliver(wati, { location: 'GENSET', amount: 10 })
    const hidden = hiddenFields(await (await wati.get('/stock/out')).text(), '/stock/out')
    const cookies = new Map(wati.jar)
    await depot.close()
    depot.pass({ minutes: 11 })
    const answers = [
      await wati.get('/'),
      await wati.fragment('/history'),
      await wati.get('/api/stock/summary'),
      await wati.post('/stock/out', { ...hidden, amount: '1' }),
      await wati.api('POST', '/api/stock/out', { location: 'GENSET', amount: 1 }),
      await wati.api('POST', '/api/auth/refresh'),
    ]
    for (const answer of answers) {
      expect(answer.status).toBe(503)
      expect(answer.headers.get('Retry-After')).toBe('5')
      expect(answer.headers.getSetCookie()).toEqual([])
    }
    expect(wati.jar).toEqual(cookies)
    expect((await refusalOf(answers[2] ?? new Response())).error).toContain('Basis data')
    expect(depot.lines.at(-1)).toMatchObject({ level: 'error', status: 503 })
  })

  test('the sign-in page can still be seen, and says so when it is sent', async () => {
    await depot.close()
    const visitor = depot.visit()
    expect((await visitor.get('/login')).status).toBe(200)
    const response = await visitor.submit('/login', { email: 'a@b.id', password: 'x' })
    expect(response.status).toBe(503)
  })
})
