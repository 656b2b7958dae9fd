import type { Context } from 'hono'
import { noteAccess } from '#src/http/note-access.ts'
import type { Env } from '#src/http/route.ts'

/** Writes down what somebody who is signed in was refused. The refusal is answered even where this cannot be written. */
export async function noteRefusal(c: Context<Env>): Promise<void> {
  if (!c.get('session')) return
  const detail = `${c.req.method} ${c.req.path}`
  await noteAccess(c, { action: 'refused', detail }).catch(() => undefined)
}
