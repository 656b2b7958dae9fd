import { eq } from 'drizzle-orm'
import { recordAccess } from '#src/audit/service.ts'
import { isPassword } from '#src/auth/passwords.ts'
import { clearReuse } from '#src/auth/reuse.ts'
import { endSession, type Origin, openSession } from '#src/auth/sessions.ts'
import { users } from '#src/database/schema/users.ts'
import { Rejected } from '#src/rejected.ts'
import type { System } from '#src/system.ts'
import { findAccount } from '#src/users/queries.ts'

/** One sentence for every failed sign-in: a stranger learns nothing of who has an account. */
export const WRONG_CREDENTIALS = 'Email atau kata sandi salah.'

/** Opens a session. Throws Rejected 401 for an unknown address, a wrong password and an inactive account alike. */
export async function signIn(
  system: System,
  origin: Origin,
  credentials: { email: string; password: string },
): Promise<{ sessionId: string; refreshToken: string }> {
  const account = await findAccount(system.db, credentials.email)
  const isRight = await isPassword(credentials.password, account?.passwordHash ?? null)
  const isAccepted = isRight && account?.active === true
  await recordAccess(system.db, {
    at: system.now(),
    action: isAccepted ? 'sign-in' : 'sign-in.failed',
    userId: account?.id ?? null,
    detail: credentials.email,
    ...origin,
  })
  if (!isAccepted) throw new Rejected(401, WRONG_CREDENTIALS)
  const isOfAccount = eq(users.id, account.id)
  await system.db.update(users).set({ lastSignInAt: system.now() }).where(isOfAccount)
  return openSession(system, account.id, origin)
}

export async function signOut(system: System, sessionId: string): Promise<void> {
  await endSession(system.db, system.now(), sessionId, 'logout')
}

/** Takes down the warning that an old token was used again, on all browsers of the person who has read it. */
export async function acknowledgeReuse(
  system: System,
  origin: Origin,
  { userId, at }: { userId: number; at: Date },
): Promise<void> {
  const isNews = await clearReuse(system.db, userId, at)
  if (!isNews) return
  const access = { at: system.now(), action: 'token.reuse.read', userId, detail: at.toISOString() }
  await recordAccess(system.db, { ...access, ...origin })
}
