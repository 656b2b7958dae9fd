import { DrizzleQueryError, fillPlaceholders, type Query } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/mysql2'
import type { Db } from '#src/database/client.ts'

/** A write with its values, whose answer says nothing that anybody waits for. */
export type Write = { sql: string; params: unknown[] }

/** A write that comes with every booking: built once, and given its values each time. */
export function written<Values extends Record<string, unknown>>(
  build: (db: Pick<Db, 'insert' | 'update'>) => { toSQL(): Query },
): (values: Values) => Write {
  const { sql, params } = build(drizzle.mock()).toSQL()
  return (values) => ({ sql, params: fillPlaceholders(params, values) })
}

/**
 * Sends writes one after the other in a single trip. Whoever waits for a location's lock waits for each trip to the
 * database and back; what follows from a booking is known at once, and goes at once. The first that fails ends the
 * rest. Only for a transaction: no other connection takes more than one statement at a time.
 */
export function sendTogether(tx: Db, writes: Write[]): Promise<void> {
  if (writes.length === 0) return Promise.resolve()
  const sql = writes.map((write) => write.sql).join(';\n')
  const params = writes.flatMap((write) => write.params)
  return new Promise((done, fail) => {
    tx.$client.query(sql, params, (error) => {
      if (error) fail(new DrizzleQueryError(sql, params, error))
      else done()
    })
  })
}

/** Leaves writes for the trip that ends the transaction, where nothing more is asked of it. */
export function sendWithCommit(tx: Db, writes: Write[]): void {
  left.set(tx, [...(left.get(tx) ?? []), ...writes])
}

const left = new WeakMap<Db, Write[]>()

/** What was left for the end of a transaction: for it alone to send, or to forget. */
export function takeLeft(tx: Db): Write[] {
  const writes = left.get(tx) ?? []
  left.delete(tx)
  return writes
}
