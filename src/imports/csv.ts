import { createReadStream } from 'node:fs'
import { parse } from 'csv-parse'

/** A record of a file, with the line on which it begins: a quoted field of a CSV file may go over several lines. */
export type FileRecord = {
  line: number
  fields: string[]
  /** Which fields of a workbook are numbers, written with a decimal point whatever the file's style. */
  numbers?: number[]
}

/** The quotes of a file do not match, so that nobody can tell where its next record begins. */
export class BrokenQuotes extends Error {
  override name = 'BrokenQuotes'
  constructor(readonly line: number) {
    super(
      'Tanda kutip tidak berpasangan (di dalam teks berkutip, tulis "" untuk satu tanda kutip), atau baris ini terlalu panjang. Baris sesudahnya belum diperiksa.',
    )
  }
}

const CHUNK_BYTES = 64 * 1024
/** A record of two texts at their longest takes some 6 kB; an open quote must not swallow the rest of the file. */
const MAX_RECORD_BYTES = 100_000
const LINE_BREAK = /\r\n|\r|\n/g

/**
 * Reads the records of a file, some thousands at a time; empty lines come as records of one empty field.
 * `tap` sees every chunk of the file before its records. Throws BrokenQuotes after the last good record.
 */
export async function* readRecords(
  path: string,
  delimiter: string,
  tap: (chunk: Buffer) => void,
): AsyncGenerator<FileRecord[]> {
  let batch: FileRecord[] = []
  let line = 1
  const parser = parse({
    bom: true,
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: MAX_RECORD_BYTES,
    on_record: (fields: string[]) => {
      batch.push({ line, fields })
      for (const field of fields) line += countLineBreaks(field)
      line += 1
      // Nothing is handed on through the stream: a stream that fails forgets what was not yet read from it.
      return null
    },
  })
  let failure: Error | null = null
  parser.on('error', (error) => {
    failure = error
  })
  parser.resume()
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
    tap(chunk)
    await new Promise((done) => parser.write(chunk, done))
    yield batch
    batch = []
    if (failure) throw new BrokenQuotes(line)
  }
  await new Promise<void>((done) => {
    parser.once('close', done)
    parser.end()
  })
  yield batch
  if (failure) throw new BrokenQuotes(line)
}

function countLineBreaks(field: string): number {
  if (!field.includes('\n') && !field.includes('\r')) return 0
  return field.match(LINE_BREAK)?.length ?? 0
}
