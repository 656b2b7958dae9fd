import type { Context } from 'hono'
import { recordAccess } from '#src/audit/service.ts'
import { originOf } from '#src/http/address.ts'
import type { Env } from '#src/http/route.ts'

/** Writes down what somebody who is signed in was refused. The refusal is answered even where this cannot be written. */
export async function noteRefusal(c: Context<Env>): Promise<void> {
  const { system, session } = c.var
  if (!session) return
  await recordAccess(system.db, {
    at: system.now(),
    action: 'refused',
    userId: session.actor.id,
    detail: `${c.req.method} ${c.req.path}`,
    ...originOf(c),
  }).catch(() => undefined)
}
