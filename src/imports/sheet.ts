import type { FileRecord } from '#src/imports/csv.ts'
import { Rejected } from '#src/rejected.ts'

/** A row as a workbook holds it: real dates, numbers, texts. `index` is 0 for the first row of the sheet. */
export type SheetRow = { index: number; values: unknown[] }

/** What is known of a sheet's table while its rows go by. */
export type Table = { headings: string[] | null }

/** Two texts at their longest, and every other column as well. */
const MAX_LINE = 200_000

/** What our own export writes below its table. */
const TOTALS = 'Jumlah yang tampil'

export const startTable = (): Table => ({ headings: null })

/** A row as a record of texts, as wide as the headings; null where it is empty, or the totals of our own export. */
export function recordOf(table: Table, { index, values }: SheetRow): FileRecord | null {
  const fields = values.map(textOf)
  while (fields.length > 0 && fields.at(-1)?.trim() === '') fields.pop()
  if (fields.length === 0) return null
  const line = index + 1
  if (!table.headings) {
    table.headings = fields
    return { line, fields }
  }
  if (fields[0] === TOTALS && isExport(table.headings)) return null
  while (fields.length < table.headings.length) fields.push('')
  const numbers = values.flatMap((value, place) => (typeof value === 'number' ? [place] : []))
  return { line, fields, numbers }
}

/** A line of JSON, which is read again and again. Throws Rejected 422 where the row is too long to be one of ours. */
export function writeRecord(record: FileRecord): string {
  const line = `${JSON.stringify(record)}\n`
  if (line.length > MAX_LINE) throw new Rejected(422, `Baris ${record.line} terlalu panjang.`)
  return line
}

const isExport = (headings: string[]): boolean =>
  headings.some((heading) => heading.trim().toLowerCase() === 'status')

function textOf(value: unknown): string {
  if (value instanceof Date) return wallClockOf(value)
  if (typeof value === 'number') return numberText(value)
  return value === null || value === undefined ? '' : String(value)
}

/** A cell's date is the clock on the wall. 14.05 is kept as a fraction of a day that falls just short of it. */
function wallClockOf(date: Date): string {
  const whole = new Date(Math.round(date.getTime() / 1000) * 1000)
  return Number.isNaN(whole.getTime()) ? '' : whole.toISOString().slice(0, 19)
}

/** Excel counts to 15 digits: 0.1 + 0.2 is 0.3 there, too. */
function numberText(value: number): string {
  const shown = Number(value.toPrecision(15))
  return Number.isInteger(shown) && Math.abs(shown) < 1e15 ? shown.toFixed(0) : String(shown)
}
