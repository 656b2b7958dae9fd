import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { everythingIn } from '#tests/support/books.ts'
import { type ServedDepot, serveDepot } from '#tests/support/serve.ts'
import { ask, openWire, statusOf } from '#tests/support/wire.ts'

/** In the server it is half a minute. */
const MAX_BODY_MS = 300

let depot: ServedDepot
let host: string
let cookie: string
beforeAll(async () => {
  depot = await serveDepot({ maxBodyMs: MAX_BODY_MS })
  const { port } = new URL(depot.origin)
  host = `Host: 127.0.0.1:${port}`
  const { jar } = await depot.signIn('agus')
  // Of the depot itself, and named after the port that it is found at here.
  cookie = `Cookie: bbm_access_${port}=${jar.get('bbm_access_4111')}`
})
afterAll(() => depot.close())

const FORM = 'Content-Type: application/x-www-form-urlencoded'
const JSON_TYPE = 'Content-Type: application/json'
const LONG = 'Content-Length: 1000'
const PIECES = 'Transfer-Encoding: chunked'

async function begin(...lines: string[]) {
  const wire = await openWire(depot.origin)
  wire.send(`${[...lines, host].join('\r\n')}\r\n\r\n`)
  return wire
}

describe('a body that trickles in', () => {
  test.each([
    ['to the sign-in', 'POST /login HTTP/1.1', FORM],
    ['to the sign-in of programs', 'POST /api/auth/login HTTP/1.1', JSON_TYPE],
    ['to a form behind it', 'POST /stock/in HTTP/1.1', FORM],
    ['to what is not there', 'POST /tidak-ada HTTP/1.1', FORM],
    ['to a built file', 'POST /build/app-1.js HTTP/1.1', FORM],
  ])('%s is answered 408 in time, and the connection ends', async (_, line, type) => {
    for (const signedIn of [[], [cookie]]) {
      const wire = await begin(line, type, LONG, ...signedIn)
      const heard = await wire.trickle('a')
      expect([statusOf(heard), heard.isClosed]).toEqual([408, true])
      expect(heard.text.toLowerCase()).toContain('connection: close')
    }
  })

  test.each(['/healthz', '/history', '/build/tidak-ada.js', '/api/auth/me'])(
    'beside a question (GET %s) is not waited for',
    async (path) => {
      const heard = await (await begin(`GET ${path} HTTP/1.1`, LONG)).closed()
      expect(statusOf(heard)).toBeGreaterThan(0)
      expect(heard.isClosed).toBe(true)
    },
  )

  test('in pieces of no announced number is answered 408 as well', async () => {
    const wire = await begin('POST /login HTTP/1.1', FORM, PIECES)
    const heard = await wire.trickle('1\r\na\r\n')
    expect([statusOf(heard), heard.isClosed]).toEqual([408, true])
  })

  test('says what to do, as a page and to a program', async () => {
    const form = await (await begin('POST /stock/in HTTP/1.1', FORM, LONG, cookie)).trickle('a')
    expect(form.text).toContain('Kiriman terlalu lambat')
    const json = await (
      await begin('POST /api/stock/in HTTP/1.1', JSON_TYPE, LONG, cookie)
    ).closed()
    expect(json.text).toContain('{"error":"Kiriman terlalu lambat: tidak sampai seluruhnya')
  })
})

test('a body that stops halfway is waited for no longer', async () => {
  const wire = await begin('POST /login HTTP/1.1', FORM, LONG)
  wire.send('email=a')
  const heard = await wire.closed()
  expect([statusOf(heard), heard.isClosed]).toEqual([408, true])
})

test('a hundred such bodies keep nobody waiting: neither for a page nor for the database', async () => {
  const before = await everythingIn(depot.db)
  const wires = await Promise.all(
    Array.from({ length: 100 }, () => begin('POST /stock/in HTTP/1.1', FORM, LONG, cookie)),
  )
  const page = await ask(depot.origin, 'GET /history HTTP/1.1', host, cookie)
  expect(statusOf(page)).toBe(200)
  const all = await Promise.all(wires.map((wire) => wire.closed()))
  expect(all.filter((heard) => statusOf(heard) !== 408)).toEqual([])
  const { access: _, ...left } = await everythingIn(depot.db)
  const { access: __, ...had } = before
  expect(left).toEqual(had)
})

