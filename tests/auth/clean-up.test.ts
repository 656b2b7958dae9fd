import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { count, eq } from 'drizzle-orm'
import { pino } from 'pino'
import { clearSessions, openCleanUp } from '#src/auth/clean-up.ts'
import { refreshTokens, sessions } from '#src/database/schema/users.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { type Client, createClient } from '#tests/support/client.ts'

let depot: Depot
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
})
afterAll(() => depot.close())

const clear = () => clearSessions(depot.system)
const left = async () => {
  const [tokens] = await depot.db.select({ rows: count() }).from(refreshTokens)
  const [open] = await depot.db.select({ rows: count() }).from(sessions)
  return { tokens: tokens?.rows, sessions: open?.rows }
}
const isIn = async (client: Client) => (await client.get('/api/auth/me')).status === 200

/** Stays signed in for so many days, with a request every twelve hours. */
async function stay(client: Client, days: number): Promise<void> {
  for (let time = 0; time < days * 2; time++) {
    depot.pass({ hours: 12 })
    await client.get('/')
  }
}

describe('clearing away', () => {
  test('takes nothing from a session that lives, however old its first token is', async () => {
    const sari = await depot.signIn('sari')
    const first = new Map(sari.jar)
    await stay(sari, 29)
    const before = await left()
    expect(await clear()).toEqual({ tokens: 0, sessions: 0 })
    expect(await left()).toEqual(before)
    // So long a stolen token is still found out.
    expect(await isIn(createClient(depot.app, first))).toBe(false)
    expect(await isIn(sari)).toBe(false)
    const [row] = await depot.db.select().from(sessions)
    expect(row?.endReason).toBe('reuse')
  })

  test('takes the tokens of a session two days after it was last seen, and the session after 31', async () => {
    const sari = await depot.signIn('sari')
    await stay(sari, 1)
    depot.pass({ hours: 48 })
    expect(await clear()).toEqual({ tokens: 0, sessions: 0 })
    depot.pass({ seconds: 1 })
    expect(await clear()).toEqual({ tokens: 3, sessions: 0 })
    depot.pass({ days: 29 })
    expect(await clear()).toEqual({ tokens: 0, sessions: 1 })
    expect(await left()).toEqual({ tokens: 0, sessions: 0 })
  })

  test('takes a session that was busy to its last day 31 days after that', async () => {
    const sari = await depot.signIn('sari')
    await stay(sari, 30)
    expect(await isIn(sari)).toBe(false)
    depot.pass({ days: 30 })
    expect(await clear()).toMatchObject({ sessions: 0 })
    depot.pass({ days: 1 })
    expect(await clear()).toEqual({ tokens: 0, sessions: 1 })
  })

  test('leaves a token that comes later worth nothing', async () => {
    const sari = await depot.signIn('sari')
    const copy = createClient(depot.app, new Map(sari.jar))
    depot.pass({ days: 3 })
    await clear()
    expect([await isIn(copy), await isIn(sari)]).toEqual([false, false])
    expect(await left()).toEqual({ tokens: 0, sessions: 1 })
  })

  test('keeps a warning that nobody has read', async () => {
    await depot.signIn('sari')
    const at = depot.clock.now
    await depot.db.update(sessions).set({ endedAt: at, endReason: 'reuse', reuseNoticedAt: at })
    depot.pass({ days: 60 })
    expect(await clear()).toEqual({ tokens: 1, sessions: 0 })
    const page = await (await (await depot.signIn('sari')).get('/')).text()
    expect(page).toContain('Sesi lama akun Anda dipakai lagi')
  })

  test('goes on in batches until nothing is left, and stops when it is told to', async () => {
    const sari = await depot.signIn('sari')
    await addTokens(1_200)
    depot.pass({ days: 3 })
    const stopped = AbortSignal.abort()
    expect(await clearSessions(depot.system, stopped)).toEqual({ tokens: 0, sessions: 0 })
    expect(await clear()).toEqual({ tokens: 1_201, sessions: 0 })
    expect(await isIn(sari)).toBe(false)
  })

  test('by several processes at once leaves the same, and disturbs nobody', async () => {
    await depot.signIn('sari')
    await addTokens(1_200)
    depot.pass({ days: 32 })
    const [wati, agus] = [await depot.signIn('wati'), await depot.signIn('agus')]
    depot.pass({ minutes: 11 })
    const [, , , ...answers] = await Promise.all([
      clear(),
      clear(),
      clear(),
      isIn(wati),
      isIn(agus),
    ])
    expect(answers).toEqual([true, true])
    expect(await left()).toEqual({ tokens: 4, sessions: 2 })
  })
})

describe('the server', () => {
  /** Lets the server's own clean-up run, until it says something. */
  async function runOnce(system: Depot['system']): Promise<unknown> {
    const { promise, resolve } = Promise.withResolvers<string>()
    const cleanUp = openCleanUp(system, pino({ base: null }, { write: resolve }))
    const line = await promise
    await cleanUp.stop()
    return JSON.parse(line)
  }

  test('clears away when it begins, tells of it, and stops at once', async () => {
    await depot.signIn('sari')
    depot.pass({ days: 40 })
    expect(await runOnce(depot.system)).toMatchObject({ tokens: 1, sessions: 1 })
  })

  test('goes on without it where the database is away, and says so', async () => {
    await depot.signIn('sari')
    const fail = () => {
      throw new Error('away')
    }
    expect(await runOnce({ ...depot.system, now: fail })).toMatchObject({
      msg: 'old sessions not cleared away',
      error: expect.stringContaining('away'),
    })
  })
})

async function addTokens(rows: number): Promise<void> {
  const [session] = await depot.db
    .select()
    .from(sessions)
    .where(eq(sessions.userId, depot.ids.sari))
  if (!session) throw new Error('no session')
  await depot.db.insert(refreshTokens).values(
    Array.from({ length: rows }, (_, at) => ({
      hash: String(at).padStart(64, '0'),
      sessionId: session.id,
      createdAt: depot.clock.now,
    })),
  )
}
