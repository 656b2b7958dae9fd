import { type Column, type SQL, sql } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { type Recent, recentOnly } from '#src/recent.ts'

type Query<Rows> = { execute(values?: Record<string, unknown>): Promise<Rows> }
type Preparable<Rows> = { prepare(): Query<Rows> }

/** So many shapes of one statement are kept for each connection, about five kilobytes each. */
const MOST_SHAPES = 32

/**
 * A statement that comes with every request: building it costs more than asking it, so it is built once for each
 * connection. What differs from time to time stands in it as a `slot`, or where a condition compares a column, as
 * `sql.placeholder`.
 */
export function prepared<Values extends Record<string, unknown>, Rows>(
  build: (db: Db) => Preparable<Rows>,
): (db: Db, values: Values) => Promise<Rows> {
  const ask = preparedFor<null, Values, Rows>(build)
  return (db, values) => ask(db, null, values)
}

/** The same where its text differs as well: built once for each `shape`, of which there should be few. */
export function preparedFor<Shape, Values extends Record<string, unknown>, Rows>(
  build: (db: Db, shape: Shape) => Preparable<Rows>,
): (db: Db, shape: Shape, values: Values) => Promise<Rows> {
  const known = new WeakMap<Db, Recent<Query<Rows>>>()
  return (db, shape, values) => {
    const built = known.get(db) ?? recentOnly<Query<Rows>>(MOST_SHAPES)
    known.set(db, built)
    const key = JSON.stringify(shape)
    const query = built.get(key) ?? build(db, shape).prepare()
    built.set(key, query)
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

/**
 * A list of such values, however many come, for `inArray` to compare with: mysql2 writes `(1, 2, 3)`, and for none
 * `(NULL)`, which holds nothing.
 */
export function slots(column: Column, name: string): SQL {
  const encoder = {
    mapToDriverValue: (values: unknown) =>
      Array.isArray(values) && values.length > 0
        ? values.map((value) => column.mapToDriverValue(value))
        : null,
  }
  return sql`(${sql.param(sql.placeholder(name), encoder)})`
}
