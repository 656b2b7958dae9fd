import type { Context } from 'hono'
import { recordAccess } from '#src/audit/service.ts'
import { originOf } from '#src/http/address.ts'
import type { Env } from '#src/http/route.ts'

/** Writes down what the person who asks did or was refused, from where and with what. */
export async function noteAccess(
  c: Context<Env>,
  { action, detail }: { action: string; detail: string },
): Promise<void> {
  const system = c.get('system')
  const session = c.get('session')
  const userId = session?.actor.id ?? null
  await recordAccess(system.db, { at: system.now(), action, userId, detail, ...originOf(c) })
}
