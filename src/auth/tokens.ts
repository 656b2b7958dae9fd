import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { sign, verify } from 'hono/jwt'
import { z } from 'zod'
import { type Recent, recentOnly } from '#src/recent.ts'
import type { System } from '#src/system.ts'

const ISSUER = 'monitoring-bbm'
export const ACCESS_TOKEN_SECONDS = 600

const REMEMBERED_TOKENS = 1_000

const AccessClaims = z.object({ iss: z.literal(ISSUER), sid: z.string(), exp: z.number() })
type Claims = z.infer<typeof AccessClaims>

/** A short-lived proof of a session: HS256, ten minutes. */
export function signAccessToken(system: System, sessionId: string): Promise<string> {
  const issuedAt = Math.floor(system.now().getTime() / 1000)
  const claims = {
    iss: ISSUER,
    sid: sessionId,
    iat: issuedAt,
    exp: issuedAt + ACCESS_TOKEN_SECONDS,
  }
  return sign(claims, system.config.jwtSecret, 'HS256')
}

/** The session id of a good access token, else null. Expiry is judged by the system's own clock. */
export async function readAccessToken(system: System, token: string): Promise<string | null> {
  const good = goodTokens.get(system) ?? recentOnly<Claims>(REMEMBERED_TOKENS)
  goodTokens.set(system, good)
  const claims = good.get(token) ?? (await verifyToken(system, token))
  if (claims === null) return null
  good.set(token, claims)
  return claims.exp * 1000 > system.now().getTime() ? claims.sid : null
}

/** A signature that was good once is good for ever: only good tokens are kept, and each ends by its own time. */
const goodTokens = new WeakMap<System, Recent<Claims>>()

async function verifyToken(system: System, token: string): Promise<Claims | null> {
  try {
    const options = { alg: 'HS256', exp: false, iat: false, nbf: false } as const
    return AccessClaims.parse(await verify(token, system.config.jwtSecret, options))
  } catch {
    return null
  }
}

/** The one child of a refresh token: whoever exchanges the same parent, in whatever tab, gets the same. */
export function childOf(system: System, refreshToken: string): string {
  return keyed(system, `refresh:${refreshToken}`)
}

/** The session that follows this one after a request, with its first refresh token. */
export function successorOf(
  system: System,
  { sessionId, requestId }: { sessionId: string; requestId: string },
): { sessionId: string; refreshToken: string } {
  const after = (what: string) => keyed(system, `${what} after ${sessionId}:${requestId}`)
  const id = Buffer.from(after('session'), 'base64url').subarray(0, 16)
  return { sessionId: id.toString('hex'), refreshToken: after('refresh') }
}

/** What the database keeps of a refresh token. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** The token that a form carries, bound to its session, or before sign-in to the visitor's cookie. */
export function formTokenOf(system: System, sessionOrVisitor: string): string {
  return keyed(system, `form:${sessionOrVisitor}`)
}

/** Shows that a text which a browser keeps for us was written by us. */
export function sealOf(system: System, text: string): string {
  return keyed(system, `seal:${text}`)
}

export function isSameToken(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}

function keyed(system: System, text: string): string {
  return createHmac('sha256', system.config.jwtSecret).update(text).digest('base64url')
}
