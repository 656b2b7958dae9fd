import { encoded } from '#src/exports/chunks.ts'
import { guardText } from '#src/exports/guarded-text.ts'
import type { ExportRow } from '#src/exports/rows.ts'
import { kindInWords, statusInWords } from '#src/exports/words.ts'
import { formatDayClock } from '#src/units/business-day.ts'
import { toDecimal } from '#src/units/litres.ts'

/** The first six are those that bin/import reads. */
const HEADINGS =
  'tanggal jenis lokasi jumlah keterangan referensi sisa untuk oleh status nomor'.split(' ')
const BYTE_ORDER_MARK = '\ufeff'

/** Comma, ISO 8601 with the offset of the company's zone, decimal point. */
export const plainCsv = (rows: AsyncIterable<ExportRow[]>) =>
  encoded(
    lines(rows, {
      head: '',
      delimiter: ',',
      lineBreak: '\n',
      time: ({ clock, at }) => `${clock}:00${offsetOf(clock, at)}`,
      amount: toDecimal,
    }),
  )

/** As Excel saves it under Indonesian regional settings: semicolon, decimal comma, and a mark that says UTF-8. */
export const indonesianCsv = (rows: AsyncIterable<ExportRow[]>) =>
  encoded(
    lines(rows, {
      head: BYTE_ORDER_MARK,
      delimiter: ';',
      lineBreak: '\r\n',
      time: ({ clock }) => formatDayClock(clock),
      amount: (litres) => toDecimal(litres).replace('.', ','),
    }),
  )

type Style = {
  head: string
  delimiter: string
  lineBreak: string
  time: (row: ExportRow) => string
  amount: (litres: bigint) => string
}

async function* lines(rows: AsyncIterable<ExportRow[]>, style: Style): AsyncGenerator<string> {
  yield style.head + HEADINGS.join(style.delimiter) + style.lineBreak
  for await (const some of rows) {
    let text = ''
    for (const row of some) text += lineOf(row, style)
    yield text
  }
}

function lineOf(row: ExportRow, { delimiter, lineBreak, time, amount }: Style): string {
  const people = (text: string | null) => (text ? quote(guardText(text), delimiter) : '')
  const before = [time(row), kindInWords(row), quote(row.location, delimiter), amount(row.litres)]
  const texts = [people(row.notes), people(row.reference), amount(row.balance)]
  const after = [people(row.consumer), people(row.by), statusInWords(row), row.id]
  return [...before, ...texts, ...after].join(delimiter) + lineBreak
}

const quote = (cell: string, delimiter: string): string =>
  cell.includes(delimiter) || /["\r\n]|^\s|\s$/.test(cell)
    ? `"${cell.replaceAll('"', '""')}"`
    : cell

function offsetOf(clock: string, at: Date): string {
  const minutes = (Date.parse(`${clock}Z`) - at.getTime()) / 60_000
  const pad = (part: number) => String(Math.floor(part)).padStart(2, '0')
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${pad(size / 60)}:${pad(size % 60)}`
}
