import { escapeXml } from '#src/exports/xlsx-cells.ts'

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const OPENXML = 'http://schemas.openxmlformats.org'
const MAIN = `${OPENXML}/spreadsheetml/2006/main`
const OFFICE = `${OPENXML}/officeDocument/2006/relationships`
const PACKAGE = `${OPENXML}/package/2006`
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

export const sheetPath = (number: number): string => `xl/worksheets/sheet${number}.xml`

/** What stands before and after the rows of a sheet. */
export const sheetXml = {
  begin({ widths, isFrozen }: { widths: number[]; isFrozen: boolean }): string {
    const pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    const columns = widths
      .map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`)
      .join('')
    return `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">${
      isFrozen ? pane : ''
    }</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${columns}</cols><sheetData>`
  },
  end: (after: string): string => `</sheetData>${after}</worksheet>`,
}

/** In the order of STYLE: plain, bold, time, litres, bold litres, whole number. Thousands follow the reader's own settings. */
export const STYLES = `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy\\ hh:mm"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="6">${[
  [0, 0],
  [0, 1],
  [164, 0],
  [4, 0],
  [4, 1],
  [1, 0],
]
  .map(
    ([format, font]) =>
      `<xf numFmtId="${format}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>`,
  )
  .join(
    '',
  )}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

/** `filters` are the ranges of the first sheets' filters, which Excel wants named. Everything is calculated on opening. */
export function workbookXml(names: string[], filters: string[]): string {
  const sheets = names.map(
    (name, at) => `<sheet name="${escapeXml(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`,
  )
  const ranges = filters.map(
    (range, at) =>
      `<definedName name="_xlnm._FilterDatabase" localSheetId="${at}" hidden="1">'${names[at]}'!${range}</definedName>`,
  )
  return `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheets.join('')}</sheets><definedNames>${ranges.join('')}</definedNames><calcPr fullCalcOnLoad="1"/></workbook>`
}

export function workbookRelations(sheets: number): string {
  const links = Array.from({ length: sheets }, (_, at) =>
    relation(at + 1, 'worksheet', `worksheets/sheet${at + 1}.xml`),
  )
  return relations([...links, relation(sheets + 1, 'styles', 'styles.xml')])
}

export const ROOT_RELATIONS: string = relations([relation(1, 'officeDocument', 'xl/workbook.xml')])

export function contentTypes(sheets: number): string {
  const override = (path: string, kind: string) =>
    `<Override PartName="/${path}" ContentType="${TYPE}.${kind}+xml"/>`
  const parts = Array.from({ length: sheets }, (_, at) => override(sheetPath(at + 1), 'worksheet'))
  return `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${override('xl/workbook.xml', 'sheet.main')}${override('xl/styles.xml', 'styles')}${parts.join('')}</Types>`
}

function relation(number: number, kind: string, target: string): string {
  return `<Relationship Id="rId${number}" Type="${OFFICE}/${kind}" Target="${target}"/>`
}

function relations(links: string[]): string {
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${links.join('')}</Relationships>`
}
