import { createHash } from 'node:crypto'
import type { DecimalMark } from '#src/imports/amounts.ts'
import { readHeader } from '#src/imports/columns.ts'
import { BrokenQuotes, type FileRecord } from '#src/imports/csv.ts'
import type { Source } from '#src/imports/source.ts'
import { decideStyle, type FileStyle, startEvidence, weighRow } from '#src/imports/style.ts'
import type { DateOrder } from '#src/imports/times.ts'
import { Rejected } from '#src/rejected.ts'
import { groupThousands } from '#src/units/litres.ts'

/** What a first reading of the whole file found out. */
export type Survey = {
  /** SHA-256 of what was read, in hex. */
  hash: string
  /** The same of the file itself, which the books keep. */
  fileHash: string
  style: FileStyle
  /** Whether every byte could be read; else a U+FFFD in a text stands for one that could not. */
  isUtf8: boolean
}

/**
 * Reads the whole file once to find out how it is written.
 * Throws Rejected 422 where that stays open, or where the file is no table of ours, or has more than `maxRows`.
 */
export async function surveyFile(
  source: Source,
  stated: { decimal?: DecimalMark | undefined; dates?: DateOrder | undefined },
  maxRows = Number.MAX_SAFE_INTEGER,
): Promise<Survey> {
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
    for await (const records of source.read(tap)) {
      for (const { line, fields, numbers } of records) {
        if (isEmptyRecord(fields)) continue
        if (!places) {
          places = readHeader(fields).places
          continue
        }
        if (++rows > maxRows) throw tooManyRows(maxRows)
        const { date = -1, amount = -1 } = places
        weighRow(evidence, {
          line,
          date: fields[date] ?? '',
          amount: numbers?.includes(amount) ? '' : (fields[amount] ?? ''),
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
  const style = decideStyle(evidence, { delimiter: source.delimiter, ...stated })
  const read = hash.digest('hex')
  return { hash: read, fileHash: source.workbookHash ?? read, style, isUtf8: check.isUtf8() }
}

/** An empty line, or one of delimiters only, as Excel leaves them at the end. */
export const isEmptyRecord = (fields: FileRecord['fields']): boolean =>
  fields.every((field) => field.trim() === '')

const tooManyRows = (maxRows: number): Rejected =>
  new Rejected(
    422,
    `Berkas ini punya lebih dari ${groupThousands(String(maxRows))} baris, terlalu banyak untuk halaman ini. Bukukan di komputer server dengan bin/import.`,
  )

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
