import type { Context } from 'hono'
import type { Env } from '#src/http/route.ts'

export const isApi = (c: Context<Env>): boolean =>
  c.req.path === '/api' || c.req.path.startsWith('/api/')
