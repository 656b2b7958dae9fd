import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { request } from 'node:http'
import { desc } from 'drizzle-orm'
import { pino } from 'pino'
import { createApp } from '#src/app.tsx'
import { accessLogs } from '#src/database/schema/audit.ts'
import { listen } from '#src/http/listen.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { type Headers, ORIGIN } from '#tests/support/client.ts'
import { type Nginx, openNginx } from '#tests/support/nginx.ts'

let depot: Depot
beforeAll(async () => {
  depot = await openDepot()
})
afterAll(() => depot.close())

const FORGED: Headers = {
  'X-Real-IP': '203.0.113.66',
  'X-Forwarded-For': '203.0.113.66, 203.0.113.67',
  'X-Forwarded': 'for=203.0.113.66',
  Forwarded: 'for=203.0.113.66',
  'X-Client-IP': '203.0.113.66',
  'X-Cluster-Client-IP': '203.0.113.66',
  'True-Client-IP': '203.0.113.66',
  'CF-Connecting-IP': '203.0.113.66',
}
const { 'X-Real-IP': _, ...NOT_ASKED_FOR } = FORGED

let guesses = 0
const guess = () =>
  JSON.stringify({ email: `orang-${guesses++}@depo.example`, password: 'solar-untuk-kapal' })

/** From where the books of access say that somebody came. */
async function notedAddress(): Promise<string | undefined> {
  const [row] = await depot.db.select().from(accessLogs).orderBy(desc(accessLogs.id)).limit(1)
  return row?.address
}

/** As if this address had opened the connection. */
async function signInFrom(peer: string, headers: Headers): Promise<number> {
  const env = { requestIP: () => ({ address: peer, family: 'IPv4', port: 1 }) }
  const response = await depot.app.request(
    `${ORIGIN}/api/auth/login`,
    { method: 'POST', body: guess(), headers: { 'Content-Type': 'application/json', ...headers } },
    env,
  )
  return response.status
}

describe('whoever comes to the server past nginx', () => {
  test.each(['198.51.100.7', '10.0.0.7', '192.168.1.7', '2001:db8::7', '172.127.0.1'])(
    'from %s is known by that address, whatever they say',
    async (peer) => {
      await signInFrom(peer, FORGED)
      expect(await notedAddress()).toBe(peer)
    },
  )

  test('over both kinds of IP is one and the same', async () => {
    await signInFrom('::ffff:198.51.100.8', FORGED)
    expect(await notedAddress()).toBe('198.51.100.8')
  })

  test('does not begin anew by naming another address each time', async () => {
    const statuses: number[] = []
    for (let at = 0; at < 6; at++)
      statuses.push(await signInFrom('198.51.100.9', { 'X-Real-IP': `203.0.113.${at}` }))
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429])
  })
})

describe('what nginx says of the client', () => {
  test.each([
    ['203.0.113.5', '203.0.113.5'],
    ['::ffff:203.0.113.5', '203.0.113.5'],
    ['2001:db8::5', '2001:db8::5'],
  ])('is taken: %s', async (named, address) => {
    for (const peer of ['127.0.0.1', '::1', '::ffff:127.0.0.1', '127.0.0.53']) {
      await signInFrom(peer, { ...FORGED, 'X-Real-IP': named })
      expect(await notedAddress()).toBe(address)
    }
  })

  test.each(['', 'localhost', '203.0.113.5, 203.0.113.6', '203.0.113.999', "' or 1=1", '<script>'])(
    'is not taken where it is no address: %j',
    async (named) => {
      await signInFrom('127.0.0.1', { ...NOT_ASKED_FOR, 'X-Real-IP': named })
      expect(await notedAddress()).toBe('127.0.0.1')
    },
  )
})

describe('through a real nginx', () => {
  let nginx: Nginx
  let close: () => Promise<void>
  beforeAll(async () => {
    // The port of nginx is known when it listens, and the app must know itself by it.
    let app = depot.app
    const server = listen(
      { fetch: (asked, env) => app.fetch(asked, env) },
      { hostname: '127.0.0.1', port: 0 },
    )
    nginx = await openNginx(server.url.origin)
    const config = { ...depot.system.config, publicOrigin: nginx.origin }
    app = createApp({ ...depot.system, config }, pino({ level: 'silent' }))
    close = async () => {
      await nginx.close()
      await server.stop(true)
    }
  })
  afterAll(() => close())

  /** Linux has all of 127.0.0.0/8 for itself: each is another client to nginx. */
  function signIn(from: string, headers: Headers = {}): Promise<number | undefined> {
    return new Promise((done, fail) => {
      const asked = request(
        `${nginx.origin}/api/auth/login`,
        {
          method: 'POST',
          localAddress: from,
          headers: { 'Content-Type': 'application/json', ...headers },
        },
        (response) => {
          response.resume()
          done(response.statusCode)
        },
      )
      asked.on('error', fail)
      asked.end(guess())
    })
  }

  test('the address is that of whoever opened the connection, whatever else is said', async () => {
    for (const from of ['127.0.0.2', '127.0.0.3']) {
      expect(await signIn(from, FORGED)).toBe(401)
      expect(await notedAddress()).toBe(from)
    }
  })

  test('failures wait by the real address, and nobody else does', async () => {
    const statuses: (number | undefined)[] = []
    for (let at = 0; at < 6; at++)
      statuses.push(await signIn('127.0.0.4', { 'X-Real-IP': `203.0.113.${at}` }))
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429])
    expect(await signIn('127.0.0.5')).toBe(401)
  })

  test('another name in Host is refused by the app behind it', async () => {
    expect(await signIn('127.0.0.6', { Host: 'jahat.example' })).toBe(421)
  })
})
