import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { DecimalMark } from '#src/imports/amounts.ts'
import { findDelimiter, readHeader } from '#src/imports/columns.ts'
import { BrokenQuotes, type CsvRecord, readRecords } from '#src/imports/csv.ts'
import { decideStyle, type FileStyle, startEvidence, weighRow } from '#src/imports/style.ts'
import type { DateOrder } from '#src/imports/times.ts'
import { Rejected } from '#src/rejected.ts'

/** What a first reading of the whole file found out. */
export type Survey = {
  /** SHA-256 of the bytes, in hex. */
  hash: string
  delimiter: string
  style: FileStyle
  /** Whether every byte could be read; else a U+FFFD in a text stands for one that could not. */
  isUtf8: boolean
}

const HEAD_BYTES = 64 * 1024

/**
 * Reads the whole file once to find out how it is written.
 * Throws Rejected 422 where that stays open, or where the file is no table of ours.
 */
export async function surveyFile(
  path: string,
  stated: { decimal?: DecimalMark | undefined; dates?: DateOrder | undefined },
): Promise<Survey> {
  const delimiter = findDelimiter(await readFirstLine(path))
  const hash = createHash('sha256')
  const check = startUtf8Check()
  const evidence = startEvidence()
  let places: ReturnType<typeof readHeader>['places'] | null = null
  let rows = 0
  try {
    const tap = (chunk: Buffer) => {
      hash.update(chunk)
      check.add(chunk)
    }
    for await (const records of readRecords(path, delimiter, tap)) {
      for (const { line, fields } of records) {
        if (isEmptyRecord(fields)) continue
        if (!places) {
          places = readHeader(fields).places
          continue
        }
        rows++
        weighRow(evidence, {
          line,
          date: fields[places.date ?? -1] ?? '',
          amount: fields[places.amount ?? -1] ?? '',
        })
      }
    }
  } catch (error) {
    // The second reading lists it among the bad rows; what stands before it decides the style.
    if (!(error instanceof BrokenQuotes)) throw error
    rows++
  }
  if (!places) readHeader([])
  if (rows === 0) throw new Rejected(422, 'Tidak ada baris di bawah judul kolom.')
  const style = decideStyle(evidence, { delimiter, ...stated })
  return { hash: hash.digest('hex'), delimiter, style, isUtf8: check.isUtf8() }
}

/** An empty line, or one of delimiters only, as Excel leaves them at the end. */
export const isEmptyRecord = (fields: CsvRecord['fields']): boolean =>
  fields.every((field) => field.trim() === '')

/** Throws Rejected 422 where the file cannot be read, or begins as a file that is no UTF-8 text. */
async function readFirstLine(path: string): Promise<string> {
  const head = await readHead(path)
  const isWide = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
  const isZip = head.subarray(0, 2).toString('latin1') === 'PK'
  if (isWide || isZip || head.includes(0)) {
    throw new Rejected(
      422,
      'Berkas ini bukan CSV. Di Excel pilih "Simpan Sebagai", jenis "CSV UTF-8", lalu coba lagi.',
    )
  }
  const text = head.toString('utf8').replace(/^\ufeff/, '')
  return /^[\r\n]*([^\r\n]*)/.exec(text)?.[1] ?? ''
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

function startUtf8Check() {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let isGood = true
  const decode = (chunk?: Buffer) => {
    try {
      if (isGood) decoder.decode(chunk, { stream: chunk !== undefined })
    } catch {
      isGood = false
    }
  }
  return {
    add: decode,
    isUtf8: () => {
      decode()
      return isGood
    },
  }
}
