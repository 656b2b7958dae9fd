import type { WallClock } from '#src/units/business-day.ts'
import { type Litres, toDecimal } from '#src/units/litres.ts'

/** Where each way of showing a cell stands in the styles of the workbook. */
export const STYLE = { plain: 0, bold: 1, time: 2, litres: 3, boldLitres: 4, whole: 5 } as const

const DAY_MS = 86_400_000
/** The day number of 1 January 1970 in Excel. */
const EPOCH = 25_569

export const rowXml = (row: number, cells: string): string => `<row r="${row}">${cells}</row>`

/** People's texts stand in the cell itself: nothing in them is ever calculated. Without a text there is no cell. */
export function textCell(at: string, text: string | null, style: number = STYLE.plain): string {
  if (text === null || text === '') return ''
  const keep = /^\s|\s$|\n/.test(text) ? ' xml:space="preserve"' : ''
  const styled = style === STYLE.plain ? '' : ` s="${style}"`
  return `<c r="${at}"${styled} t="inlineStr"><is><t${keep}>${escapeXml(text)}</t></is></c>`
}

export const timeCell = (at: string, clock: WallClock): string =>
  `<c r="${at}" s="${STYLE.time}"><v>${Date.parse(`${clock}Z`) / DAY_MS + EPOCH}</v></c>`

export const litresCell = (at: string, litres: Litres): string =>
  `<c r="${at}" s="${STYLE.litres}"><v>${toDecimal(litres)}</v></c>`

export const wholeCell = (at: string, number: number): string =>
  `<c r="${at}" s="${STYLE.whole}"><v>${number}</v></c>`

/** With its value, for programs that show a workbook without calculating. */
export const formulaCell = (at: string, formula: string, litres: Litres): string =>
  `<c r="${at}" s="${STYLE.boldLitres}"><f>${escapeXml(formula)}</f><v>${toDecimal(litres)}</v></c>`

/** For the up to 26 columns that our sheets have. */
export const columnName = (column: number): string => String.fromCharCode(65 + column)

/** XML cannot hold control characters at all, and Excel takes `_x0041_` for a letter. */
export function escapeXml(text: string): string {
  if (!/[&<>"_\r]|[^\t\n\x20-\ud7ff\ue000-\ufffd]/.test(text)) return text
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[^\t\n\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
