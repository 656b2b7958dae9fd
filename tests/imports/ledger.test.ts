import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { verifyBooks } from '#src/ledger/verify.ts'
import { bringIn, makeLedger } from '#tests/imports/bring-in.ts'
import { dataOf, HistoryJson, SummaryJson, TrendJson } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { booksOf, countEntries } from '#tests/support/books.ts'

describe.each([
  { seed: 1, rows: 5_000, style: 'excel-id' },
  { seed: 77, rows: 5_000, style: 'excel-id' },
  { seed: 5, rows: 500, style: 'plain' },
])('a ledger of $rows rows, style $style, seed $seed', (kind) => {
  const { text, expected } = makeLedger(kind)
  let depot: Depot
  beforeAll(async () => {
    depot = await openDepot()
    const { outcome, booked, skipped } = await bringIn(depot, text)
    expect({ outcome, booked, skipped }).toEqual({
      outcome: 'booked',
      booked: kind.rows,
      skipped: 0,
    })
  })
  afterAll(() => depot.close())

  test('leaves at each location what the ledger leaves, to the hundredth', async () => {
    const wati = await depot.signIn('wati')
    const summary = await dataOf(await wati.get('/api/stock/summary'), SummaryJson)
    expect(Object.fromEntries(summary.map(({ location, balance }) => [location, balance]))).toEqual(
      expected.balances,
    )
  })

  test('gives every day its litres in and out and its closing', async () => {
    const wati = await depot.signIn('wati')
    const range = '?startDate=2021-01-01&endDate=2025-12-31'
    const trend = await dataOf(await wati.get(`/api/stock/trend${range}`), TrendJson)
    const busy = trend.filter((row) => row.in !== '0.00' || row.out !== '0.00')
    expect(busy.map(({ opening: _, ...row }) => row)).toEqual(
      expected.daily.map(({ day, rows: _, ...figures }) => ({ date: day, ...figures })),
    )
  })

  test('gives the history its totals', async () => {
    const wati = await depot.signIn('wati')
    const { totals } = HistoryJson.parse(await (await wati.get('/api/stock/history')).json())
    expect(totals).toMatchObject({
      entries: expected.rows,
      litresIn: expected.litresIn,
      litresOut: expected.litresOut,
    })
  })

  test('leaves books in which every derived row and every audit link is right', async () => {
    expect(await verifyBooks(depot.system, () => undefined)).toMatchObject({
      entries: expected.rows,
      differences: 0,
    })
  })

  test('is one row of the audit trail, with the hash of the file and what was booked', async () => {
    const { audit, entries } = await booksOf(depot.db)
    const rows = audit.filter(({ action }) => action === 'import.book')
    expect(rows).toHaveLength(1)
    expect(JSON.parse(rows[0]?.after ?? '')).toEqual({
      fileName: 'buku.csv',
      fileHash: new Bun.CryptoHasher('sha256').update(text).digest('hex'),
      rows: expected.rows,
      litresIn: expected.litresIn,
      litresOut: expected.litresOut,
      firstId: entries[0]?.id,
      lastId: entries.at(-1)?.id,
    })
  })

  test('books nothing the second time', async () => {
    const before = await booksOf(depot.db)
    const { outcome, booked, skipped } = await bringIn(depot, text)
    expect({ outcome, booked, skipped }).toEqual({
      outcome: 'booked',
      booked: 0,
      skipped: kind.rows,
    })
    expect(await booksOf(depot.db)).toEqual(before)
  })
})

test('a ledger that runs newest first gives the same books', async () => {
  const depot = await openDepot()
  const { text, expected } = makeLedger({ seed: 3, rows: 500, style: 'plain' })
  const [header = '', ...rows] = text.trimEnd().split(/\n(?=tanggal|\d{4}-)/)
  await bringIn(depot, [header, ...rows.reverse(), ''].join('\n'))
  const { entries } = await booksOf(depot.db)
  const times = entries.map(({ occurredAt }) => occurredAt.getTime())
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  expect(await countEntries(depot.db)).toBe(expected.rows)
  expect(await verifyBooks(depot.system, () => undefined)).toMatchObject({ differences: 0 })
  await depot.close()
})
