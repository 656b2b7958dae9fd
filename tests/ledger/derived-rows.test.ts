import { afterAll, beforeAll, expect, test } from 'bun:test'
import { dataOf, HistoryJson, TrendJson } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { booksOf } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'
import { randomNumbers } from '#tests/support/random.ts'

const BOOKINGS = 300
const SEEDS = [11, 2026]
const DAY = 86_400_000
const EIGHT_HOURS = 28_800_000

let depot: Depot
beforeAll(async () => {
  depot = await openDepot()
})
afterAll(() => depot.close())

test.each(SEEDS)(
  'after 300 random bookings (seed %d) all that is derived equals a recount of the entries',
  async (seed) => {
    await depot.close()
    depot = await openDepot()
    const wati = await depot.signIn('wati')
    const said = await bookAtRandom(wati, seed)
    const books = await booksOf(depot.db)
    expect(said.booked).toBe(books.entries.length)
    expect(said.refused).toBeGreaterThan(20)
    const recount = recountOf(books.entries)
    expect(books.balances).toEqual(recount.balances)
    expect(books.days).toEqual(recount.days)
    expect(recount.lowest).toBeGreaterThanOrEqual(0n)
    expect(await shownBalances(wati)).toEqual(recount.after)
    expect(await trendDays(wati)).toEqual(recount.trend)
  },
)

test('the same holds of bookings that arrive ten at a time, late ones among them', async () => {
  await depot.close()
  depot = await openDepot()
  const wati = await depot.signIn('wati')
  const random = randomNumbers(5)
  const waiting = Array.from({ length: 120 }, () => anyBooking(random))
  const statuses: number[] = []
  const worker = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop())
      statuses.push((await wati.api('POST', next.path, next.body)).status)
  }
  await Promise.all(Array.from({ length: 10 }, worker))
  const books = await booksOf(depot.db)
  expect(new Set(statuses)).toEqual(new Set([201, 422]))
  expect(statuses.filter((status) => status === 201)).toHaveLength(books.entries.length)
  const recount = recountOf(books.entries)
  expect(books.balances).toEqual(recount.balances)
  expect(books.days).toEqual(recount.days)
  expect(recount.lowest).toBeGreaterThanOrEqual(0n)
})

/** Deliveries and usages of odd amounts at odd minutes of five days, many of them late, some impossible. */
async function bookAtRandom(wati: Client, seed: number) {
  const random = randomNumbers(seed)
  const said = { booked: 0, refused: 0 }
  for (let at = 0; at < BOOKINGS; at++) {
    const { path, body } = anyBooking(random)
    const response = await wati.api('POST', path, body)
    if (response.status === 201) said.booked++
    else if (response.status === 422) said.refused++
  }
  expect(said.booked + said.refused).toBe(BOOKINGS)
  return said
}

function anyBooking(random: () => number) {
  const minute = Math.floor(random() * 5 * 24 * 2) * 30
  return {
    path: random() < 0.4 ? '/api/stock/in' : '/api/stock/out',
    body: {
      location: random() < 0.7 ? 'GENSET' : 'TUG_ASSIST',
      amount: (Math.floor(random() * 30_000 + 1) / 100).toFixed(2),
      occurredAt: new Date(Date.parse('2026-11-18T16:00:00Z') + minute * 60_000).toISOString(),
    },
  }
}

type Entry = Awaited<ReturnType<typeof booksOf>>['entries'][number]

/** The whole ledger counted again by plain loops, with nothing of the code under test. */
function recountOf(entries: Entry[]) {
  const ordered = [...entries].sort(
    (a, b) => a.occurredAt.getTime() - b.occurredAt.getTime() || a.id - b.id,
  )
  const balances = []
  const days = []
  const trend = []
  const after: Record<number, string> = {}
  let lowest = 0n
  for (const locationId of [...new Set(entries.map((entry) => entry.locationId))].sort()) {
    let balance = 0n
    const own = ordered.filter((entry) => entry.locationId === locationId)
    for (const businessDay of new Set(own.map(dayOf))) {
      const opening = balance
      const day = {
        net: 0n,
        litresIn: 0n,
        litresOut: 0n,
        entriesIn: 0,
        entriesOut: 0,
        lowest: 0n,
        highest: 0n,
        rowsIn: 0,
        rowsOut: 0,
        lastAt: new Date(0),
      }
      for (const entry of own.filter((one) => dayOf(one) === businessDay)) {
        if (entry.type === 'IN') {
          balance += entry.litres
          day.litresIn += entry.litres
          day.entriesIn++
        } else {
          balance -= entry.litres
          day.litresOut += entry.litres
          day.entriesOut++
        }
        // Nothing is corrected here: every row counts.
        day.rowsIn = day.entriesIn
        day.rowsOut = day.entriesOut
        day.lastAt = entry.occurredAt
        day.net = balance - opening
        if (day.net < day.lowest) day.lowest = day.net
        if (day.net > day.highest) day.highest = day.net
        if (balance < lowest) lowest = balance
        after[entry.id] = decimal(balance)
      }
      days.push({ locationId, businessDay, ...day })
      trend.push({
        opening: decimal(opening),
        in: decimal(day.litresIn),
        out: decimal(day.litresOut),
        closing: decimal(balance),
      })
    }
    balances.push({ locationId, balance, entries: own.length, lowSince: null })
  }
  return { balances, days, trend, after, lowest }
}

const dayOf = (entry: Entry): string =>
  new Date(Math.floor((entry.occurredAt.getTime() + EIGHT_HOURS) / DAY) * DAY)
    .toISOString()
    .slice(0, 10)

const decimal = (hundredths: bigint): string =>
  `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}`

async function shownBalances(wati: Client): Promise<Record<number, string>> {
  const shown: Record<number, string> = {}
  for (let page = 1; page <= 3; page++) {
    const answer = await wati.get(`/api/stock/history?limit=100&page=${page}`)
    for (const entry of HistoryJson.parse(await answer.json()).data)
      shown[entry.id] = entry.balanceAfter
  }
  return shown
}

/** Days on which fuel moved, a location after the other. */
async function trendDays(wati: Client) {
  const rows = await dataOf(await wati.get('/api/stock/trend?days=30'), TrendJson)
  return ['GENSET', 'TUG_ASSIST'].flatMap((code) =>
    rows
      .filter((row) => row.location === code && (row.in !== '0.00' || row.out !== '0.00'))
      .map(({ date: _, location: __, ...figures }) => figures),
  )
}
