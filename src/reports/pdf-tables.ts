import type { Content, TableLayout } from 'pdfmake'
import type { Figure } from '#views/reports/figures.ts'

const RULE = '#10201f'
const LINE = '#d0d9d9'

/** Thin lines between rows, a strong one under the head and above the total. */
const RULED: TableLayout = {
  hLineWidth: (at, { table: { body, headerRows = 1 } }) =>
    at < headerRows ? 0 : at === body.length ? 0.5 : 0.75,
  hLineColor: (at, { table: { body, headerRows = 1 } }) =>
    at === headerRows || at === body.length - 1 ? RULE : LINE,
  vLineWidth: () => 0,
  paddingTop: () => 1.6,
  paddingBottom: () => 1.6,
  paddingLeft: (at) => (at === 0 ? 0 : 10),
  paddingRight: (at, { table: { widths } }) => (at === widths.length - 1 ? 0 : 4),
}

const none: TableLayout = {
  hLineWidth: () => 0,
  vLineWidth: () => 0,
  paddingLeft: (at) => (at === 0 ? 0 : 12),
  paddingRight: () => 0,
}

export type TextCell = {
  text: string
  style?: string
  alignment?: 'right'
  noWrap?: boolean
  color?: string
  bold?: boolean
  fontSize?: number
  colSpan?: number
}

export const LAYOUT = { none }

export type TableParts = {
  /** Above the head, and like it there again on the next page. */
  title?: string
  widths: ('*' | 'auto')[]
  head: TextCell[]
  rows: TextCell[][]
  total: TextCell[]
}

/** A table whose head is there again on the next page, and never alone at the end of one. */
export function table({ title, widths, head, rows, total }: TableParts): Content {
  const heads = title === undefined ? [head] : [titleCells(title, widths.length), head]
  return {
    table: {
      headerRows: heads.length,
      keepWithHeaderRows: 1,
      dontBreakRows: true,
      widths,
      body: [...heads, ...rows, total.map(strong)],
    },
    layout: RULED,
    margin: [0, title === undefined ? 0 : 10, 0, 0],
  }
}

/** The places that a wide cell takes must be there, empty. */
const titleCells = (text: string, columns: number): TextCell[] => [
  { text, bold: true, fontSize: 10, colSpan: columns },
  ...Array.from({ length: columns - 1 }, () => ({ text: '' })),
]

/** From the opening to the closing, the balances strong. */
export function figuresTable(figures: Figure[]): Content {
  const body = figures.map(({ label, amount, note, isBalance }): TextCell[] => [
    { text: label, bold: isBalance },
    { text: note, style: 'soft' },
    { text: `${amount} L`, alignment: 'right', bold: isBalance },
  ])
  return { table: { widths: [130, '*', 'auto'], body }, layout: RULED, fontSize: 10 }
}

/** A name, and amounts that end at the right. */
export const cells = (name: string, ...amounts: string[]): TextCell[] => [
  { text: name },
  ...amounts.map((text) => ({ text, alignment: 'right' as const, noWrap: true })),
]

export const headCells = (...words: string[]): TextCell[] =>
  words.map((text, at) => ({
    text,
    bold: true,
    color: '#48595a',
    ...(at > 0 && { alignment: 'right' as const }),
  }))

const strong = (cell: TextCell): TextCell => ({ ...cell, bold: true })
