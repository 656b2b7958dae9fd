import { type Recent, recentOnly } from '#src/recent.ts'
import { tooSoon } from '#src/rejected.ts'
import type { System } from '#src/system.ts'
import { limiter } from '#src/throttle/limiter.ts'

/** A burst. Over a minute that is 1,200. */
export const MOST_WRITES = 300
const WINDOW_SECONDS = 15
/** Taken from the database at a time and handed out from memory: a trip for each write would slow all of them down. */
const BATCH = 25
const REMEMBERED_SESSIONS = 10_000
const TOO_MANY = `Terlalu banyak kiriman: paling banyak ${MOST_WRITES} dalam ${WINDOW_SECONDS} detik. Yang ini belum tercatat.`

const writes = limiter('write', WINDOW_SECONDS)

/** What this process has left to hand out to a session until its window ends, and whether the database has more. */
type Purse = { left: number; hasMore: boolean; endsAt: number; filling: Promise<void> | null }

/**
 * Counts a write of a session, or of a program under `key:` and the number of its key; throws Rejected 429 with the time
 * to wait. All processes share the count, but for what is left of a batch in another one when the window ends.
 */
export async function spendWrite(system: System, sessionId: string): Promise<void> {
  const purse = purseOf(system, sessionId)
  while (!takeFrom(purse)) {
    purse.filling ??= fill(system, sessionId, purse)
    await purse.filling
  }
}

function takeFrom(purse: Purse): boolean {
  const restMs = purse.endsAt - Date.now()
  if (restMs <= 0) return false
  if (purse.left > 0) {
    purse.left -= 1
    return true
  }
  if (!purse.hasMore) throw tooSoon(TOO_MANY, restMs)
  return false
}

async function fill(system: System, sessionId: string, purse: Purse): Promise<void> {
  try {
    const { points, endsInMs } = await writes(system).add(sessionId, BATCH)
    const had = MOST_WRITES - (points - BATCH)
    purse.left = Math.max(0, Math.min(BATCH, had))
    purse.hasMore = had > BATCH
    purse.endsAt = Date.now() + endsInMs
  } finally {
    purse.filling = null
  }
}

const pursesOf = new WeakMap<System, Recent<Purse>>()

function purseOf(system: System, sessionId: string): Purse {
  const purses = pursesOf.get(system) ?? recentOnly<Purse>(REMEMBERED_SESSIONS)
  pursesOf.set(system, purses)
  const purse = purses.get(sessionId) ?? { left: 0, hasMore: true, endsAt: 0, filling: null }
  purses.set(sessionId, purse)
  return purse
}
