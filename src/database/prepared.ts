import { type Column, type SQL, sql } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'

type Preparable<Rows> = { prepare(): { execute(values?: Record<string, unknown>): Promise<Rows> } }

/**
 * A statement that comes with every request: building it costs more than asking it, so it is built once for each
 * connection. What differs from time to time stands in it as a `slot`, or where a condition compares a column, as
 * `sql.placeholder`.
 */
export function prepared<Values extends Record<string, unknown>, Rows>(
  build: (db: Db) => Preparable<Rows>,
): (db: Db, values: Values) => Promise<Rows> {
  const built = new WeakMap<Db, ReturnType<Preparable<Rows>['prepare']>>()
  return (db, values) => {
    const query = built.get(db) ?? build(db).prepare()
    built.set(db, query)
    return query.execute(values)
  }
}

/** A value of this column that is given each time anew, under its own name or another one. */
export function slot(column: Column, name = column.name): SQL {
  const encoder = {
    mapToDriverValue: (value: unknown) => (value === null ? null : column.mapToDriverValue(value)),
  }
  return sql`${sql.param(sql.placeholder(name), encoder)}`
}
