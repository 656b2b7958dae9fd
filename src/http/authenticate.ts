import { randomBytes } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { exchangeRefreshToken, findSession, type Session } from '#src/auth/sessions.ts'
import { formTokenOf, readAccessToken, signAccessToken } from '#src/auth/tokens.ts'
import { clearCookie, readCookie, writeCookie } from '#src/http/cookies.ts'
import type { Env } from '#src/http/route.ts'

/** Finds who asks. A good refresh token renews an access token that ran out, and the request goes on. */
export const authenticate: MiddlewareHandler<Env> = async (c, next) => {
  const session = (await sessionOfAccessToken(c)) ?? (await renewSession(c))
  c.set('session', session)
  c.set('formToken', formTokenOf(c.var.system, session?.id ?? visitorOf(c)))
  await next()
}

/** Exchanges the refresh cookie for the next pair; null, with the cookies cleared, where it is worth nothing. */
export async function renewSession(c: Context<Env>): Promise<Session | null> {
  const token = readCookie(c, 'refresh')
  if (!token) return null
  const renewed = await exchangeRefreshToken(c.var.system, token)
  if (!renewed) {
    endCookies(c)
    return null
  }
  await startCookies(c, renewed.session.id, renewed.refreshToken)
  return renewed.session
}

export async function startCookies(
  c: Context<Env>,
  sessionId: string,
  refreshToken: string,
): Promise<void> {
  writeCookie(c, 'access', await signAccessToken(c.var.system, sessionId))
  writeCookie(c, 'refresh', refreshToken)
}

export function endCookies(c: Context<Env>): void {
  clearCookie(c, 'access')
  clearCookie(c, 'refresh')
}

async function sessionOfAccessToken(c: Context<Env>): Promise<Session | null> {
  const token = readCookie(c, 'access')
  const sessionId = token ? await readAccessToken(c.var.system, token) : null
  return sessionId ? findSession(c.var.system, sessionId) : null
}

/** Before sign-in a form token is bound to this cookie, so that nobody can sign a stranger in as somebody else. */
function visitorOf(c: Context<Env>): string {
  const known = readCookie(c, 'visitor')
  if (known || c.req.path !== '/login') return known ?? ''
  const visitor = randomBytes(16).toString('hex')
  writeCookie(c, 'visitor', visitor)
  return visitor
}
