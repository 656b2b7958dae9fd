import { inflateSync } from 'node:zlib'

/** The words of a PDF as its reader would find them: glyphs through each font's own table of characters. */
export function readPdf(bytes: Uint8Array): { pages: number; words: string } {
  const file = Buffer.from(bytes).toString('latin1')
  const objects = objectsOf(file)
  const pages = [...objects.values()].filter(({ head }) => /\/Type \/Page\b(?!s)/.test(head))
  const words = pages.map((page) => wordsOfPage(page.head, objects)).join('\n')
  return { pages: pages.length, words: words.replace(/\s+/g, ' ') }
}

type PdfObject = { head: string; stream: string }
type Objects = Map<string, PdfObject>

function objectsOf(file: string): Objects {
  const found = file.matchAll(/(\d+) 0 obj\n(.*?)\nendobj/gs)
  return new Map([...found].map(([, id = '', body = '']) => [id, objectOf(body)]))
}

function objectOf(body: string): PdfObject {
  const [head = '', ...rest] = body.split('\nstream\n')
  const raw = Buffer.from(rest.join('\nstream\n').replace(/\nendstream$/, ''), 'latin1')
  const isPacked = head.includes('/FlateDecode')
  return { head, stream: (isPacked ? inflateSync(raw) : raw).toString('latin1') }
}

function wordsOfPage(page: string, objects: Objects): string {
  const resources = objectOfReference(page, 'Resources', objects)
  const fontList = /\/Font <<(.*?)>>/s.exec(resources)?.[1] ?? ''
  const fonts = new Map(
    [...fontList.matchAll(/\/(\w+) (\d+) 0 R/g)].map(([, name = '', id = '']) => [
      name,
      charactersOf(objects.get(id)?.head ?? '', objects),
    ]),
  )
  const id = /\/Contents (\d+) 0 R/.exec(page)?.[1] ?? ''
  return wordsOfContent(objects.get(id)?.stream ?? '', fonts)
}

function wordsOfContent(content: string, fonts: Map<string, Map<string, string>>): string {
  let font = new Map<string, string>()
  let words = ''
  for (const [, name, shown] of content.matchAll(/\/(\w+) [\d.]+ Tf|\[(.*?)\] TJ/g)) {
    if (name !== undefined) font = fonts.get(name) ?? font
    else words += `${glyphsOf(shown ?? '', font)} `
  }
  return words
}

const glyphsOf = (shown: string, font: Map<string, string>): string =>
  [...shown.matchAll(/<([0-9a-f]+)>/gi)]
    .flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? [])
    .map((glyph) => font.get(glyph.toLowerCase()) ?? '?')
    .join('')

/** Glyphs stand in the table in their order, from zero on, hundreds a line. */
function charactersOf(font: string, objects: Objects): Map<string, string> {
  const id = /\/ToUnicode (\d+) 0 R/.exec(font)?.[1] ?? ''
  const table = objects.get(id)?.stream ?? ''
  const characters = new Map<string, string>()
  for (const [, first = '', list = ''] of table.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[(.*?)\]/gi)) {
    for (const [at, [, hex = '']] of [...list.matchAll(/<([0-9a-f]+)>/gi)].entries()) {
      const glyph = (Number.parseInt(first, 16) + at).toString(16).padStart(4, '0')
      characters.set(glyph, textOf(hex))
    }
  }
  return characters
}

const textOf = (hex: string): string =>
  String.fromCharCode(...(hex.match(/.{4}/g) ?? []).map((unit) => Number.parseInt(unit, 16)))

function objectOfReference(head: string, name: string, objects: Objects): string {
  const id = new RegExp(`/${name} (\\d+) 0 R`).exec(head)?.[1] ?? ''
  return objects.get(id)?.head ?? head
}
