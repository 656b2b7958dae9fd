import { and, eq, inArray, isNull, lt, notExists } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { refreshTokens, sessions } from '#src/database/schema/users.ts'
import { inTransaction } from '#src/database/transaction.ts'
import { describeError, type Log } from '#src/http/request-log.ts'
import { pause } from '#src/pause.ts'
import type { System } from '#src/system.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/**
 * A session that was not seen for a day is over. Until then each of its tokens must be known again, were it used once
 * more: a family lives 30 days at most, and so its tokens stay countable. A second day makes up for clocks that differ.
 */
const TOKENS_KEPT_MS = 2 * DAY
/** Who asks when and from where an account was used finds a month of sessions that are over. */
const SESSIONS_KEPT_MS = 31 * DAY
/** As many rows at a time keep nobody waiting. */
const BATCH = 500

/** A batch in hand gets this long at a stop: the database may be away, and rolls back what was not finished. */
const GRACE_MS = 1_500

/** Clears away at the start and every hour from then on, in this process. `stop` ends it within two seconds. */
export function openCleanUp(system: System, log: Log): { stop: () => Promise<void> } {
  const stopping = new AbortController()
  const working = clearAgainAndAgain(system, log, stopping.signal)
  return {
    stop: async () => {
      stopping.abort()
      await Promise.race([working, Bun.sleep(GRACE_MS)])
    },
  }
}

async function clearAgainAndAgain(system: System, log: Log, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    try {
      const cleared = await clearSessions(system, stopping)
      if (cleared.tokens + cleared.sessions > 0) log.info(cleared, 'old sessions cleared away')
    } catch (error) {
      // What is left now is there in an hour as well.
      log.warn({ error: describeError(error) }, 'old sessions not cleared away')
    }
    await pause(HOUR, stopping)
  }
}

/**
 * Deletes tokens and sessions that can no longer be used; answers how many. Any number of processes may do so at once.
 * A warning that nobody has read keeps its session.
 */
export async function clearSessions(
  system: System,
  stopping?: AbortSignal,
): Promise<{ tokens: number; sessions: number }> {
  const now = system.now().getTime()
  const tokensUntil = new Date(now - TOKENS_KEPT_MS)
  const sessionsUntil = new Date(now - SESSIONS_KEPT_MS)
  return {
    tokens: await inBatches(system.db, stopping, (tx) => clearTokens(tx, tokensUntil)),
    sessions: await inBatches(system.db, stopping, (tx) => clearOld(tx, sessionsUntil)),
  }
}

async function inBatches(
  db: Db,
  stopping: AbortSignal | undefined,
  clear: (tx: Db) => Promise<number>,
): Promise<number> {
  let total = 0
  while (!stopping?.aborted) {
    const cleared = await inTransaction(db, clear)
    total += cleared
    if (cleared < BATCH) break
  }
  return total
}

async function clearTokens(tx: Db, until: Date): Promise<number> {
  const rows = await tx
    .select({ hash: refreshTokens.hash })
    .from(refreshTokens)
    .innerJoin(sessions, eq(sessions.id, refreshTokens.sessionId))
    .where(lt(sessions.lastSeenAt, until))
    .limit(BATCH)
  const hashes = rows.map(({ hash }) => hash)
  if (hashes.length > 0) await tx.delete(refreshTokens).where(inArray(refreshTokens.hash, hashes))
  return hashes.length
}

async function clearOld(tx: Db, until: Date): Promise<number> {
  const tokens = tx
    .select({ hash: refreshTokens.hash })
    .from(refreshTokens)
    .where(eq(refreshTokens.sessionId, sessions.id))
  const rows = await tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(lt(sessions.lastSeenAt, until), isNull(sessions.reuseNoticedAt), notExists(tokens)))
    .limit(BATCH)
  const ids = rows.map(({ id }) => id)
  if (ids.length > 0) await tx.delete(sessions).where(inArray(sessions.id, ids))
  return ids.length
}
