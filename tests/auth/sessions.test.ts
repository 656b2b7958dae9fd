import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { refreshTokens, sessions } from '#src/database/schema/users.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { balanceOf, deliver } from '#tests/support/books.ts'
import { type Client, createClient } from '#tests/support/client.ts'
import { hiddenFields } from '#tests/support/html.ts'

let depot: Depot
let sari: Client
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  sari = await depot.signIn('sari')
})
afterAll(() => depot.close())

const isIn = async (client: Client): Promise<boolean> =>
  (await client.get('/api/auth/me')).status === 200
const copyOf = (client: Client): Client => createClient(depot.app, new Map(client.jar))
const endReasons = async (): Promise<(string | null)[]> =>
  (await depot.db.select().from(sessions).where(eq(sessions.userId, depot.ids.sari))).map(
    ({ endReason }) => endReason,
  )

describe('an access token', () => {
  test('works for ten minutes without touching the refresh token', async () => {
    depot.pass({ minutes: 9, seconds: 59 })
    const response = await sari.get('/api/auth/me')
    expect([response.status, response.headers.getSetCookie()]).toEqual([200, []])
  })

  test('that ran out is renewed on the way, and the refresh token with it', async () => {
    const before = new Map(sari.jar)
    depot.pass({ minutes: 10 })
    expect(await isIn(sari)).toBe(true)
    expect(sari.jar.get('bbm_access_4111')).not.toBe(before.get('bbm_access_4111'))
    expect(sari.jar.get('bbm_refresh_4111')).not.toBe(before.get('bbm_refresh_4111'))
  })

  test('that ran out while a form was filled in does not lose the form', async () => {
    await deliver(await depot.signIn('wati'), { location: 'GENSET', amount: 100 })
    const hidden = hiddenFields(await (await sari.get('/stock/out')).text(), '/stock/out')
    depot.pass({ hours: 3 })
    const response = await sari.post('/stock/out', { ...hidden, amount: '40' })
    expect(response.status).toBe(303)
    expect(await balanceOf(depot.db, 'GENSET')).toBe(6_000n)
  })

  test('alone, without its refresh token, ends with its ten minutes', async () => {
    sari.jar.delete('bbm_refresh_4111')
    expect(await isIn(sari)).toBe(true)
    depot.pass({ minutes: 10 })
    expect(await isIn(sari)).toBe(false)
  })
})

describe('a refresh token', () => {
  test('exchanged by many at once gives all of them the same child', async () => {
    depot.pass({ minutes: 11 })
    const tabs = Array.from({ length: 10 }, () => copyOf(sari))
    expect(await Promise.all(tabs.map(isIn))).toEqual(Array(10).fill(true))
    expect(new Set(tabs.map(({ jar }) => jar.get('bbm_refresh_4111'))).size).toBe(1)
    expect(await depot.db.select().from(refreshTokens)).toHaveLength(2)
    expect(await endReasons()).toEqual([null])
    depot.pass({ minutes: 11 })
    expect(await Promise.all(tabs.map(isIn))).toEqual(Array(10).fill(true))
    expect(await endReasons()).toEqual([null])
  })

  test('stays good while its child was never used: an answer that got lost harms nobody', async () => {
    depot.pass({ minutes: 11 })
    const parent = copyOf(sari)
    await isIn(sari)
    depot.pass({ hours: 5 })
    expect(await isIn(parent)).toBe(true)
    expect(parent.jar.get('bbm_refresh_4111')).toBe(sari.jar.get('bbm_refresh_4111') ?? '')
  })

  test('stays good for 30 seconds after its child was first used', async () => {
    depot.pass({ minutes: 11 })
    const parent = copyOf(sari)
    await isIn(sari)
    depot.pass({ minutes: 11 })
    await isIn(sari)
    depot.pass({ seconds: 30 })
    expect(await isIn(parent)).toBe(true)
    expect(await isIn(sari)).toBe(true)
  })

  test('that comes again after that is taken for stolen and ends the whole family', async () => {
    depot.pass({ minutes: 11 })
    const parent = copyOf(sari)
    await isIn(sari)
    depot.pass({ minutes: 11 })
    await isIn(sari)
    depot.pass({ seconds: 31 })
    expect(await isIn(parent)).toBe(false)
    expect(parent.jar.has('bbm_refresh_4111')).toBe(false)
    expect(await isIn(sari)).toBe(false)
    expect(await endReasons()).toEqual(['reuse'])
  })

  test('of a thief who was quicker ends with the next request of its owner', async () => {
    const thief = copyOf(sari)
    for (let turn = 0; turn < 3; turn++) {
      depot.pass({ minutes: 11 })
      expect(await isIn(thief)).toBe(true)
    }
    depot.pass({ days: 2, hours: -30 })
    expect(await isIn(sari)).toBe(false)
    expect(await isIn(thief)).toBe(false)
    expect(await endReasons()).toEqual(['reuse'])
  })

  test('that was exchanged under another secret leads nowhere, and the latest goes on', async () => {
    const first = copyOf(sari)
    depot.pass({ minutes: 11 })
    await isIn(sari)
    depot.pass({ minutes: 11 })
    const app = depot.reconfigured({ jwtSecret: 'rahasia-baru-setelah-yang-lama-bocor' })
    const at = (client: Client) => createClient(app, new Map(client.jar))
    expect(await isIn(at(first))).toBe(false)
    expect(await endReasons()).toEqual([null])
    expect(await isIn(at(sari))).toBe(true)
  })

  test('that was made up is worth nothing and ends nobody', async () => {
    const forger = createClient(depot.app, new Map([['bbm_refresh_4111', 'x'.repeat(43)]]))
    expect(await isIn(forger)).toBe(false)
    expect((await forger.api('POST', '/api/auth/refresh')).status).toBe(401)
    expect(await isIn(sari)).toBe(true)
  })

  test('is exchanged on request', async () => {
    const before = sari.jar.get('bbm_refresh_4111')
    expect((await sari.api('POST', '/api/auth/refresh')).status).toBe(200)
    expect(sari.jar.get('bbm_refresh_4111')).not.toBe(before ?? '')
    expect(await isIn(sari)).toBe(true)
  })
})

