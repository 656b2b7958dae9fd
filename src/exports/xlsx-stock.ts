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
  rows: AsyncIterable<ExportRow>,
  sums: SheetSums,
): AsyncGenerator<string> {
  yield sheetXml.begin({ widths: COLUMNS.map(({ width }) => width), isFrozen: true })
  const headings = COLUMNS.map(({ heading }) => textCell(heading, STYLE.bold))
  yield rowXml(headings, 1)
  let at = 1
  for await (const row of rows) {
    const litres = isCounted(row) ? row.litres : 0n
    if (row.type === 'IN') sums.litresIn += litres
    else sums.litresOut += litres
    yield rowXml(cellsOf(row), ++at)
  }
  const last = lastRowOf(sums)
  const total = (column: string, litres: bigint) =>
    formulaCell(`SUBTOTAL(109,${column}2:${column}${last})`, litres)
  const totals = [
    textCell('Jumlah yang tampil', STYLE.bold),
    null,
    null,
    null,
    total(IN_COLUMN, sums.litresIn),
    total(OUT_COLUMN, sums.litresOut),
  ]
  yield rowXml(totals, last + 2)
  yield sheetXml.end(`<autoFilter ref="${filterRange(sums).replaceAll('$', '')}"/>`)
}

function cellsOf(row: ExportRow): (string | null)[] {
  const counted = isCounted(row) ? litresCell(row.litres) : null
  return [
    timeCell(row.clock),
    textCell(kindInWords(row)),
    textCell(row.location),
    litresCell(row.litres),
    row.type === 'IN' ? counted : null,
    row.type === 'OUT' ? counted : null,
    litresCell(row.balance),
    textCell(row.consumer),
    textCell(row.notes),
    textCell(row.reference),
    textCell(row.by),
    textCell(statusInWords(row)),
    wholeCell(row.id),
  ]
}
