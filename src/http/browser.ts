import type { Context } from 'hono'
import { acquaint, type Browser, readBrowser, writeBrowser } from '#src/auth/browsers.ts'
import type { Visitor } from '#src/auth/service.ts'
import { originOf } from '#src/http/address.ts'
import { readCookie, writeCookie } from '#src/http/cookies.ts'
import type { Env } from '#src/http/route.ts'

/** The browser, where somebody has signed in by it before. */
function browserOf(c: Context<Env>): Browser | null {
  const written = readCookie(c, 'browser')
  return written ? readBrowser(c.get('system'), written) : null
}

/** From now on the browser is known at this person's account. */
export function rememberBrowser(c: Context<Env>, userId: number): void {
  writeCookie(c, 'browser', writeBrowser(c.get('system'), acquaint(browserOf(c), userId)))
}

/** Who wants in, as far as the request tells. */
export const visitorOf = (c: Context<Env>): Visitor => ({
  ...originOf(c),
  browser: browserOf(c),
})
