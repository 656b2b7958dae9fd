import { drizzle } from 'drizzle-orm/mysql2'
import type { Connection } from 'mysql2/promise'
import type { Database, Db } from '#src/database/client.ts'
import { takeConnection } from '#src/database/connection.ts'
import type { DecimalMark } from '#src/imports/amounts.ts'
import { bookStaged, type PlaceVerdict } from '#src/imports/booking.ts'
import { loadPlaces } from '#src/imports/places.ts'
import type { Problem } from '#src/imports/problems.ts'
import { openSource, type Source } from '#src/imports/source.ts'
import { stageFile } from '#src/imports/staging.ts'
import { type Survey, surveyFile } from '#src/imports/survey.ts'
import { createTables } from '#src/imports/tables.ts'
import type { DateOrder } from '#src/imports/times.ts'
import type { System } from '#src/system.ts'
import type { Litres } from '#src/units/litres.ts'

export type ImportOptions = {
  path: string
  /** The name that the books keep. */
  fileName: string
  /** Find out and say everything, book nothing. */
  dryRun: boolean
  createLocations: boolean
  /** The stock before the file's first row, by location code. */
  opening: Record<string, Litres>
  decimal?: DecimalMark | undefined
  dates?: DateOrder | undefined
  /** A file of more rows is refused: somebody waits for the answer. */
  maxRows?: number | undefined
  /** Gets the number of rows read so far, every 50,000. */
  progress?: ((rows: number) => void) | undefined
  /** Gets each problem as soon as it is found: there may be as many as rows. */
  report: (problem: Problem) => void | Promise<void>
}

export type ImportResult = {
  /** `refused` where problems were reported; `rehearsed` where a dry run found none. */
  outcome: 'booked' | 'rehearsed' | 'refused'
  /** Rows of the file below its header, without the halves of reversed pairs in an export. */
  rows: number
  problems: number
  /** Of those rows, how many were booked now, or would be. */
  booked: number
  /** How many had been booked before. */
  skipped: number
  places: PlaceVerdict[]
}

/** Another import or many writers may be at the same locations; a file can wait longer than a person. */
const LOCK_WAIT_SECONDS = 60

/**
 * Brings a file into the books: all of it or, where anything is wrong, nothing. Rows that were booked before are
 * skipped. Throws Rejected where the file as a whole cannot be used; its rows' problems are reported one by one.
 */
export async function importFile(
  { system, database }: { system: System; database: Database },
  actor: { id: number },
  options: ImportOptions,
): Promise<ImportResult> {
  const source = await openSource(options.path, options.maxRows)
  try {
    const survey = await surveyFile(source, options, options.maxRows)
    const own = await takeConnection(database.writers)
    const connection = own.promise()
    try {
      await connection.query(`SET SESSION innodb_lock_wait_timeout = ${LOCK_WAIT_SECONDS}`)
      const db: Db = drizzle({ client: own })
      return await stageAndBook({ system, db, connection, actor, options, source, survey })
    } finally {
      // Given back to the pool it would keep its tables and its patience.
      own.destroy()
    }
  } finally {
    await source.close()
  }
}

type Work = {
  system: System
  db: Db
  connection: Connection
  actor: { id: number }
  options: ImportOptions
  source: Source
  survey: Survey
}

async function stageAndBook(work: Work): Promise<ImportResult> {
  const { system, db, connection, actor, options, survey } = work
  await createTables(connection)
  const places = await loadPlaces(db, options)
  const { rows, problems } = await stageFile({ ...work, places })
  const result = { rows, problems, booked: 0, skipped: 0, places: [] }
  if (problems > 0) return { ...result, outcome: 'refused' }
  const { isBooked, verdicts } = await bookStaged(db, system, {
    actor,
    fileName: options.fileName,
    fileHash: survey.fileHash,
    places: places.named,
    dryRun: options.dryRun,
  })
  // Until the server counts again by itself it takes the tables for empty, and reads them the slow way.
  if (isBooked) await connection.query('ANALYZE LOCAL TABLE transactions, location_days')
  const breaches = verdicts.flatMap(({ breach }) => breach ?? [])
  for (const breach of breaches) await options.report(breach)
  if (breaches.length > 0)
    return { ...result, problems: breaches.length, places: verdicts, outcome: 'refused' }
  const booked = verdicts.reduce((total, verdict) => total + countRows(verdict, options), 0)
  const outcome = isBooked || !options.dryRun ? 'booked' : 'rehearsed'
  return { ...result, booked, skipped: rows - booked, places: verdicts, outcome }
}

/** An opening stock is a row of the file unless it was given beside it. */
function countRows(verdict: PlaceVerdict, { opening }: ImportOptions): number {
  const isOpeningRow = verdict.openingLitres > 0n && opening[verdict.place.code] === undefined
  return verdict.rowsIn + verdict.rowsOut + (isOpeningRow ? 1 : 0)
}
