import { drizzle, type MySql2Database } from 'drizzle-orm/mysql2'
import {
  type Connection,
  createPool,
  type Pool,
  type PoolConnection,
  type PoolOptions,
} from 'mysql2'
import { DatabaseAway } from '#src/database/errors.ts'
import { openWatchedSocket } from '#src/database/silence.ts'

type FullDb = MySql2Database<Record<string, never>>
/** A database or an open transaction in it: what a query needs. `$client` is what carries its statements. */
export type Db = Pick<
  FullDb,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | 'execute'
> & { $client: Connection | Pool }

/**
 * Two open connection pools: whoever reads finds a connection, however many wait for one another's locks. A transaction
 * takes one of the writers', which alone take several statements in one trip. `close` lets running statements end.
 */
export type Database = { db: Db; pool: Pool; writers: Pool; close(): Promise<void> }

/** Two exports may hold one each for minutes. */
export const READERS = 8
export const WRITERS = 6
const MAX_QUEUE = 500
const CONNECTION_DEADLINE = 5_000
const LOCK_WAIT_SECONDS = 5

const SESSION_SETTINGS = [
  `time_zone = '+00:00'`,
  `sql_mode = 'STRICT_ALL_TABLES,ONLY_FULL_GROUP_BY,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO'`,
  `innodb_lock_wait_timeout = ${LOCK_WAIT_SECONDS}`,
].join(', ')

/** `silenceLimit`: how many milliseconds the server may leave a statement without any answer; without one, any time. */
export function openDatabase(
  url: string,
  { silenceLimit }: { silenceLimit?: number | undefined } = {},
): Database {
  const options = connectionOptions(url)
  const open = (more: PoolOptions) =>
    openPool({
      ...options,
      ...(silenceLimit && { stream: () => openWatchedSocket(options, silenceLimit) }),
      ...more,
    })
  const pool = open({ connectionLimit: READERS })
  const writers = open({ connectionLimit: WRITERS, multipleStatements: true })
  const db: Db = drizzle({ client: pool })
  writersOfPools.set(pool, drizzle({ client: writers }))
  const close = async () => {
    await Promise.all([pool.promise().end(), writers.promise().end()])
  }
  return { db, pool, writers, close }
}

const writersOfPools = new WeakMap<object, Db>()

/** Where the transactions of `db` are carried out: on the writers' connections, or on the one that `db` is. */
export const writersOf = (db: Db): Db => writersOfPools.get(db.$client) ?? db

function openPool(options: PoolOptions): Pool {
  const pool = createPool({ ...options, queueLimit: MAX_QUEUE, waitForConnections: true })
  pool.on('connection', (connection) => {
    // A connection that breaks here is reported by the statement that waits behind this one.
    connection.query(`SET ${SESSION_SETTINGS}`, () => {})
    connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED', () => {})
  })
  limitWaiting(pool)
  return pool
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
    // Noting where each statement came from costs a tenth of a booking; Drizzle's errors name the statement.
    trace: false,
  }
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
