import { sql } from 'drizzle-orm'
import type { Context } from 'hono'
import { can } from '#src/auth/permissions.ts'
import { DatabaseAway, isDatabaseAway } from '#src/database/errors.ts'
import { type Env, route } from '#src/http/route.ts'
import { within } from '#src/http/within.ts'
import { shareNext } from '#src/share-next.ts'
import type { System } from '#src/system.ts'

/** Whoever asks waits no longer than this for the database. */
const PATIENCE_MS = 3_000
const RETRY_AFTER_SECONDS = 5

/** For load balancers and supervisors, who know the server by its address and not by its name. */
export const healthRoutes = [
  /** The process answers; where it does not, a restart helps. */
  route('GET', '/healthz', can.checkHealth, (c) => c.json({ status: 'ok' })),

  /** Requests may be sent here: the database answers, and nobody has told the process to end. */
  route('GET', '/readyz', can.checkHealth, async (c) => {
    if (c.get('isStopping')()) return refuse(c, 'stopping')
    try {
      await askDatabase(c.get('system'))
      return c.json({ status: 'ready' })
    } catch (error) {
      if (!isDatabaseAway(error)) throw error
      return refuse(c, 'database')
    }
  }),
]

function refuse(c: Context<Env>, reason: 'stopping' | 'database'): Response {
  c.header('Retry-After', String(RETRY_AFTER_SECONDS))
  return c.json({ status: 'unavailable', reason }, 503)
}

/** However many ask, one connection is used for it. */
const askers = new WeakMap<System, (key: string) => Promise<unknown>>()

function askDatabase(system: System): Promise<unknown> {
  const ask = askers.get(system) ?? shareNext(() => system.db.execute(sql`select 1`))
  askers.set(system, ask)
  return within(PATIENCE_MS, ask(''), () => new DatabaseAway('no answer in time'))
}
