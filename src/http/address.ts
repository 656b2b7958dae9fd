import { isIP } from 'node:net'
import type { Context, MiddlewareHandler } from 'hono'
import { getConnInfo } from 'hono/bun'
import type { Origin } from '#src/auth/sessions.ts'
import type { Env } from '#src/http/route.ts'

/** The client's address. nginx on the same machine names it in X-Real-IP; from anybody else the header is ignored. */
export const clientAddress: MiddlewareHandler<Env> = async (c, next) => {
  const peer = c.env ? normalise(getConnInfo(c).remote.address ?? '') : '127.0.0.1'
  const named = c.req.header('X-Real-IP') ?? ''
  c.set('address', isLoopback(peer) && isIP(named) ? normalise(named) : peer)
  await next()
}

/** Where a request comes from, as it is written down. */
export function originOf(c: Context<Env>): Origin {
  return { address: c.get('address'), userAgent: c.req.header('User-Agent') ?? '' }
}

const normalise = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/, '')
const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.')
