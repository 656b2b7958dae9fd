import { eq } from 'drizzle-orm'
import { recordAccess } from '#src/audit/service.ts'
import type { Browser } from '#src/auth/browsers.ts'
import { isPassword } from '#src/auth/passwords.ts'
import { clearReuse } from '#src/auth/reuse.ts'
import { endSession, type Origin, openSession } from '#src/auth/sessions.ts'
import { users } from '#src/database/schema/users.ts'
import { Rejected } from '#src/rejected.ts'
import type { System } from '#src/system.ts'
import { letGuess } from '#src/throttle/sign-in.ts'
import { findAccount } from '#src/users/queries.ts'

/** One sentence for every failed sign-in: a stranger learns nothing of who has an account. */
export const WRONG_CREDENTIALS = 'Email atau kata sandi salah.'

/** Who wants in: from where, and by which browser, where that one is known here. */
export type Visitor = Origin & { browser: Browser | null }

/**
 * Opens a session. Throws Rejected 401 for an unknown address, a wrong password and an inactive account alike, and 429
 * with the time to wait where there were too many of them.
 */
export async function signIn(
  system: System,
  { browser, ...origin }: Visitor,
  { email, password }: { email: string; password: string },
): Promise<{ userId: number; sessionId: string; refreshToken: string }> {
  const account = await findAccount(system.db, email)
  const knownBrowser = account && browser?.userIds.includes(account.id) ? browser.id : null
  const guesser = { account: email, address: origin.address, browser: knownBrowser }
  const isAccepted = await letGuess(system, guesser, async () => {
    const isRight = await isPassword(password, account?.passwordHash ?? null)
    return isRight && account?.active === true
  })
  await recordAccess(system.db, {
    at: system.now(),
    action: isAccepted ? 'sign-in' : 'sign-in.failed',
    userId: account?.id ?? null,
    detail: email,
    ...origin,
  })
  if (!isAccepted || !account) throw new Rejected(401, WRONG_CREDENTIALS)
  const isOfAccount = eq(users.id, account.id)
  await system.db.update(users).set({ lastSignInAt: system.now() }).where(isOfAccount)
  return { userId: account.id, ...(await openSession(system, account.id, origin)) }
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
