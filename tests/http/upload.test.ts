import { describe, expect, test } from 'bun:test'
import { Hono } from 'hono'
import type { Env } from '#src/http/route.ts'
import { openUpload } from '#src/http/upload.ts'
import { Rejected } from '#src/rejected.ts'

const BOUNDARY = '----batas'
const FILE = `a\r\n--${BOUNDARY.slice(0, 6)}\r\n\r\n--\r--${BOUNDARY}x\n\r\n`
const MAX_BYTES = 10_000
const MAX_MS = 500

const field = (name: string, value: string): string =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
const file = (name: string, content: string): string =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: text/csv\r\n\r\n${content}\r\n`
const END = `--${BOUNDARY}--`

/** What is read of a body that comes in pieces of so many bytes. */
async function read(
  text: string,
  { pieces = 1000, type = typeOf(BOUNDARY), isEndless = false } = {},
) {
  const app = new Hono<Env>()
  app.post('/', async (c) => {
    try {
      const upload = await openUpload(c, MAX_BYTES, MAX_MS)
      const bytes = upload.file ? await Array.fromAsync(upload.file.bytes) : []
      const content = Buffer.concat(bytes).toString()
      return c.json({ fields: upload.fields, name: upload.file?.name ?? null, content })
    } catch (error) {
      if (error instanceof Rejected) return c.json({ refused: error.status })
      throw error
    }
  })
  const all = new TextEncoder().encode(text)
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < all.length; at += pieces) controller.enqueue(all.slice(at, at + pieces))
      if (!isEndless) controller.close()
    },
  })
  const init = { method: 'POST', body, headers: { 'Content-Type': type }, duplex: 'half' as const }
  return (await app.request('/', init)).json()
}

const typeOf = (boundary: string): string => `multipart/form-data; boundary=${boundary}`

test('a form with a file is read alike, in whatever pieces it comes', async () => {
  const text = `${field('formToken', 'abc')}${field('note', 'é\r\nü')}${file('buku é.csv', FILE)}${END}\r\n`
  for (let pieces = 1; pieces < 80; pieces++) {
    expect(await read(text, { pieces })).toEqual({
      fields: { formToken: 'abc', note: 'é\r\nü' },
      name: 'buku é.csv',
      content: FILE,
    })
  }
})

test('fields after the file are not read, and the boundary may be quoted', async () => {
  const text = `${file('a.csv', 'x')}${field('late', '1')}${END}`
  expect(await read(text, { type: typeOf(`"${BOUNDARY}"`) })).toEqual({
    fields: {},
    name: 'a.csv',
    content: 'x',
  })
})

test.each([
  [`${field('a', '1')}${END}`],
  [`${field('a', '1')}${END}\r\nafterwards`],
  [`${field('a', '1')}${file('', '')}${END}\r\n`],
])('a form without a file has none: %j', async (text) => {
  expect(await read(text)).toEqual({ fields: { a: '1' }, name: null, content: '' })
})

test.each([
  ['C:\\Users\\Agus\\buku.csv', 'buku.csv'],
  ['../../etc/passwd', 'passwd'],
  ['a%22b%0D%0Ac.csv', 'a"b  c.csv'],
])('the name %j is that of a file alone', async (given, expected) => {
  expect(await read(`${file(given, 'x')}${END}\r\n`)).toMatchObject({ name: expected })
})

describe('what is no such form', () => {
  test.each([
    ['nothing', ''],
    ['without a boundary', 'tanggal,jenis'],
    ['that breaks off in a header', `--${BOUNDARY}\r\nContent-Disp`],
    ['that breaks off in the file', file('a.csv', 'x').slice(0, -2)],
    ['with a part without a name', `--${BOUNDARY}\r\nContent-Type: text/plain\r\n\r\nx\r\n${END}`],
    ['with too long a header', `--${BOUNDARY}\r\nX: ${'x'.repeat(9_000)}\r\n\r\n`],
    ['with too many fields', `${field('a', '1').repeat(110)}${END}`],
  ])('%s is refused', async (_, text) => {
    expect(await read(text)).toEqual({ refused: 400 })
  })

  test('with a type that names no boundary is refused', async () => {
    expect(await read(END, { type: 'multipart/form-data' })).toEqual({ refused: 400 })
  })

  test('that takes too long is refused, wherever it stands still', async () => {
    const beginnings = [`--${BOUNDARY}\r\n`, field('a', '1'), file('a.csv', 'x').slice(0, -3)]
    for (const text of beginnings)
      expect(await read(text, { isEndless: true })).toEqual({ refused: 408 })
  })

  test('with more bytes than are allowed is refused', async () => {
    expect(await read(file('a.csv', 'x'.repeat(MAX_BYTES)))).toEqual({ refused: 413 })
  })
})
