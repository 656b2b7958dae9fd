import { createHash } from 'node:crypto'
import type { Connection } from 'mysql2/promise'
import { readHeader } from '#src/imports/columns.ts'
import { BrokenQuotes, type FileRecord } from '#src/imports/csv.ts'
import type { Places } from '#src/imports/places.ts'
import type { Problem, RowProblem } from '#src/imports/problems.ts'
import { type ImportRow, makeRowReader } from '#src/imports/rows.ts'
import type { ImportOptions } from '#src/imports/service.ts'
import type { Source } from '#src/imports/source.ts'
import { openStage } from '#src/imports/stage.ts'
import { isEmptyRecord, type Survey } from '#src/imports/survey.ts'
import { sweepNowAndThen } from '#src/memory.ts'
import { Rejected } from '#src/rejected.ts'
import type { System } from '#src/system.ts'

type Work = {
  system: System
  connection: Connection
  options: ImportOptions
  source: Source
  survey: Survey
  places: Places
}

const PROGRESS_ROWS = 50_000

/**
 * Reads the file a second time, now knowing how it is written, and stages its rows. From the first bad row on
 * it stages no more and only looks for further ones. Throws Rejected where the file changed meanwhile.
 */
export async function stageFile(work: Work): Promise<{ rows: number; problems: number }> {
  const { connection, system, options, survey, places } = work
  const { isNewestFirst } = survey.style
  const stage = openStage(connection, { zone: system.config.timezone, isNewestFirst })
  const seen = { rows: 0, problems: 0 }
  const report = async (problem: Problem) => {
    seen.problems++
    await options.report(problem)
  }
  const hash = createHash('sha256')
  try {
    for await (const rows of readRows(work, (chunk) => hash.update(chunk))) {
      for (const row of rows) {
        if (row === null) continue
        if (Array.isArray(row)) for (const problem of row) await report(problem)
        else if (seen.problems === 0) {
          noteFirst(row)
          if (stage.add(row)) await stage.send()
        }
        if (++seen.rows % PROGRESS_ROWS === 0) options.progress?.(seen.rows)
        sweepNowAndThen(seen.rows)
      }
    }
  } catch (error) {
    if (!(error instanceof BrokenQuotes)) throw error
    const { line, message: reason } = error
    await report({ kind: 'row', line, column: null, text: null, reason })
  }
  if (seen.problems > 0) return seen
  if (hash.digest('hex') !== survey.hash)
    throw new Rejected(422, 'Berkas berubah selama dibaca. Tutup di program lain, lalu ulangi.')
  for (const [code, litres] of Object.entries(options.opening))
    await stage.addOpening(findOpened(places, code), litres)
  await stage.finish()
  return seen
}

/** The rows of the file, or what is wrong with them, some thousands at a time. */
async function* readRows(
  { system, source, survey, places }: Work,
  tap: (chunk: Buffer) => void,
): AsyncGenerator<(ImportRow | RowProblem[] | null)[]> {
  const { style, isUtf8 } = survey
  const { isWorkbook } = source
  const zone = system.config.timezone
  const given = { style, places, zone, now: system.now(), isUtf8, isWorkbook }
  let readRow: ((record: FileRecord) => ImportRow | RowProblem[] | null) | null = null
  for await (const records of source.read(tap)) {
    const filled = records.filter(({ fields }) => !isEmptyRecord(fields))
    const header = readRow ? undefined : filled.shift()
    if (header) readRow = makeRowReader({ ...given, columns: readHeader(header.fields) })
    if (readRow) yield filled.map(readRow)
  }
}

function noteFirst({ place, at }: ImportRow): void {
  if (!place.firstAt || at < place.firstAt) place.firstAt = at
}

function findOpened(places: Places, code: string) {
  const place = places.named.find((one) => one.code === code)
  if (place?.firstAt) return { place, firstAt: place.firstAt }
  throw new Rejected(422, `Stok awal diberikan untuk lokasi ${code}, yang tidak ada di berkas ini.`)
}
