import { Readable } from 'node:stream'
import { createConnection, type RowDataPacket } from 'mysql2/promise'
import { connectionOptions } from '#src/database/client.ts'

const PAGE = 20_000
/** They are all in memory at once. */
const MOST_ROWS = 1_000_000

/**
 * How many rows a second the server itself takes in by LOAD DATA: the same rows, a million of them at most, into a
 * table of the same columns and indexes, from memory, in one statement. The bar that an import is measured against.
 */
export async function measureLoadData(migrationUrl: string): Promise<number> {
  const connection = await createConnection(connectionOptions(migrationUrl))
  try {
    await connection.query('set global local_infile = 1')
    await connection.query('create table bench_copy like transactions')
    const { lines, rows } = await readLines(migrationUrl)
    const start = performance.now()
    await connection.query({
      sql: "load data local infile 'entries' into table bench_copy character set utf8mb4",
      infileStreamFactory: () => Readable.from(lines),
    })
    const seconds = (performance.now() - start) / 1000
    await connection.query('drop table bench_copy')
    return rows / seconds
  } finally {
    connection.destroy()
  }
}

/** The first rows as LOAD DATA reads them. */
async function readLines(url: string): Promise<{ lines: Buffer[]; rows: number }> {
  const connection = await createConnection({ ...connectionOptions(url), rowsAsArray: true })
  const lines: Buffer[] = []
  let taken = 0
  try {
    for (let last = 0; taken < MOST_ROWS; ) {
      const [rows] = await connection.query<RowDataPacket[]>(
        `select * from transactions where id > ? order by id limit ${PAGE}`,
        [last],
      )
      // An empty piece would end the file.
      if (rows.length === 0) break
      taken += rows.length
      lines.push(Buffer.from(rows.map((row) => `${row.map(escaped).join('\t')}\n`).join('')))
      last = Number(rows.at(-1)?.[0] ?? 0)
    }
    return { lines, rows: taken }
  } finally {
    connection.destroy()
  }
}

const escaped = (value: unknown): string =>
  value === null ? '\\N' : String(value).replace(/[\\\t\n\r]/g, (sign) => `\\${sign}`)
