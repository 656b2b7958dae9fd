import type { MiddlewareHandler } from 'hono'
import { isApi } from '#src/http/is-api.ts'
import { isHostOf } from '#src/http/origin.ts'
import type { Env, Route } from '#src/http/route.ts'

const MISDIRECTED = 421
const SENTENCE = 'Alamat ini tidak dilayani di sini.'

/**
 * Answers only to the name that people know us by. Another one would end up in links, and is how a page from elsewhere
 * makes a browser talk to a server in its own network. X-Forwarded-Host is what anybody may say, and is not read.
 * `exceptions` are asked for by whoever knows the server by its address alone.
 */
export function checkHost(exceptions: Route[]): MiddlewareHandler<Env> {
  return async (c, next) => {
    const given = c.req.header('Host') ?? new URL(c.req.url).host
    const isOurs = isHostOf(given, c.get('system').config.publicOrigin)
    if (isOurs || exceptions.some(({ path }) => path === c.req.path)) return next()
    // What may still come of a body is not waited for.
    c.header('Connection', 'close')
    return isApi(c)
      ? c.json({ error: SENTENCE, details: {} }, MISDIRECTED)
      : c.text(SENTENCE, MISDIRECTED)
  }
}
