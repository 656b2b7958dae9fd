import { type Db, writersOf } from '#src/database/client.ts'
import { type Own, onConnection } from '#src/database/connection.ts'
import { DatabaseAway, errnoOf, isDatabaseAway, OutcomeUnknown } from '#src/database/errors.ts'
import { sendTogether, takeLeft, type Write } from '#src/database/together.ts'

const RETRY_DEADLINE = 5_000
const MAX_TRIES = 10

/** Deadlock, lock wait timeout, and a conflict on a cluster: the whole transaction is worth another try. */
const RETRIED = new Set([1213, 1205, 1047])

/**
 * Runs `work` as one READ COMMITTED transaction. Deadlocks, lock waits and a connection that broke before COMMIT begin
 * the whole of it again, so `work` must do nothing but use the database. Throws OutcomeUnknown where the connection
 * broke at COMMIT, and DatabaseAway where the database is away or took over five seconds.
 */
export function inTransaction<T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  return untilThrough(() => transact(db, work))
}

/** The same for a piece of work that is a transaction by itself, such as one statement. */
export async function untilThrough<T>(work: () => Promise<T>): Promise<T> {
  const giveUpAt = Date.now() + RETRY_DEADLINE
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
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

function transact<T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  return onConnection(writersOf(db), async (own) => {
    const { tx, say } = own
    // What a transaction that failed had left is nobody's.
    takeLeft(tx)
    // READ COMMITTED is every connection's own setting: to say it again would be one more statement a booking.
    await say('begin')
    const result = await orRollBack(say, () => work(tx))
    await commit(own)
    return result
  })
}

const COMMIT: Write = { sql: 'commit', params: [] }

async function commit({ tx, say }: Own): Promise<void> {
  try {
    await sendTogether(tx, [...takeLeft(tx), COMMIT])
  } catch (error) {
    if (errnoOf(error) === undefined)
      throw new OutcomeUnknown('the connection broke at COMMIT', { cause: error })
    // A server that answers COMMIT with an error has rolled back; where a write before it failed, COMMIT never came.
    await say('rollback').catch(() => undefined)
    throw error
  }
}

/** Grows with each try, and differs between those who wait, so that they do not meet again. */
const pause = (attempt: number) => Bun.sleep(Math.random() * 20 * 2 ** Math.min(attempt, 5))

/** Runs reads that must agree with one another in one snapshot of the database. */
export async function inSnapshot<T>(db: Db, read: (tx: Db) => Promise<T>): Promise<T> {
  return onConnection(db, async ({ tx, say }) => {
    await say('set transaction isolation level repeatable read')
    await say('start transaction with consistent snapshot')
    const result = await orRollBack(say, () => read(tx))
    await say('commit')
    return result
  })
}

type Say = Own['say']

/** On a broken connection ROLLBACK fails as well: then it is the first error that tells. */
async function orRollBack<T>(say: Say, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    await say('rollback').catch(() => undefined)
    throw error
  }
}
