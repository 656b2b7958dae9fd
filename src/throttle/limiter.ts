import { createHash } from 'node:crypto'
import { lt } from 'drizzle-orm'
import type { Pool, PoolConnection, QueryError } from 'mysql2'
import { RateLimiterMySQL, type RateLimiterRes } from 'rate-limiter-flexible'
import { connectionOptions, type Db } from '#src/database/client.ts'
import { DatabaseAway } from '#src/database/errors.ts'
import { limits } from '#src/database/schema/limits.ts'
import { untilThrough } from '#src/database/transaction.ts'
import type { System } from '#src/system.ts'

/** What is counted under a key, and in how many milliseconds that is forgotten. */
export type Count = { points: number; endsInMs: number }

/** Counters in the table `limits`, which all processes share and no restart forgets. */
export type Limiter = {
  /** Counts on, and answers what it comes to. The first point under a key decides for how many seconds it counts. */
  add(key: string, points: number, seconds?: number): Promise<Count>
  /** So many points from now on for so many seconds, one at least, whatever there was. */
  set(key: string, points: number, seconds: number): Promise<void>
  /** Null where nothing is counted, or no longer. */
  read(key: string): Promise<Count | null>
  clear(key: string): Promise<void>
}

const CLEAR_EVERY_MS = 10 * 60_000
const MOST_CLEARED = 5_000

/** Counters of one kind, which count for so many seconds by the clock of the machine. */
export function limiter(kind: string, seconds: number): (system: System) => Limiter {
  const known = new WeakMap<System, Limiter>()
  return (system) => {
    const open = known.get(system) ?? openLimiter(system, kind, seconds)
    known.set(system, open)
    return open
  }
}

function openLimiter(system: System, kind: string, seconds: number): Limiter {
  const counters = new RateLimiterMySQL({
    storeClient: clientOf(system.db),
    storeType: 'pool',
    dbName: connectionOptions(system.config.databaseUrl).database ?? '',
    tableName: 'limits',
    tableCreated: true,
    keyPrefix: kind,
    // What is too many is judged by who counts.
    points: 0,
    duration: seconds,
    // Its timer would outlive the pool.
    clearExpiredByTimeout: false,
  })
  return {
    async add(key, points, lasting = seconds) {
      clearExpired(system)
      const options = { customDuration: lasting }
      return countOf(await ask(() => counters.penalty(nameOf(key), points, options)))
    },
    async set(key, points, lasting) {
      await ask(() => counters.set(nameOf(key), points, lasting))
    },
    async read(key) {
      const found = await ask(() => counters.get(nameOf(key)))
      return found && countOf(found)
    },
    async clear(key) {
      await ask(() => counters.delete(nameOf(key)))
    },
  }
}

/** Where nobody can count nobody is let through, whatever the reason: then the database is as good as away. */
async function ask<Answer>(question: () => Promise<Answer>): Promise<Answer> {
  try {
    return await untilThrough(question)
  } catch (cause) {
    throw new DatabaseAway('nothing can be counted', { cause })
  }
}

const countOf = ({ consumedPoints, msBeforeNext }: RateLimiterRes): Count => ({
  points: consumedPoints,
  endsInMs: msBeforeNext,
})

/** An e-mail address may hold signs that the column does not take. */
const nameOf = (key: string): string => createHash('sha256').update(key).digest('base64url')

type Done = (error: QueryError | null, rows?: unknown) => void

/**
 * A pool as the library uses it, but without the transaction that it puts around its two statements. The one that counts
 * is whole by itself; what the other reads after it may hold somebody else's points too, or be cleared away already. So
 * it is at times too strict, for half as many trips to the database.
 */
function clientOf({ $client }: Db) {
  if (!('getConnection' in $client)) throw new TypeError('counters need a pool')
  const pool: Pool = $client
  return {
    getConnection: (answer: (error: Error | null, connection?: object) => void) =>
      pool.getConnection((error, connection) =>
        error ? answer(error) : answer(null, withoutTransactions(connection)),
      ),
  }
}

const CLEARED = [{ points: 0, expire: 0 }]

function withoutTransactions(connection: PoolConnection) {
  let isCounting = false
  return {
    query(text: string, ...rest: [Done] | [unknown[], Done]): void {
      const [values, done] = rest.length === 1 ? [[], ...rest] : rest
      isCounting ||= text === 'BEGIN'
      if (text === 'BEGIN' || text === 'COMMIT') {
        done(null)
        return
      }
      connection.query(text, values, (error, rows) => {
        const isCleared = isCounting && Array.isArray(rows) && rows.length === 0
        done(error, isCleared ? CLEARED : rows)
      })
    },
    rollback: () => undefined,
    release: () => connection.release(),
  }
}

const clearedAt = new WeakMap<System, number>()

/** Now and then, by the way. What could not be cleared away this time is the next time. */
function clearExpired(system: System): void {
  const now = Date.now()
  const last = clearedAt.get(system) ?? now
  const isDue = now - last >= CLEAR_EVERY_MS
  clearedAt.set(system, isDue ? now : last)
  if (isDue)
    void system.db
      .delete(limits)
      .where(lt(limits.expire, now))
      .limit(MOST_CLEARED)
      .catch(() => undefined)
}
