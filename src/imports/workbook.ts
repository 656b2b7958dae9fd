import { createHash } from 'node:crypto'
import { closeSync, createReadStream, openSync, writeSync } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { streamXlsxRows } from 'hucre/xlsx'
import type { FileRecord } from '#src/imports/csv.ts'
import { recordOf, type SheetRow, startTable, writeRecord } from '#src/imports/sheet.ts'
import type { Source } from '#src/imports/source.ts'
import { BROKEN_WORKBOOK, checkPacking } from '#src/imports/workbook-packing.ts'
import { sweepNowAndThen } from '#src/memory.ts'
import { Rejected } from '#src/rejected.ts'

const MAX_BYTES = 64 * 1024 * 1024
const CHUNK_BYTES = 64 * 1024
const BATCH_LETTERS = 256 * 1024

/**
 * Opens the first sheet of a workbook. Its rows are written to a file of lines once, since unpacking goes on whether
 * or not anybody takes the rows: what waits for the database would pile up in memory.
 */
export async function openWorkbook(
  path: string,
  maxRows = Number.MAX_SAFE_INTEGER,
): Promise<Source> {
  if ((await stat(path)).size > MAX_BYTES)
    throw new Rejected(422, 'Buku kerja Excel paling besar 64 MB. Simpan sebagai CSV UTF-8.')
  const bytes = await Bun.file(path).bytes()
  checkPacking(bytes)
  const folder = await mkdtemp(join(tmpdir(), 'bbm-workbook-'))
  const close = () => rm(folder, { recursive: true, force: true })
  try {
    const lines = join(folder, 'lines')
    await writeLines(bytes, lines, maxRows)
    return {
      delimiter: '',
      isWorkbook: true,
      workbookHash: createHash('sha256').update(bytes).digest('hex'),
      read: (tap) => readLines(lines, tap),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function writeLines(bytes: Uint8Array, path: string, maxRows: number): Promise<void> {
  // Written without waiting: while anybody waits, the unpacked rows pile up.
  const file = openSync(path, 'wx', 0o600)
  try {
    const table = startTable()
    let batch = ''
    let rows = 0
    let seen = 0
    for await (const row of readSheet(bytes, 0)) {
      sweepNowAndThen(++seen)
      const record = recordOf(table, row)
      if (!record) continue
      batch += writeRecord(record)
      if (batch.length > BATCH_LETTERS) {
        writeSync(file, batch)
        batch = ''
      }
      // The header, and one row more than is allowed, by which the count tells.
      if (++rows > maxRows + 1) break
    }
    writeSync(file, batch)
    await refuseContinued(bytes, table.headings)
  } finally {
    closeSync(file)
  }
}

/** An export of more rows than a sheet holds goes on on the next one: half a ledger must not pass for all of it. */
async function refuseContinued(bytes: Uint8Array, headings: string[] | null): Promise<void> {
  for await (const row of readSheet(bytes, 1, 1)) {
    const second = recordOf(startTable(), row)?.fields
    if (!headings || JSON.stringify(second) !== JSON.stringify(headings)) continue
    throw new Rejected(
      422,
      'Tabelnya berlanjut di lembar kedua, dan hanya lembar pertama yang dibaca. Simpan semuanya sebagai CSV.',
    )
  }
}

async function* readSheet(
  bytes: Uint8Array,
  sheet: number,
  maxRows?: number,
): AsyncGenerator<SheetRow> {
  try {
    yield* streamXlsxRows(bytes, { sheet, ...(maxRows !== undefined && { maxRows }) })
  } catch {
    // Only what goes wrong while unpacking comes here: what the caller throws ends the generator otherwise.
    throw new Rejected(422, BROKEN_WORKBOOK)
  }
}

async function* readLines(
  path: string,
  tap: (chunk: Buffer) => void,
): AsyncGenerator<FileRecord[]> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
    tap(chunk)
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    yield lines.map((line) => JSON.parse(line) as FileRecord)
  }
}
