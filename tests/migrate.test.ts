import { afterAll, beforeEach, expect, test } from 'bun:test'
import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise'
import { connectionOptions } from '#src/database/client.ts'
import { migrate } from '#src/database/migrate.ts'
import { rootDatabaseUrl } from '#tests/support/database.ts'

const url = rootDatabaseUrl()
const name = new URL(url).pathname.slice(1)
let connection: Connection
beforeEach(async () => {
  await connection?.end()
  connection = await createConnection({ ...connectionOptions(url), multipleStatements: true })
  await connection.query(
    `drop database ${name}; create database ${name} character set latin1; use ${name}`,
  )
})
afterAll(() => connection.end())

/** Every column, index and foreign key, and what was marked as done. */
async function schemaOf() {
  const read = async (text: string) => (await connection.query<RowDataPacket[]>(text))[0]
  const here = 'table_schema = database()'
  return {
    columns: await read(
      `select table_name, column_name, column_type, is_nullable, collation_name from information_schema.columns
       where ${here} order by 1, 2`,
    ),
    indexes: await read(
      `select table_name, index_name, seq_in_index, column_name from information_schema.statistics
       where ${here} order by 1, 2, 3`,
    ),
    constraints: await read(
      `select table_name, constraint_name, constraint_type from information_schema.table_constraints
       where ${here} order by 1, 2`,
    ),
    marks: await read('select mark from schema_migrations order by mark'),
  }
}

test('an empty database gets the whole schema, in the characters of all people', async () => {
  await migrate(url)
  const { columns, marks } = await schemaOf()
  expect(marks.length).toBeGreaterThan(10)
  const collations = columns.map((row) => row.collation_name ?? row.COLLATION_NAME ?? null)
  expect(new Set(collations)).toEqual(new Set([null, 'utf8mb4_unicode_ci', 'ascii_bin']))
})

test('a second run changes nothing', async () => {
  await migrate(url)
  const schema = await schemaOf()
  await migrate(url)
  expect(await schemaOf()).toEqual(schema)
})

test('a run that died after any statement can be run again', async () => {
  await migrate(url)
  const schema = await schemaOf()
  for (let lost = 1; lost <= schema.marks.length; lost += 5) {
    await connection.query(
      `delete from schema_migrations order by length(mark) desc, mark desc limit ${lost}`,
    )
    await migrate(url)
    expect(await schemaOf()).toEqual(schema)
  }
})

test('a run that died before its first foreign key goes on with the rest', async () => {
  await migrate(url)
  const schema = await schemaOf()
  await connection.query(
    `alter table sessions drop foreign key sessions_user_id_users_id_fk;
     drop index sessions_user on sessions`,
  )
  await connection.query('delete from schema_migrations')
  await migrate(url)
  expect(await schemaOf()).toEqual(schema)
})

test('three at once make one schema', async () => {
  await Promise.all([migrate(url), migrate(url), migrate(url)])
  const schema = await schemaOf()
  await migrate(url)
  expect(await schemaOf()).toEqual(schema)
})
