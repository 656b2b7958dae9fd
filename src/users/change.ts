import { eq } from 'drizzle-orm'
import { ADMINISTRATION_CHAIN, recordChange } from '#src/audit/service.ts'
import type { Db } from '#src/database/client.ts'
import { auditChains } from '#src/database/schema/audit.ts'
import { notFound } from '#src/rejected.ts'
import type { System } from '#src/system.ts'
import { findPerson, type UserView } from '#src/users/queries.ts'

/** Changes of people take turns, so that two admins cannot demote each other at the same moment. */
export async function lockAdministration(tx: Db): Promise<void> {
  await tx
    .select()
    .from(auditChains)
    .where(eq(auditChains.chain, ADMINISTRATION_CHAIN))
    .for('update')
}

/** Throws Rejected 404 where there is nobody of this number, or an account of the system's own. */
export async function loadPerson(tx: Db, id: number): Promise<UserView> {
  const user = await findPerson(tx, id)
  if (!user) throw notFound()
  return user
}

/** A link of the administration's chain that tells what became of a person. Never of a password more than that it is new. */
export async function recordUserChange(
  tx: Db,
  system: System,
  change: {
    actor: { id: number } | null
    action: string
    id: number
    before?: unknown
    after: unknown
  },
): Promise<void> {
  await recordChange(tx, {
    chain: ADMINISTRATION_CHAIN,
    at: system.now(),
    userId: change.actor?.id ?? null,
    action: change.action,
    subject: `user:${change.id}`,
    ...(change.before !== undefined && { before: change.before }),
    after: change.after,
  })
}
