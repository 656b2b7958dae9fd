import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { refusalOf } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { countEntries } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'
import { hiddenFields } from '#tests/support/html.ts'

let depot: Depot
let wati: Client
beforeAll(async () => {
  depot = await openDepot()
  wati = await depot.signIn('wati')
})
afterAll(async () => {
  expect(await countEntries(depot.db)).toBe(0)
  await depot.close()
})

const JSON_TYPE = { 'Content-Type': 'application/json' }

describe('a body of more than 1 MB', () => {
  const large = JSON.stringify({ location: 'GENSET', amount: 1, notes: 'a'.repeat(1_000_000) })

  test('is refused with 413 by the API, in its shape of errors', async () => {
    const length = { 'Content-Length': String(large.length) }
    for (const headers of [{}, length]) {
      const response = await wati.api('POST', '/api/stock/in', large, headers)
      expect(response.status).toBe(413)
      expect((await refusalOf(response)).error).toContain('1 MB')
    }
  })

  test('is refused with 413 by a form, as a page', async () => {
    const hidden = hiddenFields(await (await wati.get('/stock/in')).text(), '/stock/in')
    const fields = { ...hidden, location: 'GENSET', amount: '1', notes: 'a'.repeat(1_000_000) }
    const response = await wati.post('/stock/in', fields)
    expect(response.status).toBe(413)
    const html = await response.text()
    expect(html).toContain('<html lang="id">')
    expect(html).toContain('Kode 413')
  })

  test('is refused before anybody is asked who they are', async () => {
    const response = await depot.visit().api('POST', '/api/auth/login', large)
    expect(response.status).toBe(413)
  })

  test('is refused while it still streams in, whatever length it claims', async () => {
    let sent = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 100_000
        controller.enqueue(new Uint8Array(100_000).fill(32))
        if (sent >= 50_000_000) controller.close()
      },
    })
    const init = { method: 'POST', body, headers: JSON_TYPE, duplex: 'half' as const }
    expect((await wati.send('/api/stock/in', init)).status).toBe(413)
    expect(sent).toBeLessThan(5_000_000)
  })

  test('is not one of a little less', async () => {
    const body = large.slice(0, 900_000)
    expect((await wati.api('POST', '/api/stock/in', body)).status).toBe(400)
  })
})

describe('the API', () => {
  test.each([
    '',
    '{',
    '{"amount":}',
    'amount=5',
    "{'amount':5}",
    '\ufeff',
    'undefined',
    '{"a":1}x',
  ])('answers 400 to %j, which is not JSON', async (body) => {
    const response = await wati.api('POST', '/api/stock/in', body)
    expect(response.status).toBe(400)
    expect((await refusalOf(response)).error).toContain('JSON')
  })

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    'text/json',
    'application/json-patch+json',
  ])('answers 415 to a body of type %s, whatever is in it', async (type) => {
    const headers = { 'Content-Type': type }
    const body = '{"location":"GENSET","amount":5}'
    const response = await wati.send('/api/stock/in', { method: 'POST', body, headers })
    expect(response.status).toBe(415)
    expect((await refusalOf(response)).error).toContain('application/json')
  })

  test('takes the type with a charset and in any case', async () => {
    const headers = { 'Content-Type': 'Application/JSON; charset=UTF-8' }
    const body = '{"location":"GENSET","amount":"x"}'
    expect((await wati.send('/api/stock/in', { method: 'POST', body, headers })).status).toBe(422)
  })

  test('answers 422, not 500, to a request without any body', async () => {
    for (const path of ['/api/stock/in', '/api/users', '/api/auth/login']) {
      const agus = await depot.signIn('agus')
      expect([path, (await agus.api('POST', path)).status]).toEqual([path, 422])
    }
  })

  test('answers errors as JSON on every status and for what is not there', async () => {
    const anonymous = await depot.visit().get('/api/nowhere')
    const missing = await wati.get('/api/nowhere')
    const forbidden = await wati.get('/api/users')
    const other = await wati.api('PATCH', '/api/stock/in', {})
    const all = [anonymous, missing, forbidden, other]
    expect(all.map(({ status }) => status)).toEqual([401, 404, 403, 404])
    for (const answer of all) {
      expect(answer.headers.get('Content-Type')).toContain('application/json')
      expect((await refusalOf(answer)).error).not.toBe('')
    }
  })
})

describe('a form', () => {
  test('that is no form is refused, and not by a fault of ours', async () => {
    for (const type of [
      'application/json',
      'text/plain',
      'multipart/form-data',
      'multipart/form-data; boundary=x',
    ]) {
      const headers = { 'Content-Type': type }
      const response = await wati.send('/stock/in', { method: 'POST', body: '{"a":1}', headers })
      expect([type, response.status >= 400 && response.status < 500]).toEqual([type, true])
    }
  })

  test('that sends a file for a field is refused at the field', async () => {
    const hidden = hiddenFields(await (await wati.get('/stock/in')).text(), '/stock/in')
    const body = new FormData()
    for (const [name, value] of Object.entries({ ...hidden, location: 'GENSET' }))
      body.set(name, value)
    body.set('amount', new File(['5'], 'amount.txt'))
    const response = await wati.send('/stock/in', { method: 'POST', body })
    expect(response.status).toBe(422)
  })

  test('that sends one field twice is refused or read once', async () => {
    const hidden = hiddenFields(await (await wati.get('/stock/in')).text(), '/stock/in')
    const body = `${new URLSearchParams(hidden)}&location=GENSET&amount=x&amount=y`
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
    expect((await wati.send('/stock/in', { method: 'POST', body, headers })).status).toBe(422)
  })
})

test('a body that is not UTF-8 is refused, since it could not be stored as it was sent', async () => {
  const before = await countEntries(depot.db)
  const bytes = Buffer.concat([
    Buffer.from('{"location":"GENSET","amount":1,"notes":"'),
    Buffer.from([0xff, 0xfe]),
    Buffer.from('"}'),
  ])
  const response = await wati.send('/api/stock/in', {
    method: 'POST',
    body: bytes,
    headers: JSON_TYPE,
  })
  expect(response.status).toBe(400)
  expect(await countEntries(depot.db)).toBe(before)
})

test('names every field that it does not know, also one that objects have of themselves', async () => {
  const body = '{"location":"GENSET","amount":1,"constructor":1,"__proto__":2}'
  const { details } = await refusalOf(await wati.api('POST', '/api/stock/in', body))
  expect(Object.entries(details)).toContainEqual(['constructor', 'Isian ini tidak dikenal.'])
})
