import type { Actor } from '#src/auth/permissions.ts'
import type { UserView } from '#src/users/queries.ts'

/** Whether a change that led to this ended the session of the very person who made it. */
export function isSignedOut(actor: Actor, { id, role, location, active }: UserView): boolean {
  if (id !== actor.id) return false
  return !active || role !== actor.role || location !== (actor.location?.code ?? null)
}
