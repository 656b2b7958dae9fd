import { and, eq, isNull, sql } from 'drizzle-orm'
import { endForReuse } from '#src/auth/reuse.ts'
import { lockSession, type Origin, type Session } from '#src/auth/sessions.ts'
import { childOf, hashToken } from '#src/auth/tokens.ts'
import type { Db } from '#src/database/client.ts'
import { refreshTokens, sessions } from '#src/database/schema/users.ts'
import { inTransaction } from '#src/database/transaction.ts'
import type { System } from '#src/system.ts'

/** How long a parent still works after its child was first used: answers get lost, tabs race. */
const GRACE = 30_000

/**
 * Exchanges a refresh token for its child. Parallel or repeated exchanges of one parent give the same child;
 * a parent whose child has been in use for over 30 s is taken for stolen and ends the whole family.
 */
export async function exchangeRefreshToken(
  system: System,
  token: string,
  origin: Origin,
): Promise<{ session: Session; refreshToken: string } | null> {
  return inTransaction(system.db, async (tx) => {
    const [found] = await tx
      .select({ sessionId: refreshTokens.sessionId, usedAt: refreshTokens.firstUsedAt })
      .from(refreshTokens)
      .where(eq(refreshTokens.hash, hashToken(token)))
    if (!found) return null
    const session = await lockSession(tx, system, found.sessionId)
    if (!session) return null
    const child = childOf(system, token)
    const known = await findToken(tx, child)
    // Its child was made under another secret: whoever holds both might go on from here beside the family.
    if (found.usedAt && !known) return null
    if (isSpent(system, known)) {
      await endForReuse(tx, system, session, origin)
      return null
    }
    await markUsed(tx, system, { token, child, sessionId: session.id })
    return { session, refreshToken: child }
  })
}

type Token = Pick<typeof refreshTokens.$inferSelect, 'firstUsedAt'>

async function findToken(tx: Db, token: string): Promise<Token | undefined> {
  const [row] = await tx
    .select({ firstUsedAt: refreshTokens.firstUsedAt })
    .from(refreshTokens)
    .where(eq(refreshTokens.hash, hashToken(token)))
  return row
}

/** Whether the child of a token has been in use for so long that nobody can mean the token. */
const isSpent = (system: System, child: Token | undefined): boolean =>
  Boolean(child?.firstUsedAt && system.now().getTime() > child.firstUsedAt.getTime() + GRACE)

async function markUsed(
  tx: Db,
  system: System,
  { token, child, sessionId }: { token: string; child: string; sessionId: string },
): Promise<void> {
  const now = system.now()
  await tx
    .update(refreshTokens)
    .set({ firstUsedAt: now })
    .where(and(eq(refreshTokens.hash, hashToken(token)), isNull(refreshTokens.firstUsedAt)))
  await tx
    .insert(refreshTokens)
    .values({ hash: hashToken(child), sessionId, createdAt: now })
    .onDuplicateKeyUpdate({ set: { hash: sql`hash` } })
  await tx.update(sessions).set({ lastSeenAt: now }).where(eq(sessions.id, sessionId))
}
