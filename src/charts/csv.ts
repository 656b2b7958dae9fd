import type { ConsumersOfPlace } from '#src/charts/consumers.ts'
import type { ChartRow, Period } from '#src/charts/rules.ts'
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
  return fileOf([HEAD, ...lines])
}

const CONSUMERS_HEAD = [
  'Dari tanggal',
  'Sampai tanggal',
  'Lokasi',
  'Untuk',
  'Pemakaian (L)',
  'Catatan',
  'Hari pakai',
  'Biasanya per hari pakai (L)',
  'Biasanya untuk hari sebanyak itu (L)',
]

/** Usage of each genset and tug, in the order of the page. */
export function consumersCsv(places: ConsumersOfPlace[], { first, last }: Period): string {
  const lines = places.flatMap((place) =>
    place.rows.map((row) => [
      formatDay(first),
      formatDay(last),
      quote(guard(place.name)),
      quote(guard(row.name ?? 'Tanpa nama')),
      withComma(row.litres),
      String(row.entries),
      String(row.days),
      row.usualLitres === null ? '' : withComma(row.usualLitres),
      row.expectedLitres === null ? '' : withComma(row.expectedLitres),
    ]),
  )
  return fileOf([CONSUMERS_HEAD, ...lines])
}

const fileOf = (lines: string[][]): string =>
  `${BYTE_ORDER_MARK}${lines.map((cells) => `${cells.join(';')}\r\n`).join('')}`

const withComma = (litres: Litres): string => toDecimal(litres).replace('.', ',')

/** A spreadsheet would run a text that begins like a formula. */
const guard = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)

const quote = (text: string): string =>
  /[;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
