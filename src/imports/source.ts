import { open } from 'node:fs/promises'
import { findDelimiter } from '#src/imports/columns.ts'
import { type FileRecord, readRecords } from '#src/imports/csv.ts'
import { openWorkbook } from '#src/imports/workbook.ts'
import { Rejected } from '#src/rejected.ts'

/** A file whose records are read as often as needed, always the same way, some thousands at a time. */
export type Source = {
  /** Empty for a workbook, whose cells need none. */
  delimiter: string
  isWorkbook: boolean
  /** SHA-256 of a workbook's bytes, which are not those that `tap` sees; null where they are the same. */
  workbookHash: string | null
  /** `tap` sees every byte that the records are made of. */
  read(tap: (chunk: Buffer) => void): AsyncGenerator<FileRecord[]>
  close(): Promise<void>
}

const HEAD_BYTES = 64 * 1024

/** How a program that Excel 97 to 2003 was begins its files, and Excel today one that a password locks. */
const OLD_OR_LOCKED = Buffer.from([0xd0, 0xcf, 0x11, 0xe0])

/**
 * Opens a CSV file or a workbook of Excel, told apart by what they begin with. At most `maxRows` of a workbook's rows
 * are read, and one more that tells of others. Throws Rejected 422 where the file is neither, or cannot be read.
 */
export async function openSource(path: string, maxRows?: number): Promise<Source> {
  const head = await readHead(path)
  if (head.subarray(0, 2).toString('latin1') === 'PK') return openWorkbook(path, maxRows)
  if (head.subarray(0, OLD_OR_LOCKED.length).equals(OLD_OR_LOCKED)) {
    throw new Rejected(
      422,
      'Berkas ini Excel lama (.xls) atau dikunci kata sandi. Simpan sebagai .xlsx tanpa kata sandi, lalu coba lagi.',
    )
  }
  const delimiter = findDelimiter(readFirstLine(head))
  return {
    delimiter,
    isWorkbook: false,
    workbookHash: null,
    read: (tap) => readRecords(path, delimiter, tap),
    close: async () => {},
  }
}

async function readHead(path: string): Promise<Buffer> {
  try {
    const file = await open(path)
    try {
      if (!(await file.stat()).isFile()) throw new Rejected(422, `${path} bukan berkas biasa.`)
      const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  } catch (error) {
    if (error instanceof Rejected) throw error
    throw new Rejected(422, `Berkas ${path} tidak bisa dibaca.`)
  }
}

/** Throws Rejected 422 where the file begins as one that is no UTF-8 text. */
function readFirstLine(head: Buffer): string {
  const isWide = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
  if (isWide || head.includes(0)) {
    throw new Rejected(
      422,
      'Berkas ini bukan CSV. Di Excel pilih "Simpan Sebagai", jenis "CSV UTF-8" atau .xlsx, lalu coba lagi.',
    )
  }
  const text = head.toString('utf8').replace(/^\ufeff/, '')
  return /^[\r\n]*([^\r\n]*)/.exec(text)?.[1] ?? ''
}
