import { drizzle, type MySql2Database } from 'drizzle-orm/mysql2'
import { createPool, type Pool, type PoolConnection, type PoolOptions } from 'mysql2'
import { openWatchedSocket } from '#src/database/silence.ts'

type FullDb = MySql2Database<Record<string, never>>
/** A database or an open transaction in it: what a query needs. */
export type Db = Pick<
  FullDb,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | 'execute' | 'transaction'
>

/** An open connection pool. `close` lets running statements end. */
export type Database = { db: Db; pool: Pool; close(): Promise<void> }

/** The database could not be asked: not a fault of the request, which may be sent again. Becomes a 503. */
export class DatabaseAway extends Error {
  override name = 'DatabaseAway'
}

/** The connection broke at COMMIT: the transaction may be in the database or not. Sent again under its key it is booked once. */
export class OutcomeUnknown extends DatabaseAway {
  override name = 'OutcomeUnknown'
}

const POOL_SIZE = 10
const MAX_QUEUE = 500
const CONNECTION_DEADLINE = 5_000
const LOCK_WAIT_SECONDS = 5
const RETRY_DEADLINE = 5_000
const MAX_TRIES = 10

const SESSION_SETTINGS = [
  `time_zone = '+00:00'`,
  `sql_mode = 'STRICT_ALL_TABLES,ONLY_FULL_GROUP_BY,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO'`,
  `innodb_lock_wait_timeout = ${LOCK_WAIT_SECONDS}`,
].join(', ')

/** Deadlock, lock wait timeout, and a conflict on a cluster: the whole transaction is worth another try. */
const RETRIED = new Set([1213, 1205, 1047])

/** The server is away, going away, or has no connection to spare. */
const AWAY_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'PROTOCOL_CONNECTION_LOST',
  'ER_CON_COUNT_ERROR',
  'ER_SERVER_SHUTDOWN',
  'ER_NORMAL_SHUTDOWN',
  'POOL_CLOSED',
])

/** What mysql2 says without a code. */
const AWAY_MESSAGES = new Set([
  'Pool is closed.',
  'Queue limit reached.',
  "Can't add new command when connection is in closed state",
])

/** `silenceLimit`: how many milliseconds the server may leave a statement without any answer; without one, any time. */
export function openDatabase(
  url: string,
  { silenceLimit }: { silenceLimit?: number | undefined } = {},
): Database {
  const options = connectionOptions(url)
  const pool = createPool({
    ...options,
    ...(silenceLimit && { stream: () => openWatchedSocket(options, silenceLimit) }),
    connectionLimit: POOL_SIZE,
    queueLimit: MAX_QUEUE,
    waitForConnections: true,
  })
  pool.on('connection', (connection) => {
    // A connection that breaks here is reported by the statement that waits behind this one.
    connection.query(`SET ${SESSION_SETTINGS}`, () => {})
    connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED', () => {})
  })
  limitWaiting(pool)
  const db: Db = drizzle({ client: pool })
  return { db, pool, close: () => pool.promise().end() }
}

/** Reads `mysql://user:password@host:port/database`; `?socket=/path` names a local socket instead of a host. */
export function connectionOptions(address: string): PoolOptions {
  const url = new URL(address)
  const socketPath = url.searchParams.get('socket')
  return {
    ...(socketPath ? { socketPath } : { host: url.hostname, port: Number(url.port || 3306) }),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    charset: 'utf8mb4_unicode_ci',
    timezone: 'Z',
    dateStrings: true,
    connectTimeout: CONNECTION_DEADLINE,
  }
}

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
    return await db.transaction(watched, { isolationLevel: 'read committed' })
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

/** The server's error number, where the error or what it wraps has one. */
export function errnoOf(error: unknown): number | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('errno' in at && typeof at.errno === 'number' && at.errno > 0) return at.errno
  }
  return undefined
}

export function isDatabaseAway(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof DatabaseAway) return true
    if ('code' in at && typeof at.code === 'string' && AWAY_CODES.has(at.code)) return true
    if (AWAY_MESSAGES.has(at.message)) return true
  }
  return false
}

/** mysql2 lets a caller wait forever for a connection; nobody should wait longer than a person does. */
function limitWaiting(pool: Pool): void {
  const getConnection = pool.getConnection.bind(pool)
  pool.getConnection = (callback) => {
    let isLate = false
    const deadline = setTimeout(() => {
      isLate = true
      callback(
        Object.assign(new DatabaseAway('no connection in time'), {
          errno: 0,
          code: '',
          sqlState: '',
        }),
        nothing,
      )
    }, CONNECTION_DEADLINE)
    getConnection((error, connection) => {
      clearTimeout(deadline)
      if (!isLate) callback(error, connection)
      else if (connection) connection.release()
    })
  }
}

/** mysql2's type promises a connection beside an error; none is ever given. */
const nothing = undefined as unknown as PoolConnection
