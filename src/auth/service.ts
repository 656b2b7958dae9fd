import { eq } from 'drizzle-orm'
import { recordAccess } from '#src/audit/service.ts'
import { type Browser, isKnownAt } from '#src/auth/browsers.ts'
import { isPassword } from '#src/auth/passwords.ts'
import { clearReuse } from '#src/auth/reuse.ts'
import { beginSession, endSession, type Opened, type Origin } from '#src/auth/sessions.ts'
import { users } from '#src/database/schema/users.ts'
import { inTransaction } from '#src/database/transaction.ts'
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
  const knownBrowser = account && browser && isKnownAt(system, browser, account) ? browser.id : null
  const guesser = { account: email, address: origin.address, browser: knownBrowser }
  const isAccepted = await letGuess(system, guesser, async () => {
    const isRight = await isPassword(password, account?.passwordHash ?? null)
    return isRight && account?.active === true
  })
  const opened = isAccepted && account ? await enter(system, account, origin) : null
  await recordAccess(system.db, {
    at: system.now(),
    action: opened ? 'sign-in' : 'sign-in.failed',
    userId: account?.id ?? null,
    detail: email,
    ...origin,
  })
  if (!opened || !account) throw new Rejected(401, WRONG_CREDENTIALS)
  return { userId: account.id, ...opened }
}

/**
 * Null where the account was given another password, or taken out of use, while the old one was compared: that ended its
 * sessions, and must not miss the one that is about to begin.
 */
function enter(
  system: System,
  { id, passwordHash }: { id: number; passwordHash: string | null },
  origin: Origin,
): Promise<Opened | null> {
  return inTransaction(system.db, async (tx) => {
    const [now] = await tx
      .select({ passwordHash: users.passwordHash, active: users.active })
      .from(users)
      .where(eq(users.id, id))
      .for('update')
    if (!now?.active || now.passwordHash !== passwordHash) return null
    await tx.update(users).set({ lastSignInAt: system.now() }).where(eq(users.id, id))
    return beginSession(tx, system, { userId: id, origin })
  })
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
