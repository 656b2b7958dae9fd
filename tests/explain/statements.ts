import type { PoolConnection, RowDataPacket } from 'mysql2'
import type { Database } from '#src/database/client.ts'
import { engineName } from '#tests/support/engines.ts'

/** One line of the database's plan for a statement: how it reads one table. */
export type Step = {
  id: number | null
  table: string | null
  type: string | null
  key: string | null
  rows: number | null
  extra: string
}

/** What the app asked, for whom it was asked first, and how the database goes about it. */
export type Asked = { route: string; sql: string; plan: Step[] }

/**
 * Writes down every SELECT that the app sends to its database, values included. Each is explained on the very connection
 * that it went over, right behind it: there its temporary tables are, and its rights are the app's own.
 */
export function recordStatements({ pool, writers }: Database) {
  const asked = new Map<string, Asked>()
  const failures: string[] = []
  const explained: Promise<void>[] = []
  const recorder = {
    /** For whom statements are written down from now on. */
    route: '',
    /** By their text, once all of them are explained. */
    async read(): Promise<Map<string, Asked>> {
      await Promise.all(explained.splice(0))
      if (failures.length > 0) throw new Error(failures.join('\n'))
      return asked
    },
  }
  const listen = (connection: PoolConnection) => {
    const query = connection.query.bind(connection)
    const explain = (one: Asked): Promise<void> =>
      new Promise((done) => {
        query(`${EXPLAIN} ${one.sql}`, (error: Error | null, rows: RowDataPacket[]) => {
          if (error) failures.push(`${one.route}: ${error.message}: ${one.sql}`)
          else one.plan.push(...rows.map(stepOf))
          done()
        })
      })
    connection.query = ((...words: Parameters<typeof query>) => {
      const command = query(...words)
      // mysql2 has put the values in their places by now.
      const { sql } = command
      if (/^\(?\s*select\b/i.test(sql) && !asked.has(sql)) {
        const one: Asked = { route: recorder.route, sql, plan: [] }
        asked.set(sql, one)
        explained.push(explain(one))
      }
      return command
    }) as typeof connection.query
  }
  for (const one of [pool, writers]) one.on('connection', listen)
  return recorder
}

const EXPLAIN = engineName() === 'mysql' ? 'explain format=traditional' : 'explain'

function stepOf(row: RowDataPacket): Step {
  const { id, table, type, key, rows, Extra: extra } = row
  return { id, table, type, key, rows: rows === null ? null : Number(rows), extra: extra ?? '' }
}
