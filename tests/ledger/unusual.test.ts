import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { locations } from '#src/database/schema/locations.ts'
import { twiceMedian } from '#src/ledger/unusual.ts'
import { HistoryJson, refusalOf } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { booksOf, correct, countEntries, deliver, use } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'

type Fields = Record<string, unknown>

let depot: Depot
let wati: Client
const location = 'GENSET'
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  wati = await depot.signIn('wati')
  await deliver(wati, { location, amount: 100_000, kind: 'opening' })
})
afterAll(() => depot.close())

const usage = (fields: Fields) => wati.api('POST', '/api/stock/out', { location, ...fields })
const delivery = (fields: Fields) => wati.api('POST', '/api/stock/in', { location, ...fields })

async function useEach(amounts: (number | string)[]): Promise<number[]> {
  const ids: number[] = []
  for (const amount of amounts)
    ids.push((await use(wati, { location, amount, confirmUnusual: true })).id)
  return ids
}

const times = (count: number, amount: number): number[] =>
  Array.from({ length: count }, () => amount)

/** Asked about in this sentence, and not booked; booked once it is confirmed. */
async function expectAsked(
  send: (fields: Fields) => Promise<Response>,
  fields: Fields,
  sentence: string,
): Promise<void> {
  const books = await booksOf(depot.db)
  const asked = await send(fields)
  expect(asked.status).toBe(422)
  expect((await refusalOf(asked)).details).toEqual({ confirmUnusual: sentence })
  expect((await send({ ...fields, confirmUnusual: false })).status).toBe(422)
  expect(await booksOf(depot.db)).toEqual(books)
  expect((await send({ ...fields, confirmUnusual: true })).status).toBe(201)
}

describe('usage', () => {
  const FIVE_TIMES = 'Lebih dari 5 kali pemakaian biasa di lokasi ini (100,00 liter).'

  test('is not asked about before the location has ten', async () => {
    await useEach(times(9, 100))
    expect((await usage({ amount: 20_000 })).status).toBe(201)
    await expectAsked(usage, { amount: '500.01' }, FIVE_TIMES)
  })

  test('is asked about over five times the median, and not at five times', async () => {
    await useEach([...times(5, 90), ...times(5, 110)])
    expect((await usage({ amount: 500 })).status).toBe(201)
    await useEach([...times(5, 90), ...times(4, 110)])
    await expectAsked(usage, { amount: '500.01' }, FIVE_TIMES)
  })

  test('takes the median between two hundredths exactly', async () => {
    expect(twiceMedian([1n, 2n])).toBe(3n)
    expect(twiceMedian([5n, 1n, 3n])).toBe(6n)
    expect(twiceMedian([4n])).toBe(8n)
    await useEach([...times(5, 0.01), ...times(5, 0.02)])
    expect((await usage({ amount: '0.07' })).status).toBe(201)
    await useEach(['0.01'])
    expect((await usage({ amount: '0.08' })).status).toBe(422)
  })

  test('is compared with the last sixty of the timeline alone', async () => {
    await useEach(times(60, 10))
    await expectAsked(usage, { amount: 51 }, FIVE_TIMES.replace('100,00', '10,00'))
    depot.pass({ minutes: 1 })
    await useEach(times(31, 100))
    expect((await usage({ amount: 500 })).status).toBe(201)
  })

  test('counts neither what was corrected nor its reversal', async () => {
    const ids = await useEach([...times(9, 100), 1])
    await correct(wati, { entryId: ids.at(-1) })
    expect((await usage({ amount: 501 })).status).toBe(201)
    await expectAsked(usage, { amount: 501 }, FIVE_TIMES)
  })

  test('of another location says nothing here', async () => {
    await useEach(times(10, 100))
    await deliver(wati, { location: 'TUG_ASSIST', amount: 9000 })
    await use(wati, { location: 'TUG_ASSIST', amount: 8000 })
  })
})

describe('a delivery', () => {
  const TWICE = 'Lebih dari 2 kali penerimaan terbesar belakangan ini (50,00 liter).'

  test('is asked about over twice the largest of the last, once there are ten', async () => {
    for (const amount of [...times(8, 10), 50]) await deliver(wati, { location, amount })
    expect((await delivery({ amount: 100 })).status).toBe(201)
    const { data } = HistoryJson.parse(await (await wati.get('/api/stock/history')).json())
    await correct(wati, { entryId: data[0]?.id, replacement: { amount: 10 } })
    expect((await delivery({ amount: 100, occurredAt: '2026-11-23T14:05' })).status).toBe(201)
  })

  test('is asked about by the hundredth', async () => {
    for (const amount of [...times(9, 10), 50]) await deliver(wati, { location, amount })
    await expectAsked(delivery, { amount: '100.01' }, TWICE)
    expect((await delivery({ amount: '200.02' })).status).toBe(201)
  })
})

