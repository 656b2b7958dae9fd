import { afterAll, beforeEach, expect } from 'bun:test'
import { desc } from 'drizzle-orm'
import { accessLogs } from '#src/database/schema/audit.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { CAST, PASSWORD } from '#tests/support/cast.ts'
import type { Client } from '#tests/support/client.ts'
import { useStandingClock } from '#tests/throttle/clock.ts'

export const WRONG = 'solar-untuk-kapal'
export const SARI = CAST.sari.email
export const BUDI = CAST.budi.email
/** Where somebody comes from who says nothing else. */
export const HOME = '198.51.100.1'

/** Without a word more: Sari's account, a wrong password, and a browser that was never here. */
export type Attempt = { email?: string; password?: string; from?: string; by?: Client }

let strangers = 0

/** An address that nobody has come from. */
export const elsewhere = (): string => `203.0.113.${(strangers++ % 250) + 1}`

/** An account that nobody has meant. */
export const someone = () => ({ email: `orang-${strangers++}@depo.example` })

/** A depot for each test, at which the clock stands, and ways to guess at its passwords. */
export function useGuesses() {
  const { pass } = useStandingClock()
  let depot: Depot
  beforeEach(async () => {
    await depot?.close()
    depot = await openDepot()
  })
  afterAll(() => depot.close())

  const attempt = ({
    email = SARI,
    password = WRONG,
    from = HOME,
    by = depot.visit(),
  }: Attempt): Promise<Response> =>
    by.api('POST', '/api/auth/login', { email, password }, { 'X-Real-IP': from })

  async function fail(times: number, how: () => Attempt = () => ({})): Promise<void> {
    for (let at = 0; at < times; at++) expect((await attempt(how())).status).toBe(401)
  }

  return {
    depot: () => depot,
    pass,
    attempt,
    fail,
    /** 0 where somebody is let in or refused for the password, else the seconds to wait. */
    async waitOf(how: Attempt): Promise<number> {
      const { status, headers } = await attempt(how)
      return status === 429 ? Number(headers.get('Retry-After')) : 0
    },
    /** The passwords that were compared, the last one first. */
    async noted(): Promise<string[]> {
      const rows = await depot.db.select().from(accessLogs).orderBy(desc(accessLogs.id))
      return rows.map(({ action }) => action)
    },
    /** A browser by which somebody has signed in, and out again. */
    async signedInBefore(email: string): Promise<Client> {
      const by = depot.visit()
      expect((await attempt({ email, password: PASSWORD, by })).status).toBe(200)
      expect((await by.api('POST', '/api/auth/logout')).status).toBe(200)
      return by
    },
    /** What a stranger at home does to Sari's account until each guess waits a minute. */
    async attack(): Promise<void> {
      for (const seconds of [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60]) {
        await fail(1)
        pass(seconds)
      }
      await fail(1)
    },
  }
}
