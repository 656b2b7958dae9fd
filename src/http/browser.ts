import type { Context } from 'hono'
import { acquaint, type Browser, readBrowser, writeBrowser } from '#src/auth/browsers.ts'
import type { Visitor } from '#src/auth/service.ts'
import { originOf } from '#src/http/address.ts'
import { readCookie, writeCookie } from '#src/http/cookies.ts'
import type { Env } from '#src/http/route.ts'
import { readPasswordHash } from '#src/users/queries.ts'

/** The browser, where somebody has signed in by it before. */
function browserOf(c: Context<Env>): Browser | null {
  const written = readCookie(c, 'browser')
  return written ? readBrowser(c.get('system'), written) : null
}

/** From now on the browser is known at this person's account, as long as their password is the same. */
export async function rememberBrowser(c: Context<Env>, userId: number): Promise<void> {
  const system = c.get('system')
  const passwordHash = await readPasswordHash(system.db, userId)
  const browser = acquaint(system, browserOf(c), { id: userId, passwordHash })
  writeCookie(c, 'browser', writeBrowser(system, browser))
}

/** Who wants in, as far as the request tells. */
export const visitorOf = (c: Context<Env>): Visitor => ({
  ...originOf(c),
  browser: browserOf(c),
})
