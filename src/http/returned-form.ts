import type { Context } from 'hono'
import { signAccessToken } from '#src/auth/tokens.ts'
import type { CarriedForm } from '#src/http/carried-form.ts'
import { cookieName } from '#src/http/cookies.ts'
import type { Env } from '#src/http/route.ts'

/** What becomes of a form that was carried through the sign-in: shown with this sentence, or else its page. */
export type Return = { sentence: string; next: string }

/** Requests made here, and known by nothing that could be sent: no other request is ever taken for one of them. */
const returns = new WeakMap<Request, Return>()

export const returnOf = (request: Request): Return | undefined => returns.get(request)

/**
 * Asks the route of a carried form for the form as it was typed, in the session that was just opened. The request goes
 * through the whole app, so that permission and reach are judged anew; the guard lets it come to no handler.
 */
export async function showReturned(
  c: Context<Env>,
  { action, fields }: CarriedForm,
  { sessionId, ...how }: Return & { sessionId: string },
): Promise<Response> {
  const system = c.get('system')
  const address = c.get('address')
  const dispatch = c.get('dispatch')
  const body = new URLSearchParams(
    fields.map(({ name, value }): [string, string] => [name, value]),
  ).toString()
  const request = new Request(new URL(action, c.req.url).href, {
    method: 'POST',
    body,
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      'Content-Length': String(Buffer.byteLength(body)),
      Cookie: `${cookieName(system.config, 'access')}=${await signAccessToken(system, sessionId)}`,
      Host: c.req.header('Host') ?? new URL(c.req.url).host,
      'User-Agent': c.req.header('User-Agent') ?? '',
      'X-Real-IP': address,
    },
  })
  returns.set(request, how)
  const answer = await dispatch(request)
  return c.newResponse(answer.body, answer)
}
