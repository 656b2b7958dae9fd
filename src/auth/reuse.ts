import { and, eq, lte } from 'drizzle-orm'
import { recordAccess } from '#src/audit/service.ts'
import { endSession, type Origin, type Session } from '#src/auth/sessions.ts'
import type { Db } from '#src/database/client.ts'
import { sessions } from '#src/database/schema/users.ts'
import type { System } from '#src/system.ts'

/** Whether there was a reuse up to that moment to be read of. */
export async function clearReuse(db: Db, userId: number, until: Date): Promise<boolean> {
  const [result] = await db
    .update(sessions)
    .set({ reuseNoticedAt: null })
    .where(and(eq(sessions.userId, userId), lte(sessions.reuseNoticedAt, until)))
  return result.affectedRows > 0
}

/** The session that has ended keeps the moment for the next one. */
export async function endForReuse(
  tx: Db,
  system: System,
  { id, actor }: Session,
  origin: Origin,
): Promise<void> {
  const at = system.now()
  await endSession(tx, at, id, 'reuse')
  await tx.update(sessions).set({ reuseNoticedAt: at }).where(eq(sessions.id, id))
  await recordAccess(tx, {
    at,
    action: 'token.reuse',
    userId: actor.id,
    detail: actor.email,
    ...origin,
  })
}
