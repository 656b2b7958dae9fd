import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { createHmac } from 'node:crypto'
import { decode } from 'hono/jwt'
import { type Depot, openDepot, SECRET, START } from '#tests/support/app.ts'
import { CAST, PASSWORD } from '#tests/support/cast.ts'
import { createClient } from '#tests/support/client.ts'

let depot: Depot
beforeAll(async () => {
  depot = await openDepot()
})
afterAll(() => depot.close())

const RIGHT = { email: CAST.sari.email, password: PASSWORD }
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A token made by hand, so that it may be wrong in any way. */
function forge(header: object, claims: object, secret: string | null): string {
  const text = `${base64(header)}.${base64(claims)}`
  if (secret === null) return `${text}.`
  const hash = 'alg' in header && header.alg === 'HS512' ? 'sha512' : 'sha256'
  return `${text}.${createHmac(hash, secret).update(text).digest('base64url')}`
}

async function claimsOf(): Promise<Record<string, unknown>> {
  const sari = await depot.signIn('sari')
  return { ...decode(sari.jar.get('bbm_access_4111') ?? '').payload }
}

const statusWith = async (token: string) =>
  (await createClient(depot.app, new Map([['bbm_access_4111', token]])).get('/api/auth/me')).status

/** The moment at which the tests stand. */
const START_SECONDS = START.getTime() / 1000

describe('an access token', () => {
  const HS256 = { alg: 'HS256', typ: 'JWT' }

  test('carries the session, ten minutes and nothing about the person', async () => {
    const claims = await claimsOf()
    expect(Object.keys(claims).sort()).toEqual(['exp', 'iat', 'iss', 'sid'])
    expect(Number(claims.exp) - Number(claims.iat)).toBe(600)
    expect(await statusWith(forge(HS256, claims, SECRET))).toBe(200)
  })

  const FORGED: [string, (claims: Record<string, unknown>) => string][] = [
    ['without a signature', (claims) => forge({ alg: 'none', typ: 'JWT' }, claims, null)],
    ['with an empty secret', (claims) => forge(HS256, claims, '')],
    [
      'with another secret',
      (claims) => forge(HS256, claims, 'rahasia-orang-lain-yang-lain-sekali'),
    ],
    [
      'with a signature beside "none"',
      (claims) => forge({ alg: 'none', typ: 'JWT' }, claims, SECRET),
    ],
    ['with another algorithm', (claims) => forge({ alg: 'HS512', typ: 'JWT' }, claims, SECRET)],
    [
      'with the algorithm of a public key',
      (claims) => forge({ alg: 'RS256', typ: 'JWT' }, claims, SECRET),
    ],
    ['without an algorithm', (claims) => forge({ typ: 'JWT' }, claims, SECRET)],
    ['that ran out', (claims) => forge(HS256, { ...claims, exp: START_SECONDS }, SECRET)],
    [
      'that ran out long ago and is of tomorrow',
      (claims) => forge(HS256, { ...claims, iat: 9e9, exp: 1 }, SECRET),
    ],
    ['without an expiry', ({ exp: _, ...claims }) => forge(HS256, claims, SECRET)],
    [
      'with an expiry that is a text',
      (claims) => forge(HS256, { ...claims, exp: '9999999999' }, SECRET),
    ],
    ['of another issuer', (claims) => forge(HS256, { ...claims, iss: 'orang lain' }, SECRET)],
    ['without a session', ({ sid: _, ...claims }) => forge(HS256, claims, SECRET)],
    [
      'of a session that is none',
      (claims) => forge(HS256, { ...claims, sid: '0'.repeat(32) }, SECRET),
    ],
    ['that is no token', () => 'omong.kosong.saja'],
    ['that is empty', () => ''],
  ]
  test.each(FORGED)('%s is worth nothing', async (_, make) => {
    expect(await statusWith(make(await claimsOf()))).toBe(401)
  })

  test('in an Authorization header is no key, and on a page never beats the cookie', async () => {
    const [sari, agus] = [await depot.signIn('sari'), await depot.signIn('agus')]
    const headers = { Authorization: `Bearer ${agus.jar.get('bbm_access_4111')}` }
    for (const client of [depot.visit(), sari, agus])
      expect((await client.get('/api/auth/me', headers)).status).toBe(401)
    expect(await (await sari.get('/', headers)).text()).toContain(CAST.sari.name)
    expect((await sari.get('/settings', headers)).status).toBe(403)
  })

  test('is no refresh token, and a refresh token is no access token', async () => {
    const sari = await depot.signIn('sari')
    const [access = '', refresh = ''] = [
      sari.jar.get('bbm_access_4111'),
      sari.jar.get('bbm_refresh_4111'),
    ]
    const swapped = new Map([
      ['bbm_access_4111', refresh],
      ['bbm_refresh_4111', access],
    ])
    expect((await createClient(depot.app, swapped).get('/api/auth/me')).status).toBe(401)
  })
})

