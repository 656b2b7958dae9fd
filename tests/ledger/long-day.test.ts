import { afterAll, beforeAll, expect, test } from 'bun:test'
import { entries } from '#src/database/schema/transactions.ts'
import { toDecimal } from '#src/units/litres.ts'
import { bringIn, csv } from '#tests/imports/bring-in.ts'
import { differencesIn } from '#tests/ledger/verifying.ts'
import { HistoryJson } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { correct } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'

/** More entries in a day than the history goes through one by one, some twenty of them in each minute. */
const ROWS = 800
const MINUTES = 40

let depot: Depot
let wati: Client
beforeAll(async () => {
  depot = await openDepot()
  wati = await depot.signIn('wati')
  const rows = Array.from({ length: ROWS }, (_, at) => {
    const minute = String(at % MINUTES).padStart(2, '0')
    const isIn = at < MINUTES
    return `2026-11-22T08:${minute}:00+08:00,${isIn ? 'Masuk' : 'Keluar'},GENSET,${isIn ? 900 : 1 + (at % 7)}.25,,B-${at}`
  })
  const { booked } = await bringIn(depot, csv(...rows), { opening: { GENSET: 10_000_00n } })
  expect(booked).toBe(ROWS)
})
afterAll(() => depot.close())

async function allShown(query: string) {
  const shown: { id: number; balanceAfter: string }[] = []
  for (let page = 1, pages = 1; page <= pages; page++) {
    const answer = await wati.get(`/api/stock/history?${query}&page=${page}`)
    const { data, pagination } = HistoryJson.parse(await answer.json())
    shown.push(...data.map(({ id, balanceAfter }) => ({ id, balanceAfter })))
    pages = pagination.totalPages
  }
  return shown.sort((a, b) => a.id - b.id)
}

test('a day of many entries shows the same balances page by page as all at once', async () => {
  const ids = (await allShown('type=OUT&limit=100')).map(({ id }) => id)
  for (const at of [3, 150, 399, 600, 750]) {
    const replacement = at % 2 === 0 ? null : { amount: '2.50' }
    await correct(wati, { entryId: ids[at] ?? 0, reason: 'salah baca', replacement })
  }
  expect(await differencesIn(depot)).toEqual([])
  const after = new Map(await recount())
  // Two replaced what was read wrong, five took it back, which stands on the other side.
  const [ins, outs] = [1 + MINUTES + 5, ROWS - MINUTES + 2]
  const expected: [query: string, rows: number][] = [
    ['limit=20', ins + outs],
    ['limit=100&sort=date', ins + outs],
    ['limit=50&sort=amount', ins + outs],
    ['type=OUT&limit=20', outs],
    ['type=OUT&limit=50&sort=date', outs],
    ['type=IN&limit=20', ins],
    ['kind=reversal', 5],
  ]
  for (const [query, rows] of expected) {
    const shown = await allShown(query)
    expect([query, shown.length, new Set(shown.map(({ id }) => id)).size]).toEqual([
      query,
      rows,
      rows,
    ])
    for (const { id, balanceAfter } of shown)
      expect([id, balanceAfter]).toEqual([id, after.get(id) ?? ''])
  }
})

/** What is left after each entry, by a plain loop over the whole ledger. */
async function recount(): Promise<[number, string][]> {
  const rows = [...(await depot.db.select().from(entries))]
  const reversed = new Set(rows.flatMap(({ reversesId }) => reversesId ?? []))
  const placeOf = (row: (typeof rows)[number]) => row.placeOfId ?? row.id
  rows.sort(
    (a, b) =>
      a.occurredAt.getTime() - b.occurredAt.getTime() || placeOf(a) - placeOf(b) || a.id - b.id,
  )
  let balance = 0n
  return rows.map((row) => {
    const isCounted = row.reversesId === null && !reversed.has(row.id)
    if (isCounted) balance += row.type === 'IN' ? row.litres : -row.litres
    return [row.id, toDecimal(balance)]
  })
}
