import type { ChartRow } from '#src/charts/rules.ts'
import { formatDay } from '#src/units/business-day.ts'
import { type Litres, toDecimal } from '#src/units/litres.ts'

const BYTE_ORDER_MARK = '\u{feff}'
const HEAD = [
  'Dari tanggal',
  'Sampai tanggal',
  'Lokasi',
  'Stok awal (L)',
  'Stok masuk (L)',
  'Pemakaian (L)',
  'Stok akhir (L)',
]

/** The chart's rows, oldest first, as Excel reads them under Indonesian settings: semicolons, decimal comma, BOM. */
export function toCsv(rows: ChartRow[], placeName: string): string {
  const place = quote(guard(placeName))
  const lines = rows.map((row) => [
    formatDay(row.first),
    formatDay(row.last),
    place,
    ...[row.opening, row.in, row.out, row.closing].map(withComma),
  ])
  return `${BYTE_ORDER_MARK}${[HEAD, ...lines].map((cells) => `${cells.join(';')}\r\n`).join('')}`
}

const withComma = (litres: Litres): string => toDecimal(litres).replace('.', ',')

/** A spreadsheet would run a text that begins like a formula. */
const guard = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)

const quote = (text: string): string =>
  /[;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
