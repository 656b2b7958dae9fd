import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { routes } from '#src/app.tsx'
import { isHostOf } from '#src/http/origin.ts'
import { refusalOf } from '#tests/support/answers.ts'
import { everythingIn } from '#tests/support/books.ts'
import { type Client, createClient } from '#tests/support/client.ts'
import { type ServedDepot, serveDepot } from '#tests/support/serve.ts'
import { ask, statusOf } from '#tests/support/wire.ts'

const PUBLIC = 'https://bbm.example.com'

let depot: ServedDepot
beforeAll(async () => {
  depot = await serveDepot()
})
afterAll(() => depot.close())

describe('the name in Host', () => {
  test.each([
    [PUBLIC, 'bbm.example.com'],
    [PUBLIC, 'BBM.Example.com'],
    [PUBLIC, 'bbm.example.com:443'],
    ['http://bbm.lan', 'bbm.lan:80'],
    ['http://bbm.lan:8080', 'bbm.lan:8080'],
    // As nginx hands it on with $host.
    ['http://bbm.lan:8080', 'bbm.lan'],
    ['http://127.0.0.1:4111', '127.0.0.1:4111'],
    ['http://127.0.0.1:4111', 'localhost:4111'],
    ['http://localhost:4111', '[::1]:4111'],
    ['http://192.168.1.5:4111', '192.168.1.5:4111'],
  ])('of %s may be %j', (origin, given) => {
    expect(isHostOf(given, origin)).toBe(true)
  })

  test.each([
    [PUBLIC, 'jahat.example'],
    [PUBLIC, 'bbm.example.com.jahat.example'],
    [PUBLIC, 'jahat.example#bbm.example.com'],
    [PUBLIC, 'bbm.example.com@jahat.example'],
    [PUBLIC, 'bbm.example.com/x'],
    [PUBLIC, 'bbm.example.com?x'],
    [PUBLIC, 'bbm.example.com.'],
    [PUBLIC, 'bbm.example.com:80'],
    [PUBLIC, 'bbm.example.com, jahat.example'],
    [PUBLIC, 'bbm.example.com jahat.example'],
    [PUBLIC, 'localhost'],
    [PUBLIC, '127.0.0.1:443'],
    [PUBLIC, ''],
    [PUBLIC, ':443'],
    [PUBLIC, '*'],
    ['http://127.0.0.1:4111', 'localhost:4112'],
    ['http://127.0.0.1:4111', '127.0.0.2:4111'],
    ['http://192.168.1.5:4111', 'localhost:4111'],
  ])('of %s may not be %j', (origin, given) => {
    expect(isHostOf(given, origin)).toBe(false)
  })
})

describe('a request for another name', () => {
  const FOREIGN = 'http://jahat.example'
  const foreign = (client: Client) => createClient(depot.app, client.jar, FOREIGN)

  test('is answered 421 on every route, whoever asks, and nothing is done', async () => {
    const agus = await depot.signIn('agus')
    const before = await everythingIn(depot.db)
    for (const { method, path } of routes) {
      if (path === '/healthz' || path === '/readyz') continue
      const init = { method, ...(method !== 'GET' && { body: '{}' }) }
      const response = await foreign(agus).send(path.replace(/:\w+/, '1'), init)
      expect([method, path, response.status]).toEqual([method, path, 421])
      expect(response.headers.getSetCookie()).toEqual([])
    }
    for (const path of ['/tidak-ada', '/build/app-1.js', '/favicon.ico'])
      expect((await foreign(depot.visit()).get(path)).status).toBe(421)
    expect(await everythingIn(depot.db)).toEqual(before)
  })

  test('says nothing of what was asked, in a bare text or as JSON', async () => {
    const text = await foreign(depot.visit()).get('/history?search=rahasia')
    expect(text.headers.get('Content-Type')).toContain('text/plain')
    expect(await text.text()).toBe('Alamat ini tidak dilayani di sini.')
    const json = await foreign(depot.visit()).get('/api/stock/summary')
    expect((await refusalOf(json)).error).toBe('Alamat ini tidak dilayani di sini.')
    for (const { headers } of [text, json]) {
      expect(JSON.stringify([...headers])).not.toContain('jahat')
      expect(headers.get('Cache-Control')).toBe('no-store')
    }
  })

  test('is refused before the database is asked', async () => {
    const { root } = depot
    const agus = await depot.signIn('agus')
    await root.pool.promise().query('rename table sessions to hidden_sessions')
    const response = await foreign(agus).get('/')
    await root.pool.promise().query('rename table hidden_sessions to sessions')
    expect(response.status).toBe(421)
  })

  test('does not become ours by what is forwarded with it', async () => {
    for (const name of ['X-Forwarded-Host', 'Forwarded', 'X-Host', 'X-Original-Host']) {
      const ours = { [name]: new URL(depot.origin).host }
      expect((await foreign(depot.visit()).get('/login', ours)).status).toBe(421)
      const others = await depot.visit().get('/', { [name]: 'jahat.example' })
      expect([others.status, others.headers.get('Location')]).toEqual([303, '/login?next=%2F'])
    }
  })

  test('gets the health of the server all the same', async () => {
    for (const path of ['/healthz', '/readyz'])
      expect((await foreign(depot.visit()).get(path)).status).toBe(200)
  })
})

describe('on the wire', () => {
  const host = () => new URL(depot.origin).host

  test('our own name is answered, whatever stands in the first line', async () => {
    expect(statusOf(await ask(depot.origin, 'GET /login HTTP/1.1', `Host: ${host()}`))).toBe(200)
    const absolute = await ask(
      depot.origin,
      'GET http://jahat.example/ HTTP/1.1',
      `Host: ${host()}`,
    )
    expect(absolute.text).toContain('Location: /login?next=%2F')
    expect(absolute.text).not.toContain('jahat')
  })

  test.each([
    ['another name', 421, ['GET / HTTP/1.1', 'Host: jahat.example']],
    ['two names', 421, ['GET / HTTP/1.1', 'Host: jahat.example', 'Host: 127.0.0.1']],
    ['none', 400, ['GET / HTTP/1.1']],
    ['none, as long ago', 400, ['GET /history HTTP/1.0']],
    ['what is no name', 400, ['GET / HTTP/1.1', 'Host: a b<c>']],
    ['a user', 400, ['GET / HTTP/1.1', 'Host: a@127.0.0.1']],
    ['a path', 400, ['GET / HTTP/1.1', 'Host: 127.0.0.1/x']],
  ])('%s is refused with %d and the connection ends', async (_, status, lines) => {
    const heard = await ask(depot.origin, ...lines)
    expect(statusOf(heard)).toBe(status)
    expect(heard.text).not.toMatch(/jahat|<html|\.ts\b|Error/)
    expect(heard.text.toLowerCase()).toContain('connection: close')
  })
})
