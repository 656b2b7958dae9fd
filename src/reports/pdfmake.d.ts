/**
 * The part of pdfmake that is used here. Its published types bring the types of a browser with them, and with these a
 * `document` or `window` would pass for something that the server has.
 */
declare module 'pdfmake' {
  type Margin = [left: number, top: number, right: number, bottom: number]

  type Common = {
    style?: string
    bold?: boolean
    color?: string
    fontSize?: number
    alignment?: 'right'
    noWrap?: boolean
    margin?: Margin
    width?: number | 'auto'
    pageBreak?: 'before'
    unbreakable?: boolean
    colSpan?: number
  }

  type Line = { type: 'line'; x1: number; y1: number; x2: number; y2: number; lineWidth: number }

  export type Content = Common &
    (
      | { text: string }
      | { stack: Content[] }
      | { columns: Content[] }
      | { svg: string }
      | { canvas: Line[] }
      | { table: Table; layout: TableLayout }
    )

  export type Table = {
    headerRows?: number
    dontBreakRows?: boolean
    keepWithHeaderRows?: number
    widths: (number | '*' | 'auto')[]
    body: Content[][]
  }

  type OfLine<Value> = (at: number, node: { table: Table }) => Value

  export type TableLayout = {
    hLineWidth: OfLine<number>
    hLineColor?: OfLine<string>
    vLineWidth: OfLine<number>
    paddingLeft: OfLine<number>
    paddingRight: OfLine<number>
    paddingTop?: OfLine<number>
    paddingBottom?: OfLine<number>
  }

  export type Definition = {
    info: { title: string; creator: string }
    language: string
    pageSize: 'A4'
    pageMargins: Margin
    defaultStyle: { font: string; fontSize: number; lineHeight: number }
    styles: Record<string, Common>
    content: Content[]
    footer: (page: number, pages: number) => Content
  }

  const pdfmake: {
    setFonts(fonts: Record<string, { normal: string; bold: string }>): void
    setUrlAccessPolicy(isAllowed: (url: string) => boolean): void
    setLocalAccessPolicy(isAllowed: (path: string) => boolean): void
    createPdf(definition: Definition): { getBuffer(): Promise<Uint8Array> }
  }
  export default pdfmake
}