describe('the capacity', () => {
  beforeEach(async () => {
    const full = { capacityLitres: 10_100_000n }
    await depot.db.update(locations).set(full).where(eq(locations.code, location))
  })

  test('is asked about from the first entry on, and not when it is reached exactly', async () => {
    expect((await delivery({ amount: 1000 })).status).toBe(201)
    await expectAsked(
      delivery,
      { amount: '0.01' },
      'Stok menjadi 101.000,01 liter, melebihi kapasitas 101.000,00 liter.',
    )
  })

  test('marks the entry in the history, and nothing else', async () => {
    await deliver(wati, { location, amount: 1000 })
    const over = await deliver(wati, { location, amount: 1, confirmUnusual: true })
    await use(wati, { location, amount: 0.5 })
    const html = await (await wati.get('/history')).text()
    expect(html.match(/Melebihi kapasitas/g)).toHaveLength(1)
    expect(html).toMatch(new RegExp(`id="entry-${over.id}".*?Melebihi kapasitas`, 's'))
  })

  test('is judged at the moment of the entry', async () => {
    await use(wati, { location, amount: 50_000, occurredAt: '2026-11-23T14:05' })
    const early = { amount: 40_000, occurredAt: '2026-11-23T14:05' }
    expect((await delivery(early)).status).toBe(201)
  })

  test('is judged at every later moment too, and the late entry is marked', async () => {
    depot.pass({ days: 2 })
    wati = await depot.signIn('wati')
    await deliver(wati, { location, amount: 900 })
    const late = { amount: 200, occurredAt: '2026-11-24T08:00' }
    const sentence = 'Stok menjadi 101.100,00 liter, melebihi kapasitas 101.000,00 liter.'
    await expectAsked(delivery, late, sentence)
    const { entries } = await booksOf(depot.db)
    expect(entries.map(({ overCapacity }) => overCapacity)).toEqual([false, false, true])
  })

  test('is asked about where usage is taken back or made smaller, and marked on what does it', async () => {
    const [id] = await useEach([3000])
    await deliver(wati, { location, amount: 3900 })
    const correction = (fields: Fields) =>
      wati.api('POST', '/api/stock/corrections', { reason: 'salah ketik', entryId: id, ...fields })
    const smaller = { replacement: { amount: 2000 } }
    const over = (litres: string) =>
      `Stok menjadi ${litres} liter, melebihi kapasitas 101.000,00 liter.`
    expect((await refusalOf(await correction(smaller))).details).toEqual({
      confirmUnusual: over('101.900,00'),
    })
    await expectAsked(correction, {}, over('103.900,00'))
    const { entries } = await booksOf(depot.db)
    const marked = entries.filter(({ overCapacity }) => overCapacity)
    expect(marked.map(({ kind }) => kind)).toEqual(['reversal'])
  })
})

describe('a correction', () => {
  const send = (fields: Fields) =>
    wati.api('POST', '/api/stock/corrections', { reason: 'salah ketik', ...fields })

  test('is asked about its replacement, and nothing else', async () => {
    const [id] = await useEach(times(12, 100))
    const replacement = { amount: '500.01' }
    const sentence = 'Lebih dari 5 kali pemakaian biasa di lokasi ini (100,00 liter).'
    await expectAsked(send, { entryId: id, replacement }, sentence)
    expect((await send({ entryId: (id ?? 0) + 1 })).status).toBe(201)
  })

  test('does not take the entry itself for a measure of what is usual', async () => {
    const [id] = await useEach(times(10, 100))
    const replacement = { amount: 501 }
    expect((await send({ entryId: id, replacement })).status).toBe(201)
    for (const amount of times(10, 10)) await deliver(wati, { location, amount })
    const wrong = await deliver(wati, { location, amount: 1000, confirmUnusual: true })
    const sentence = 'Lebih dari 2 kali penerimaan terbesar belakangan ini (10,00 liter).'
    await expectAsked(send, { entryId: wrong.id, replacement: { amount: 25 } }, sentence)
  })

  test('marks a replacement that goes over the capacity', async () => {
    const full = { capacityLitres: 10_000_000n }
    await depot.db.update(locations).set(full).where(eq(locations.code, location))
    const [opening] = (await booksOf(depot.db)).entries
    const replacement = { amount: 100_001 }
    const sentence = 'Stok menjadi 100.001,00 liter, melebihi kapasitas 100.000,00 liter.'
    await expectAsked(send, { entryId: opening?.id, replacement }, sentence)
    const { entries } = await booksOf(depot.db)
    expect(entries.map(({ overCapacity }) => overCapacity)).toEqual([false, false, true])
    expect(await countEntries(depot.db)).toBe(3)
  })
})
