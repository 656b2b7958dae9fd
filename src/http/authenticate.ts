import { randomBytes } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { exchangeRefreshToken } from '#src/auth/refresh.ts'
import { signOut } from '#src/auth/service.ts'
import { findSession, type Session } from '#src/auth/sessions.ts'
import { formTokenOf, readAccessToken, signAccessToken } from '#src/auth/tokens.ts'
import { originOf } from '#src/http/address.ts'
import { clearCookie, readCookie, writeCookie } from '#src/http/cookies.ts'
import { isApi } from '#src/http/is-api.ts'
import type { Env } from '#src/http/route.ts'
import { findKeySession } from '#src/keys/session.ts'
import { Rejected } from '#src/rejected.ts'

/** Finds who asks. A good refresh token renews an access token that ran out, and the request goes on. */
export const authenticate: MiddlewareHandler<Env> = async (c, next) => {
  const session = isKeySent(c)
    ? await sessionOfKey(c)
    : ((await sessionOfAccessToken(c)) ?? (await renewSession(c)))
  c.set('session', session)
  // The sign-in is the visitor's, also where another tab has signed somebody in meanwhile.
  const owner = isSignIn(c) ? visitorOf(c) : (session?.id ?? readCookie(c, 'visitor') ?? '')
  c.set('formToken', formTokenOf(c.get('system'), owner))
  await next()
}

/** Exchanges the refresh cookie for the next pair; null, with the cookies cleared, where it is worth nothing. */
export async function renewSession(c: Context<Env>): Promise<Session | null> {
  const token = readCookie(c, 'refresh')
  if (!token) return null
  const renewed = await exchangeRefreshToken(c.get('system'), token, originOf(c))
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
  writeCookie(c, 'access', await signAccessToken(c.get('system'), sessionId))
  writeCookie(c, 'refresh', refreshToken)
}

/** Nothing leads back to a session whose cookies are overwritten or taken away. */
export async function endFormer(c: Context<Env>): Promise<void> {
  const session = c.get('session')
  if (session) await signOut(c.get('system'), session.id)
}

export function endCookies(c: Context<Env>): void {
  clearCookie(c, 'access')
  clearCookie(c, 'refresh')
}

/** Under /api a key that is sent says alone who asks: cookies beside it are not looked at. A page takes none. */
export const isKeySent = (c: Context<Env>): boolean =>
  isApi(c) && c.req.header('Authorization') !== undefined

async function sessionOfKey(c: Context<Env>): Promise<Session> {
  const sent = c.req.header('Authorization') ?? ''
  const session = await findKeySession(c.get('system'), sent, originOf(c))
  if (session) return session
  throw new Rejected(401, 'Kunci API ini tidak berlaku. Minta admin membuat yang baru.')
}

async function sessionOfAccessToken(c: Context<Env>): Promise<Session | null> {
  const token = readCookie(c, 'access')
  const sessionId = token ? await readAccessToken(c.get('system'), token) : null
  return sessionId ? findSession(c.get('system'), sessionId) : null
}

/** The token of the form of sign-in, which may stand at any address. */
export const signInToken = (c: Context<Env>): string =>
  isSignIn(c) ? c.get('formToken') : formTokenOf(c.get('system'), visitorOf(c))

/** After a sign-in its form is worth nothing: going back and sending it again must not sign that person in again. */
export const endVisit = (c: Context<Env>): void => clearCookie(c, 'visitor')

const isSignIn = ({ req }: Context<Env>): boolean =>
  req.path === '/login' || req.path.startsWith('/login/')

/** Before sign-in a form token is bound to this cookie, so that nobody can sign a stranger in as somebody else. */
function visitorOf(c: Context<Env>): string {
  const known = readCookie(c, 'visitor')
  if (known) return known
  const visitor = randomBytes(16).toString('hex')
  writeCookie(c, 'visitor', visitor)
  return visitor
}