describe('cookies', () => {
  const cookiesOf = async (publicOrigin: string) => {
    const app = depot.reconfigured({ publicOrigin, isHttps: publicOrigin.startsWith('https:') })
    const client = createClient(app, new Map(), publicOrigin)
    const login = await client.get('/login')
    const answer = await client.api('POST', '/api/auth/login', RIGHT)
    return { client, lines: [...login.headers.getSetCookie(), ...answer.headers.getSetCookie()] }
  }

  test('are kept from scripts and from other sites', async () => {
    const { lines } = await cookiesOf('http://127.0.0.1:4111')
    expect(lines.map((line) => line.split('=')[0])).toEqual([
      'bbm_visitor_4111',
      'bbm_access_4111',
      'bbm_refresh_4111',
      'bbm_browser_4111',
    ])
    for (const line of lines) {
      expect(line).toContain('; HttpOnly')
      expect(line).toContain('; SameSite=Lax')
      expect(line).toContain('; Path=/')
      expect(line).not.toMatch(/Secure|Domain/)
    }
  })

  test('of the people of a browser are no session, and no other cookie is theirs', async () => {
    const client = depot.visit()
    await client.submit('/login', RIGHT)
    const [access = '', people = ''] = ['access', 'people'].map((name) =>
      client.jar.get(`bbm_${name}_4111`),
    )
    for (const value of [people, access]) {
      const names = ['access', 'refresh', 'people'].map(
        (name) => [`bbm_${name}_4111`, value] as const,
      )
      const forger = createClient(depot.app, new Map(value === people ? names : names.slice(1)))
      expect((await forger.get('/api/auth/me')).status).toBe(401)
      expect((await forger.get('/login')).status).toBe(200)
    }
  })

  test('over https are Secure and bound to the host by their name', async () => {
    const { client, lines } = await cookiesOf('https://bbm.example.com')
    expect(lines).toHaveLength(4)
    for (const line of lines) {
      expect(line).toStartWith('__Host-bbm_')
      expect(line).toMatch(/; HttpOnly.*; Secure|; Secure.*; HttpOnly/)
      expect(line).toContain('; Path=/')
      expect(line).not.toContain('Domain')
    }
    expect((await client.get('/api/auth/me')).status).toBe(200)
    expect((await client.api('POST', '/api/auth/logout')).headers.getSetCookie()).toHaveLength(2)
    expect([...client.jar.keys()]).toEqual(['__Host-bbm_visitor', '__Host-bbm_browser'])
  })

  test('of a sibling host without the prefix are ignored over https', async () => {
    const sari = await depot.signIn('sari')
    const app = depot.reconfigured({ publicOrigin: 'https://bbm.example.com', isHttps: true })
    const client = createClient(app, sari.jar, 'https://bbm.example.com')
    expect((await client.get('/api/auth/me')).status).toBe(401)
  })
})
