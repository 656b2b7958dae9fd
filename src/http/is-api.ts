import type { Context } from 'hono'
import type { Env } from '#src/http/route.ts'
import { DOCS_PATH } from '#views/openapi/words.ts'

/** Whether programs are answered here; the page that tells people of it is a page. */
export const isApi = (c: Context<Env>): boolean =>
  c.req.path === '/api' || (c.req.path.startsWith('/api/') && c.req.path !== DOCS_PATH)
