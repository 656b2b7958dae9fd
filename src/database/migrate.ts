import { readFileSync } from 'node:fs'
import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise'
import { z } from 'zod'
import { connectionOptions } from '#src/database/client.ts'
import { errnoOf } from '#src/database/errors.ts'

const FOLDER = new URL('../../migrations/', import.meta.url)
const BREAKPOINT = '--> statement-breakpoint'
const LOCK_SECONDS = 120

/** Table, column, key or constraint is there already: the statement ran, but its mark was not written. */
const ALREADY_DONE = new Set([1050, 1060, 1061, 1826])

/** MariaDB's way of saying that a foreign key of this name exists. */
const DUPLICATE_KEY_NAME = 'errno: 121'

const Journal = z.object({ entries: z.array(z.object({ tag: z.string() })) })

/**
 * Brings the database to the newest schema. One process at a time (GET_LOCK); each statement is marked when done,
 * since DDL commits by itself, so that a run that died halfway goes on where it stopped. What holds for one connection
 * only is said each time. `finish` is done each time, still as the only process.
 */
export async function migrate(
  url: string,
  finish: (connection: Connection) => Promise<void> = async () => {},
): Promise<void> {
  const connection = await createConnection(connectionOptions(url))
  try {
    await lock(connection)
    await prepare(connection)
    const done = await readMarks(connection)
    for (const { mark, statement } of readMigrations()) {
      if (statement.startsWith('SET SESSION ')) await connection.query(statement)
      else if (!done.has(mark)) await run(connection, mark, statement)
    }
    await finish(connection)
  } finally {
    connection.destroy()
  }
}

async function lock(connection: Connection): Promise<void> {
  const [rows] = await connection.query<RowDataPacket[]>(
    `SELECT GET_LOCK(CONCAT('migrate:', LEFT(DATABASE(), 50)), ${LOCK_SECONDS}) AS got`,
  )
  if (rows[0]?.got !== 1)
    throw new Error('another process has been migrating this database for two minutes')
}

async function prepare(connection: Connection): Promise<void> {
  await connection.query('ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci')
  await connection.query(
    `CREATE TABLE IF NOT EXISTS schema_migrations (
       mark VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin PRIMARY KEY, done_at DATETIME NOT NULL)`,
  )
}

async function readMarks(connection: Connection): Promise<Set<unknown>> {
  const [rows] = await connection.query<RowDataPacket[]>('SELECT mark FROM schema_migrations')
  return new Set(rows.map((row) => row.mark))
}

async function run(connection: Connection, mark: string, statement: string): Promise<void> {
  try {
    await connection.query(statement)
  } catch (error) {
    if (!isAlreadyDone(error)) throw new Error(`migration ${mark} failed`, { cause: error })
  }
  await connection.query(
    'INSERT INTO schema_migrations (mark, done_at) VALUES (?, UTC_TIMESTAMP())',
    [mark],
  )
}

function isAlreadyDone(error: unknown): boolean {
  const isDuplicateKey = error instanceof Error && error.message.includes(DUPLICATE_KEY_NAME)
  return isDuplicateKey || ALREADY_DONE.has(errnoOf(error) ?? 0)
}

function readMigrations(): { mark: string; statement: string }[] {
  const journal = Journal.parse(
    JSON.parse(readFileSync(new URL('meta/_journal.json', FOLDER), 'utf8')),
  )
  return journal.entries.flatMap(({ tag }) =>
    readFileSync(new URL(`${tag}.sql`, FOLDER), 'utf8')
      .split(BREAKPOINT)
      .map((statement, index) => ({ mark: `${tag}:${index}`, statement: statement.trim() }))
      .filter(({ statement }) => statement !== ''),
  )
}
