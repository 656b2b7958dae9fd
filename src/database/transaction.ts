import type { Db } from '#src/database/client.ts'
import { DatabaseAway, errnoOf, isDatabaseAway, OutcomeUnknown } from '#src/database/errors.ts'

const RETRY_DEADLINE = 5_000
const MAX_TRIES = 10

/** Deadlock, lock wait timeout, and a conflict on a cluster: the whole transaction is worth another try. */
const RETRIED = new Set([1213, 1205, 1047])

/**
 * Runs `work` as one READ COMMITTED transaction. Deadlocks, lock waits and a connection that broke before COMMIT begin
 * the whole of it again, so `work` must do nothing but use the database. Throws OutcomeUnknown where the connection
 * broke at COMMIT, and DatabaseAway where the database is away or took over five seconds.
 */
export async function inTransaction<T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  const giveUpAt = Date.now() + RETRY_DEADLINE
  for (let attempt = 1; ; attempt++) {
    try {
      return await transact(db, work)
    } catch (error) {
      const isBusy = RETRIED.has(errnoOf(error) ?? 0)
      // A connection of the pool may have died with a server that is there again: one more try finds out.
      const isBroken = attempt === 1 && !(error instanceof DatabaseAway) && isDatabaseAway(error)
      if (!isBusy && !isBroken) throw error
      if (attempt >= MAX_TRIES || Date.now() > giveUpAt)
        throw new DatabaseAway('busy', { cause: error })
      await pause(attempt)
    }
  }
}

/**
 * Runs a write that finds itself where it was booked before, again and again until its outcome is known.
 * `isAgain` tells that an earlier try of this very call may have booked it. Throws OutcomeUnknown after five seconds.
 */
export async function untilKnown<T>(write: (isAgain: boolean) => Promise<T>): Promise<T> {
  const giveUpAt = Date.now() + RETRY_DEADLINE
  let unknown: OutcomeUnknown | undefined
  for (let attempt = 1; ; attempt++) {
    try {
      return await write(unknown !== undefined)
    } catch (error) {
      if (error instanceof OutcomeUnknown) unknown = error
      // A later try that is refused has looked under the lock: then the first one was not booked either.
      if (!unknown || !isDatabaseAway(error)) throw error
      if (Date.now() > giveUpAt) throw unknown
      await pause(attempt)
    }
  }
}

async function transact<T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  let isDone = false
  let failure: unknown
  const watched = async (tx: Db) => {
    const result = await work(tx).catch((error: unknown) => {
      failure = error
      throw error
    })
    isDone = true
    return result
  }
  try {
    // READ COMMITTED is every connection's own setting: to say it again would be one more statement a booking.
    return await db.transaction(watched)
  } catch (error) {
    // On a broken connection Drizzle's ROLLBACK fails as well, and its error would hide the first one.
    if (failure !== undefined) throw failure
    // A server that answers COMMIT with an error has rolled back; only silence leaves it open.
    if (!isDone || errnoOf(error) !== undefined) throw error
    throw new OutcomeUnknown('the connection broke at COMMIT', { cause: error })
  }
}

/** Grows with each try, and differs between those who wait, so that they do not meet again. */
const pause = (attempt: number) => Bun.sleep(Math.random() * 20 * 2 ** Math.min(attempt, 5))

/** Runs reads that must agree with one another in one snapshot of the database. */
export async function inSnapshot<T>(db: Db, read: (tx: Db) => Promise<T>): Promise<T> {
  return db.transaction(read, {
    isolationLevel: 'repeatable read',
    withConsistentSnapshot: true,
  })
}
