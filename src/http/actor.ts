import type { Context } from 'hono'
import type { Actor } from '#src/auth/permissions.ts'
import type { Session } from '#src/auth/sessions.ts'
import { readRequest } from '#src/http/input.ts'
import type { Env } from '#src/http/route.ts'
import { Rejected } from '#src/rejected.ts'
import type { WriteRequest } from '#src/requests.ts'

/** Who asks. The guard let nobody else through; a route that is open to anyone has no business calling this. */
export const actorOf = (c: Context<Env>): Actor => sessionOf(c).actor

/** The session in which they ask. */
export function sessionOf(c: Context<Env>): Session {
  const session = c.get('session')
  if (!session) throw new Rejected(401, 'Anda belum masuk.')
  return session
}

/** Who writes through the API, and under which key. */
export function byWhom(c: Context<Env>): { actor: Actor; request: WriteRequest } {
  return { actor: actorOf(c), request: readRequest(c) }
}
