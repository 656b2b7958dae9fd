import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { balanceOf, booksOf, deliver } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'
import { fieldValue, hiddenFields, isMarkedWrong } from '#tests/support/html.ts'

let depot: Depot
let wati: Client
let hidden: Record<string, string>
beforeAll(async () => {
  depot = await openDepot()
  wati = await depot.signIn('wati')
  await deliver(wati, { location: 'GENSET', amount: 1000, occurredAt: '2026-11-01T08:00' })
  hidden = hiddenFields(await (await wati.get('/stock/out')).text(), '/stock/out')
})
afterAll(() => depot.close())

const GOOD = {
  amount: '5',
  location: 'GENSET',
  occurredAt: '',
  notes: 'malam "hujan" <b>',
  reference: "DO '7'",
}
type Field = keyof typeof GOOD

/** Sends the form to both pages, as a page and as a fragment, with one thing wrong in it. */
async function expectRefusal(field: Field, typed: string): Promise<void> {
  const books = await booksOf(depot.db)
  const fields = { ...GOOD, [field]: typed }
  for (const path of ['/stock/in', '/stock/out']) {
    for (const headers of [{}, { 'HX-Request': 'true' }]) {
      const response = await wati.post(path, { ...hidden, ...fields }, headers)
      const html = await response.text()
      expect(response.status).toBe(422)
      expect(html.includes('<html lang="id">')).toBe(!('HX-Request' in headers))
      expect(html).toContain('role="alert"')
      expect(isMarkedWrong(html, field)).toBe(true)
      expect(fieldValue(html, 'requestId')).toBe(hidden.requestId ?? '')
      expectKept(html, fields)
    }
  }
  expect(await booksOf(depot.db)).toEqual(books)
}

function expectKept(html: string, fields: typeof GOOD): void {
  for (const name of ['amount', 'occurredAt', 'notes', 'reference'] as const)
    expect([name, fieldValue(html, name)]).toEqual([name, fields[name]])
  const isKnown = ['GENSET', 'TUG_ASSIST'].includes(fields.location)
  if (isKnown) expect(fieldValue(html, 'location')).toBe(fields.location)
  expect(html).not.toContain('<script>alert')
  expect(html).not.toContain('hujan" <b>')
}

const AMOUNTS: [string, string][] = [
  ['empty', ''],
  ['a blank', ' '],
  ['words', 'seribu'],
  ['zero', '0'],
  ['zero with decimals', '0,00'],
  ['negative', '-5'],
  ['negative with the real minus', '\u22125'],
  ['huge', '99999999999'],
  ['three decimals', '1250,555'],
  ['two readings', '1,250'],
  ['NaN', 'NaN'],
  ['Infinity', 'Infinity'],
  ['1e3', '1e3'],
  ['0x10', '0x10'],
  ['a script', '<script>alert(1)</script>'],
  ['quotes', '5" onfocus="alert(1)'],
  ['an entity', '&lt;5&quot;'],
  ['a list', '5,5,5'],
  ['JSON', '{"amount":5}'],
]
describe('an amount that is refused at its field and shown back', () => {
  test.each(AMOUNTS)('%s', (_, typed) => expectRefusal('amount', typed))
})

const TIMES: [string, string][] = [
  ['words', 'kemarin'],
  ['zero', '0'],
  ['negative', '-1'],
  ['30 February', '2026-02-30T08:00'],
  ['30 February as people type it', '30/02/2026 08.00'],
  ['month 13', '01/13/2026 08.00'],
  ['a date alone', '20/11/2026'],
  ['hour 24', '20/11/2026 24.00'],
  ['a year of two digits', '20/11/26 08.00'],
  ['a minute in the future', '2026-11-23T14:06'],
  ['far in the future', '31/12/2999 23.59'],
  ['NaN', 'NaN'],
  ['1e3', '1e3'],
  ['0x10', '0x10'],
  ['huge', '9'.repeat(400)],
  ['a script', '<script>alert(1)</script>'],
  ['quotes', '" onfocus="alert(1)'],
]
describe('a time that is refused at its field and shown back', () => {
  test.each(TIMES)('%s', (_, typed) => expectRefusal('occurredAt', typed))
})

const LOCATIONS: [string, string][] = [
  ['empty', ''],
  ['words', 'di sana'],
  ['zero', '0'],
  ['negative', '-1'],
  ['huge', 'X'.repeat(5000)],
  ['in small letters', 'genset'],
  ['an emoji', '\u{1f6e2}'],
  ['a script', '<script>alert(1)</script>'],
]
describe('a location that is refused at its field', () => {
  test.each(LOCATIONS)('%s', (_, typed) => expectRefusal('location', typed))
})

const TEXTS: [string, Field, string][] = [
  ['notes of 501 letters', 'notes', 'a'.repeat(501)],
  ['notes of 501 emoji', 'notes', '\u{1f6a2}'.repeat(501)],
  ['a reference of 101 letters', 'reference', 'a'.repeat(101)],
  ['a tab in the notes', 'notes', 'a\tb'],
  ['NUL in the reference', 'reference', 'a\0b'],
]
describe('a text that is refused at its field and shown back', () => {
  test.each(TEXTS)('%s', (_, field, typed) => expectRefusal(field, typed))
})

test('an unknown consumer or kind is refused and books nothing', async () => {
  const books = await booksOf(depot.db)
  for (const extra of [{ consumer: 'Genset 99' }, { kind: 'reversal' }]) {
    const response = await wati.post('/stock/in', { ...hidden, ...GOOD, ...extra })
    expect(response.status).toBe(422)
    expect(await response.text()).toContain('role="alert"')
  }
  expect(await booksOf(depot.db)).toEqual(books)
})

test('too little stock is refused with what is left, what to do next and everything typed still there', async () => {
  const fields = { ...GOOD, amount: '1.000,01' }
  const response = await wati.post('/stock/out', { ...hidden, ...fields })
  const html = await response.text()
  expect(response.status).toBe(422)
  expect(html).toContain('Stok tidak mencukupi. Sisa: 1.000,00 liter')
  expect(html).toContain('catat stok masuk lebih dulu')
  expectKept(html, fields)
})

test('a refused form can be mended and sent again under its own key', async () => {
  const before = await balanceOf(depot.db, 'GENSET')
  const requestId = 'perbaiki-lalu-kirim'
  expect((await wati.submit('/stock/out', { ...GOOD, amount: 'x', requestId })).status).toBe(422)
  expect((await wati.submit('/stock/out', { ...GOOD, requestId })).status).toBe(303)
  expect(await balanceOf(depot.db, 'GENSET')).toBe(before - 500n)
})

test.each([
  ['1250', 125_000n],
  ['1250,5', 125_050n],
  ['1.250,50', 125_050n],
  ['1250.50', 125_050n],
  ['1.250', 125_000n],
])('%s is booked as it is meant', async (amount, litres) => {
  const before = await balanceOf(depot.db, 'TUG_ASSIST')
  const fields = { ...GOOD, location: 'TUG_ASSIST', amount }
  expect((await wati.submit('/stock/in', fields)).status).toBe(303)
  expect(await balanceOf(depot.db, 'TUG_ASSIST')).toBe(before + litres)
})
