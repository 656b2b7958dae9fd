import type { ChainView } from '#src/audit/queries.ts'
import {
  columnName,
  formulaCell,
  rowXml,
  STYLE,
  textCell,
  timeCell,
  wholeCell,
} from '#src/exports/xlsx-cells.ts'
import { sheetXml } from '#src/exports/xlsx-parts.ts'
import { IN_COLUMN, lastRowOf, OUT_COLUMN } from '#src/exports/xlsx-stock.ts'
import type { WallClock } from '#src/units/business-day.ts'
import type { Litres } from '#src/units/litres.ts'

/** What a reader of the file must know about it. */
export type ExportFacts = {
  filterWords: string
  madeAt: WallClock
  /** Where that clock hangs. */
  zoneLabel: string
  madeBy: string
  /** The audit chains of the locations in scope, as they stood when the rows were read. */
  chains: ChainView[]
}

/** One sheet of rows and what they come to; a reversed pair comes to nothing. */
export type SheetSums = { name: string; rows: number; litresIn: Litres; litresOut: Litres }

/** The sheet "Keterangan": where the rows come from, and by which hashes that can be proved. */
export function factsSheet(facts: ExportFacts, sheets: SheetSums[]): string {
  const sum = (column: string, litresOf: (sums: SheetSums) => Litres) => (at: string) =>
    formulaCell(
      at,
      sheets.map((sums) => `SUM('${sums.name}'!${column}2:${column}${lastRowOf(sums)})`).join('+'),
      sheets.reduce((total, sums) => total + litresOf(sums), 0n),
    )
  const count = sheets.reduce((total, { rows }) => total + rows, 0)
  const rows: Cell[][] = [
    [label('Saringan'), text(facts.filterWords)],
    [label(`Dibuat (${facts.zoneLabel})`), (at) => timeCell(at, facts.madeAt)],
    [label('Oleh'), text(facts.madeBy)],
    [label('Jumlah catatan'), whole(count)],
    [label('Jumlah masuk (L)'), sum(IN_COLUMN, ({ litresIn }) => litresIn)],
    [label('Jumlah keluar (L)'), sum(OUT_COLUMN, ({ litresOut }) => litresOut)],
    [],
    [label('Jejak audit'), label('Tautan'), label('Hash terakhir (SHA-256)')],
    ...facts.chains.map(({ name, length, headHash }) => [
      text(name),
      whole(length),
      text(headHash),
    ]),
    [],
    [text('Catatan yang diperbaiki dan perbaikannya ("Diperbaiki", "Perbaikan") dihitung nol.')],
  ]
  const body = rows.map((cells, index) => {
    const row = index + 1
    return rowXml(row, cells.map((cell, column) => cell(`${columnName(column)}${row}`)).join(''))
  })
  return [
    sheetXml.begin({ widths: [24, 30, 70], isFrozen: false }),
    ...body,
    sheetXml.end(''),
  ].join('')
}

/** Becomes XML where its place is known. */
type Cell = (at: string) => string

const text =
  (words: string): Cell =>
  (at) =>
    textCell(at, words)

const label =
  (words: string): Cell =>
  (at) =>
    textCell(at, words, STYLE.bold)

const whole =
  (number: number): Cell =>
  (at) =>
    wholeCell(at, number)
