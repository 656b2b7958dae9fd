import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { dataOf, EntryJson, HistoryJson, refusalOf } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { booksOf, deliver, use } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'

let depot: Depot
let wati: Client
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  wati = await depot.signIn('wati')
})
afterAll(() => depot.close())

const at = (occurredAt: string, amount: string | number) => ({
  location: 'GENSET',
  occurredAt,
  amount,
})

async function refusedUsage(occurredAt: string, amount: number | string) {
  const before = await booksOf(depot.db)
  const response = await wati.api('POST', '/api/stock/out', at(occurredAt, amount))
  expect(response.status).toBe(422)
  expect(await booksOf(depot.db)).toEqual(before)
  return (await refusalOf(response)).details.amount ?? ''
}

/** Running balances as the history shows them, oldest first. */
async function runningBalances(): Promise<string[]> {
  const response = await wati.get('/api/stock/history?sort=date&limit=100')
  const { data } = HistoryJson.parse(await response.json())
  return data.map(({ balanceAfter }) => balanceAfter)
}

describe('a late entry', () => {
  test('that would break a later day is refused with the first moment and the litres', async () => {
    await deliver(wati, at('2026-11-10T08:00', 100))
    await use(wati, at('2026-11-12T09:30', 70))
    await use(wati, at('2026-11-15T10:00', 30))
    const sentence = await refusedUsage('2026-11-11T07:00', '30.01')
    expect(sentence).toContain('Sisa: 100,00 liter')
    expect(sentence).toContain('Pada 12/11/2026 09.30 stok menjadi −0,01 liter')
    const atTheEnd = await refusedUsage('2026-11-11T07:00', 20)
    expect(atTheEnd).toContain('Pada 15/11/2026 10.00 stok menjadi −20,00 liter')
  })

  test('that would break a later minute of its own day is refused with that minute', async () => {
    await deliver(wati, at('2026-11-10T08:00', 100))
    await use(wati, at('2026-11-10T12:00', 90))
    await deliver(wati, at('2026-11-10T18:00', 500))
    const sentence = await refusedUsage('2026-11-10T10:00', 11)
    expect(sentence).toContain('Pada 10/11/2026 12.00 stok menjadi −1,00 liter')
    const entry = await use(wati, at('2026-11-10T10:00', 10))
    expect(entry.balanceAfter).toBe('90.00')
    expect(await runningBalances()).toEqual(['100.00', '90.00', '0.00', '500.00'])
  })

  test('before the first delivery is refused at its own moment', async () => {
    await deliver(wati, at('2026-11-10T08:00', 100))
    const sentence = await refusedUsage('2026-11-10T07:59', 1)
    expect(sentence).toContain('Sisa: 0,00 liter')
    expect(sentence).toContain('Pada 10/11/2026 07.59 stok menjadi −1,00 liter')
  })

  test('moves every later running balance and no earlier one', async () => {
    await deliver(wati, at('2026-11-10T08:00', 100))
    await use(wati, at('2026-11-12T08:00', 10))
    await use(wati, at('2026-11-14T08:00', 20))
    await deliver(wati, at('2026-11-11T08:00', '0.05'))
    expect(await runningBalances()).toEqual(['100.00', '100.05', '90.05', '70.05'])
  })
})

describe('entries of one minute', () => {
  test('stand in the order in which they were booked', async () => {
    const minute = '2026-11-20T08:00'
    await deliver(wati, at(minute, 10))
    await use(wati, at(minute, 10))
    const again = await deliver(wati, at('2026-11-20T08:00:59', 5))
    expect(again.balanceAfter).toBe('5.00')
    expect(await runningBalances()).toEqual(['10.00', '0.00', '5.00'])
  })

  test('do not let usage be booked ahead of a delivery of the same minute', async () => {
    await refusedUsage('2026-11-20T08:00', 10)
    await deliver(wati, at('2026-11-20T08:00', 10))
    await use(wati, at('2026-11-20T08:00', 10))
    await deliver(wati, at('2026-11-20T09:00', 10))
    const sentence = await refusedUsage('2026-11-20T08:00', 1)
    expect(sentence).toContain('Sisa: 0,00 liter')
  })

  test('leave a late usage behind the delivery of its minute, also when the day went on', async () => {
    await deliver(wati, at('2026-11-20T08:00', 10))
    await deliver(wati, at('2026-11-20T09:00', 5))
    const entry = await use(wati, at('2026-11-20T08:00', 10))
    expect(entry.balanceAfter).toBe('0.00')
    expect(await runningBalances()).toEqual(['10.00', '0.00', '5.00'])
  })

  test('two offsets that name one instant are one minute', async () => {
    const first = await deliver(wati, at('2026-11-20T08:00+08:00', 10))
    const second = await deliver(wati, at('2026-11-20T00:00Z', 10))
    const third = await deliver(wati, at('2026-11-19T19:00-05:00', 10))
    expect([first, second, third].map(({ occurredAt }) => occurredAt)).toEqual(
      Array(3).fill('2026-11-20T00:00:00.000Z'),
    )
    expect(third.balanceAfter).toBe('30.00')
  })
})

test('locations share nothing of their timelines', async () => {
  await deliver(wati, at('2026-11-10T08:00', 100))
  await deliver(wati, { ...at('2026-11-10T08:00', 5), location: 'TUG_ASSIST' })
  const entry = await use(wati, { ...at('2026-11-10T08:00', 5), location: 'TUG_ASSIST' })
  expect(entry.balanceAfter).toBe('0.00')
  const response = await wati.api('POST', '/api/stock/out', {
    ...at('2026-11-10T08:01', '0.01'),
    location: 'TUG_ASSIST',
  })
  expect(response.status).toBe(422)
})

test('the answer to a booking and the history agree on what was left after it', async () => {
  await deliver(wati, at('2026-11-10T08:00', 100))
  await use(wati, at('2026-11-10T20:00', 5))
  const posted = await wati.api('POST', '/api/stock/out', at('2026-11-10T09:00', '1.23'))
  const entry = await dataOf(posted, EntryJson)
  const history = HistoryJson.parse(await (await wati.get('/api/stock/history')).json())
  expect(history.data.find(({ id }) => id === entry.id)).toEqual(entry)
})
