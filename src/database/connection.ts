import { drizzle } from 'drizzle-orm/mysql2'
import type { Connection, Pool, PoolConnection } from 'mysql2'
import type { Db } from '#src/database/client.ts'

/** A connection that nobody else uses meanwhile: as a Db, and to say statements to that have no answer. */
export type Own = { tx: Db; say: (statement: string) => Promise<void> }

/** Takes a connection out of the pool for a piece of work, or goes on with the one that `db` is. */
export async function onConnection<T>(db: Db, work: (own: Own) => Promise<T>): Promise<T> {
  const client = db.$client
  if (!('getConnection' in client)) return work(ownOf(client))
  const connection = await takeConnection(client)
  try {
    return await work(ownOf(connection))
  } finally {
    connection.release()
  }
}

/** One Db a connection, however often it is taken: queries that were prepared on it stay. */
const known = new WeakMap<Connection, Own>()

function ownOf(connection: Connection): Own {
  const own = known.get(connection) ?? {
    tx: drizzle({ client: connection }),
    say: (statement) => say(connection, statement),
  }
  known.set(connection, own)
  return own
}

/** Whoever takes a connection gives it back, or ends it. */
export function takeConnection(pool: Pool): Promise<PoolConnection> {
  return new Promise((done, fail) => {
    pool.getConnection((error, connection) => (error ? fail(error) : done(connection)))
  })
}

function say(connection: Connection, statement: string): Promise<void> {
  return new Promise((done, fail) => {
    connection.query(statement, (error) => (error ? fail(error) : done()))
  })
}
