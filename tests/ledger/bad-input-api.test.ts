import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { dataOf, EntryJson, refusalOf } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { booksOf, deliver } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'

let depot: Depot
let wati: Client
beforeAll(async () => {
  depot = await openDepot()
  wati = await depot.signIn('wati')
  await deliver(wati, { location: 'GENSET', amount: 1000, occurredAt: '2026-11-01T08:00' })
})
afterAll(() => depot.close())

const GOOD = { location: 'GENSET', amount: 5 }

async function expectRefusal(field: string, body: unknown): Promise<void> {
  const books = await booksOf(depot.db)
  for (const path of ['/api/stock/in', '/api/stock/out']) {
    const response = await wati.api('POST', path, body)
    const { details } = await refusalOf(response)
    expect([response.status, Object.keys(details)]).toEqual([422, [field]])
    expect(details[field]?.length).toBeGreaterThan(5)
  }
  expect(await booksOf(depot.db)).toEqual(books)
}

const AMOUNTS: [string, unknown][] = [
  ['left out', undefined],
  ['null', null],
  ['empty', ''],
  ['a blank', ' '],
  ['words', 'seribu'],
  ['zero', 0],
  ['zero as text', '0.00'],
  ['minus zero', -0],
  ['negative', -5],
  ['negative as text', '-5'],
  ['a plus sign', '+5'],
  ['huge', 10_000_000_000],
  ['huge as text', '99999999999999999999'],
  ['larger than a float holds', 1e300],
  ['three decimals', 1.005],
  ['three decimals as text', '1.005'],
  ['three zeros as decimals', '1.000'],
  ['a sum of floats', 0.1 + 0.2],
  ['a comma', '1250,5'],
  ['grouped thousands', '1.250,50'],
  ['NaN', 'NaN'],
  ['Infinity', 'Infinity'],
  ['1e3 as text', '1e3'],
  ['0x10', '0x10'],
  ['a trailing point', '5.'],
  ['a leading point', '.5'],
  ['a space around', ' 5 '],
  ['a line break at the end', '5\n'],
  ['Arabic digits', '\u0665'],
  ['full-width digits', '\uff15'],
  ['true', true],
  ['a list', [5]],
  ['an object', { value: 5 }],
]
describe('an amount that is refused at its field', () => {
  test.each(AMOUNTS)('%s', (_, amount) => expectRefusal('amount', { ...GOOD, amount }))
})

const TIMES: [string, unknown][] = [
  ['empty', ''],
  ['words', 'kemarin'],
  ['zero', 0],
  ['a number', 1_700_000_000_000],
  ['negative', '-1'],
  ['a date alone', '2026-11-20'],
  ['a date as people type it', '20/11/2026 08.00'],
  ['30 February', '2026-02-30T08:00'],
  ['29 February of a common year', '2026-02-29T08:00:00Z'],
  ['month 13', '2026-13-01T08:00'],
  ['hour 24', '2026-11-20T24:00'],
  ['minute 60', '2026-11-20T08:60'],
  ['second 60', '2026-11-20T08:00:60Z'],
  ['an offset of 15 hours', '2026-11-20T08:00+15:00'],
  ['the year 20266', '20266-11-20T08:00'],
  ['the year 0', '0000-01-01T00:00'],
  ['a minute in the future', '2026-11-23T14:06'],
  ['far in the future', '2999-12-31T23:59'],
  ['the future in another offset', '2026-11-23T06:06:00Z'],
  ['NaN', 'NaN'],
  ['0x10', '0x10'],
  ['1e3', '1e3'],
  ['true', true],
  ['a list', ['2026-11-20T08:00']],
  ['an object', {}],
]
describe('a time that is refused at its field', () => {
  test.each(TIMES)('%s', (_, occurredAt) => expectRefusal('occurredAt', { ...GOOD, occurredAt }))
})

const LOCATIONS: [string, unknown][] = [
  ['left out', undefined],
  ['null', null],
  ['empty', ''],
  ['words', 'di sana'],
  ['zero', 0],
  ['a number', 1],
  ['huge', 'X'.repeat(5000)],
  ['in small letters', 'genset'],
  ['with a space', 'GENSET '],
  ['a wildcard', '%'],
  ['SQL', "GENSET' or '1'='1"],
  ['an emoji', '\u{1f6e2}'],
  ['true', true],
  ['a list', ['GENSET']],
  ['an object', { code: 'GENSET' }],
]
describe('a location that is refused at its field', () => {
  test.each(LOCATIONS)('%s', (_, location) => expectRefusal('location', { ...GOOD, location }))
})

const OTHERS: [string, string, unknown][] = [
  ['notes as a number', 'notes', 5],
  ['notes as a list', 'notes', ['a']],
  ['a reference as an object', 'reference', {}],
  ['a consumer as a number', 'consumer', 5],
  ['an unknown consumer', 'consumer', 'Genset 99'],
  ['a kind as a word', 'kind', 'delivery'],
  ['kind usage', 'kind', 'usage'],
  ['kind reversal', 'kind', 'reversal'],
  ['an empty kind', 'kind', ''],
  ['kind as a number', 'kind', 1],
  ['confirmUnusual as a word', 'confirmUnusual', 'true'],
  ['the type of the entry', 'type', 'IN'],
  ['the person', 'userId', 1],
  ['the time of recording', 'recordedAt', '2020-01-01T00:00Z'],
  ['the entry reversed', 'reversesId', 1],
  ['the key in the body', 'requestId', 'x'],
]
describe('another field that is refused', () => {
  test.each(OTHERS)('%s', (_, field, value) => expectRefusal(field, { ...GOOD, [field]: value }))
})

test.each([[[]], [null], ['"teks"'], ['5'], ['true']])('a body of %p is refused', async (body) => {
  const books = await booksOf(depot.db)
  const response = await wati.api('POST', '/api/stock/in', body === null ? 'null' : body)
  expect(response.status).toBe(422)
  expect(await booksOf(depot.db)).toEqual(books)
})

test('names every field at fault at once', async () => {
  const body = { amount: 'x', occurredAt: 'x', notes: 5, salah: 1 }
  const response = await wati.api('POST', '/api/stock/in', body)
  const { details } = await refusalOf(response)
  expect(Object.keys(details).sort()).toEqual(['amount', 'notes', 'occurredAt', 'salah'])
})

test('a JSON number and a text with up to two decimals are one amount', async () => {
  for (const amount of [1e3, '1000', '1000.0', '1000.00', '0000001000']) {
    const response = await wati.api('POST', '/api/stock/in', { location: 'TUG_ASSIST', amount })
    expect((await dataOf(response, EntryJson)).amount).toBe('1000.00')
  }
})
