import type { Context } from 'hono'
import { isFragment } from '#src/http/render.tsx'
import type { Env } from '#src/http/route.ts'
import { businessDay } from '#src/units/business-day.ts'

/**
 * What a page shows hangs on what was changed in the person's reach and on the day: at midnight the ranges and the sums
 * of today are others. Known with the session, without a question of its own.
 */
export function currentVersion(c: Context<Env>): string {
  const session = c.get('session')
  const system = c.get('system')
  const today = businessDay(system.now(), system.config.timezone)
  return `${session?.actor.id ?? 0}.${session?.changes ?? 0}.${today}`
}

/** The answer to a page that asks whether it is still fresh, and is; null where there is something to send. */
export function unchanged(c: Context<Env>, version: string): Response | null {
  if (!isFragment(c) || c.req.query('seen') !== version) return null
  c.header('Cache-Control', 'no-store')
  return c.body(null, 204)
}
