import type { ExportRow } from '#src/exports/rows.ts'
import { isCounted, kindInWords, statusInWords } from '#src/exports/words.ts'
import {
  columnName,
  formulaCell,
  litresCell,
  rowXml,
  STYLE,
  textCell,
  timeCell,
  wholeCell,
} from '#src/exports/xlsx-cells.ts'
import type { SheetSums } from '#src/exports/xlsx-facts.ts'
import { sheetXml } from '#src/exports/xlsx-parts.ts'

/** "masuk" and "keluar" hold what counts: nothing for the two halves of a reversed pair. */
const COLUMNS = [
  { heading: 'tanggal', width: 17 },
  { heading: 'jenis', width: 14 },
  { heading: 'lokasi', width: 14 },
  { heading: 'jumlah', width: 14 },
  { heading: 'masuk', width: 14 },
  { heading: 'keluar', width: 14 },
  { heading: 'sisa', width: 14 },
  { heading: 'untuk', width: 18 },
  { heading: 'keterangan', width: 40 },
  { heading: 'referensi', width: 18 },
  { heading: 'oleh', width: 20 },
  { heading: 'status', width: 12 },
  { heading: 'nomor', width: 10 },
]
export const IN_COLUMN = columnName(4)
export const OUT_COLUMN = columnName(5)
const LAST_COLUMN = columnName(COLUMNS.length - 1)

/** The last row of a sheet that the filter covers; without rows it is the one under the heading. */
export const lastRowOf = ({ rows }: SheetSums): number => Math.max(1, rows) + 1

export const filterRange = (sums: SheetSums): string => `$A$1:$${LAST_COLUMN}$${lastRowOf(sums)}`

/** One sheet of rows, with totals below that follow the filter. Adds the litres up in `sums`. */
export async function* stockSheet(
  rows: AsyncIterable<ExportRow[]>,
  sums: SheetSums,
): AsyncGenerator<string> {
  const headings = COLUMNS.map(({ heading }, at) =>
    textCell(`${columnName(at)}1`, heading, STYLE.bold),
  )
  const widths = COLUMNS.map(({ width }) => width)
  yield sheetXml.begin({ widths, isFrozen: true }) + rowXml(1, headings.join(''))
  let at = 1
  for await (const some of rows) {
    let text = ''
    for (const row of some) {
      const litres = isCounted(row) ? row.litres : 0n
      if (row.type === 'IN') sums.litresIn += litres
      else sums.litresOut += litres
      text += rowXml(++at, cellsOf(row, at))
    }
    yield text
  }
  const last = lastRowOf(sums)
  const total = (column: string, litres: bigint) =>
    formulaCell(`${column}${last + 2}`, `SUBTOTAL(109,${column}2:${column}${last})`, litres)
  const totals = [
    textCell(`A${last + 2}`, 'Jumlah yang tampil', STYLE.bold),
    total(IN_COLUMN, sums.litresIn),
    total(OUT_COLUMN, sums.litresOut),
  ]
  yield rowXml(last + 2, totals.join('')) +
    sheetXml.end(`<autoFilter ref="${filterRange(sums).replaceAll('$', '')}"/>`)
}

/** In the order of COLUMNS. */
function cellsOf(row: ExportRow, at: number): string {
  const column = row.type === 'IN' ? IN_COLUMN : OUT_COLUMN
  const counted = isCounted(row) ? litresCell(`${column}${at}`, row.litres) : ''
  return (
    timeCell(`A${at}`, row.clock) +
    textCell(`B${at}`, kindInWords(row)) +
    textCell(`C${at}`, row.location) +
    litresCell(`D${at}`, row.litres) +
    counted +
    litresCell(`G${at}`, row.balance) +
    textCell(`H${at}`, row.consumer) +
    textCell(`I${at}`, row.notes) +
    textCell(`J${at}`, row.reference) +
    textCell(`K${at}`, row.by) +
    textCell(`L${at}`, statusInWords(row)) +
    wholeCell(`M${at}`, row.id)
  )
}