test('whoever leaves in the middle of a body leaves nothing behind', async () => {
  const before = await everythingIn(depot.db)
  for (let at = 0; at < 20; at++) {
    const wire = await begin('POST /api/stock/in HTTP/1.1', JSON_TYPE, LONG, cookie)
    wire.send('{"location":"GENSET","amount":1,')
    wire.end()
  }
  expect(statusOf(await ask(depot.origin, 'GET /readyz HTTP/1.1', host))).toBe(200)
  expect(await everythingIn(depot.db)).toEqual(before)
})

describe('a body that is too large', () => {
  test('is refused by what was announced, before any of it comes', async () => {
    for (const line of ['POST /login HTTP/1.1', 'POST /api/stock/in HTTP/1.1']) {
      const heard = await (await begin(line, FORM, 'Content-Length: 1000001', cookie)).closed()
      expect([line, statusOf(heard), heard.isClosed]).toEqual([line, 413, true])
    }
  })

  test('is refused while it comes where nothing was announced', async () => {
    const wire = await begin('POST /login HTTP/1.1', FORM, PIECES)
    for (let at = 0; at < 11; at++) wire.send(`186A0\r\n${'a'.repeat(100_000)}\r\n`)
    const heard = await wire.closed()
    expect([statusOf(heard), heard.isClosed]).toEqual([413, true])
  })

  test.each([
    'Content-Length: 99999999999999999999999',
    'Content-Length: -1',
    'Content-Length: 1e9',
    'Content-Length: 0x10',
    'Content-Length: 5, 6',
  ])('or has no length that can be read (%s) is refused', async (length) => {
    const heard = await (await begin('POST /login HTTP/1.1', FORM, length)).closed()
    expect([400, 413]).toContain(statusOf(heard))
    expect(heard.isClosed).toBe(true)
  })

  test('that has two lengths is two requests for nobody', async () => {
    const wire = await begin('POST /login HTTP/1.1', FORM, 'Content-Length: 5', PIECES)
    wire.send('0\r\n\r\nGET /healthz HTTP/1.1\r\n\r\n')
    const heard = await wire.closed()
    expect(heard.text.match(/^HTTP\/1\.1 400/gm)).toHaveLength(1)
    expect(heard.text).not.toContain('200 OK')
  })
})

describe('a form with a file', () => {
  const MULTIPART = 'Content-Type: multipart/form-data; boundary=batas'
  const UPLOAD = 'POST /imports/previews HTTP/1.1'

  test('of a stranger is not waited for', async () => {
    const heard = await (await begin(UPLOAD, MULTIPART, 'Content-Length: 60000000')).closed()
    expect([statusOf(heard), heard.isClosed]).toEqual([303, true])
    expect(heard.text).toContain('Location: /login?next=')
  })

  test('has its own time where the route takes one, and the usual where it does not', async () => {
    const wire = await begin(UPLOAD, MULTIPART, LONG, cookie)
    const other = await begin('POST /stock/in HTTP/1.1', MULTIPART, LONG, cookie)
    expect(statusOf(await other.closed())).toBe(408)
    wire.send(
      '--batas\r\nContent-Disposition: form-data; name="formToken"\r\n\r\nx\r\n--batas--\r\n',
    )
    expect(statusOf(await wire.answered())).toBe(403)
    wire.end()
  })
})

describe('a head that is too large', () => {
  test.each([
    ['one long line', [`X: ${'a'.repeat(20_000)}`]],
    ['a long cookie', [`Cookie: ${'a'.repeat(20_000)}`]],
    ['a thousand lines', Array.from({ length: 1_000 }, (_, at) => `X-${at}: a`)],
  ])('(%s) is refused at once, and others are answered', async (_, lines) => {
    const heard = await (await begin('GET /login HTTP/1.1', ...lines)).closed()
    expect([statusOf(heard), heard.isClosed]).toEqual([431, true])
    expect(statusOf(await ask(depot.origin, 'GET /login HTTP/1.1', host))).toBe(200)
  })

  test('(a long address) is refused', async () => {
    const heard = await (await begin(`GET /${'a'.repeat(20_000)} HTTP/1.1`)).closed()
    expect(statusOf(heard)).toBeGreaterThanOrEqual(400)
    expect(statusOf(heard)).toBeLessThan(500)
  })
})
