import { gather } from '#src/exports/chunks.ts'
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
export const plainCsv = (rows: AsyncIterable<ExportRow>) =>
  gather(
    lines(rows, {
      head: '',
      delimiter: ',',
      lineBreak: '\n',
      time: ({ clock, at }) => `${clock}:00${offsetOf(clock, at)}`,
      amount: toDecimal,
    }),
  )

/** As Excel saves it under Indonesian regional settings: semicolon, decimal comma, and a mark that says UTF-8. */
export const indonesianCsv = (rows: AsyncIterable<ExportRow>) =>
  gather(
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

async function* lines(rows: AsyncIterable<ExportRow>, style: Style): AsyncGenerator<string> {
  const { delimiter, lineBreak, time, amount } = style
  const line = (cells: string[]) =>
    cells.map((cell) => quote(cell, delimiter)).join(delimiter) + lineBreak
  yield style.head + line(HEADINGS)
  for await (const row of rows) {
    yield line([
      time(row),
      kindInWords(row),
      row.location,
      amount(row.litres),
      guardText(row.notes ?? ''),
      guardText(row.reference ?? ''),
      amount(row.balance),
      guardText(row.consumer ?? ''),
      guardText(row.by),
      statusInWords(row),
      String(row.id),
    ])
  }
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
