import { encoded } from '#src/exports/chunks.ts'
import type { ExportRow } from '#src/exports/rows.ts'
import { type ExportFacts, factsSheet, type SheetSums } from '#src/exports/xlsx-facts.ts'
import * as parts from '#src/exports/xlsx-parts.ts'
import { filterRange, stockSheet } from '#src/exports/xlsx-stock.ts'
import { type ZipEntry, zip } from '#src/exports/zip.ts'

/** The rows that fit on one sheet of Excel, less the heading and the totals. */
const SHEET_ROWS = 1_048_570

/** A workbook: the rows with their totals, over more sheets where one is full, and a last sheet about them. */
export function xlsx(
  rows: AsyncIterable<ExportRow[]>,
  facts: ExportFacts,
  sheetRows = SHEET_ROWS,
): AsyncGenerator<Uint8Array> {
  return zip(workbook(rows, facts, sheetRows))
}

async function* workbook(
  rows: AsyncIterable<ExportRow[]>,
  facts: ExportFacts,
  sheetRows: number,
): AsyncGenerator<ZipEntry> {
  const source = rows[Symbol.asyncIterator]()
  const sheets: SheetSums[] = []
  let left: ExportRow[] | undefined
  const fill = async function* (sums: SheetSums) {
    for (; left && sums.rows < sheetRows; left = left.length > 0 ? left : await take(source)) {
      const some = left.slice(0, sheetRows - sums.rows)
      left = left.slice(some.length)
      sums.rows += some.length
      yield some
    }
  }
  try {
    left = await take(source)
    do {
      const name = sheets.length === 0 ? 'Stok' : `Stok ${sheets.length + 1}`
      const sums: SheetSums = { name, rows: 0, litresIn: 0n, litresOut: 0n }
      sheets.push(sums)
      yield { path: parts.sheetPath(sheets.length), data: encoded(stockSheet(fill(sums), sums)) }
    } while (left)
  } finally {
    await source.return?.()
  }
  const names = [...sheets.map(({ name }) => name), 'Keterangan']
  const last = async function* (text: string) {
    yield text
  }
  const others: [string, string][] = [
    [parts.sheetPath(names.length), factsSheet(facts, sheets)],
    ['xl/styles.xml', parts.STYLES],
    ['xl/workbook.xml', parts.workbookXml(names, sheets.map(filterRange))],
    ['xl/_rels/workbook.xml.rels', parts.workbookRelations(names.length)],
    ['_rels/.rels', parts.ROOT_RELATIONS],
    ['[Content_Types].xml', parts.contentTypes(names.length)],
  ]
  for (const [path, text] of others) yield { path, data: encoded(last(text)) }
}

async function take(source: AsyncIterator<ExportRow[]>): Promise<ExportRow[] | undefined> {
  const { done, value } = await source.next()
  return done ? undefined : value
}