describe('a session', () => {
  test('lives through a day with some activity and ends after 24 hours without', async () => {
    depot.pass({ hours: 23, minutes: 59 })
    expect(await isIn(sari)).toBe(true)
    depot.pass({ hours: 23, minutes: 59 })
    expect(await isIn(sari)).toBe(true)
    depot.pass({ hours: 24 })
    expect(await isIn(sari)).toBe(false)
  })

  test('ends after 30 days however busy', async () => {
    for (let time = 0; time < 31; time++) {
      depot.pass({ hours: 23 })
      expect(await isIn(sari)).toBe(true)
    }
    depot.pass({ hours: 7 })
    expect(await isIn(sari)).toBe(false)
  })

  test('ends at once on signing out, also for a copy of its cookies', async () => {
    const copy = copyOf(sari)
    const hidden = hiddenFields(await (await sari.get('/')).text(), '/logout')
    const out = await sari.post('/logout', hidden)
    expect([out.status, out.headers.get('Location')]).toEqual([303, '/login'])
    expect([...sari.jar.keys()]).toEqual([])
    expect(await isIn(copy)).toBe(false)
    expect(await endReasons()).toEqual(['logout'])
  })

  test('ends by the API of signing out, and once more does no harm', async () => {
    const copy = copyOf(sari)
    expect((await sari.api('POST', '/api/auth/logout')).status).toBe(200)
    expect((await sari.api('POST', '/api/auth/logout')).status).toBe(200)
    expect(await isIn(copy)).toBe(false)
  })

  test('of another browser goes on when one signs out', async () => {
    const other = await depot.signIn('sari')
    await sari.api('POST', '/api/auth/logout')
    expect(await isIn(other)).toBe(true)
  })

  test.each([
    ['deactivation', { active: false }, 'deactivated'],
    ['a new role', { role: 'supervisor' }, 'role'],
    ['another location', { location: 'TUG_ASSIST' }, 'role'],
    ['a new password', { password: 'kata-sandi-yang-baru' }, 'password'],
  ])('ends at once on %s, on every browser', async (_, change, reason) => {
    const other = await depot.signIn('sari')
    const agus = await depot.signIn('agus')
    const path = `/api/users/${depot.ids.sari}`
    expect((await agus.api('PATCH', path, change)).status).toBe(200)
    expect(await Promise.all([isIn(sari), isIn(other), isIn(agus)])).toEqual([false, false, true])
    expect(await endReasons()).toEqual([reason, reason])
  })

  test('goes on when only the name changes, and shows the new one', async () => {
    const agus = await depot.signIn('agus')
    await agus.api('PATCH', `/api/users/${depot.ids.sari}`, { name: 'Sari Baru' })
    expect(await (await sari.get('/')).text()).toContain('Sari Baru')
  })
})
