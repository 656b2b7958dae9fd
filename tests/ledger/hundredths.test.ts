import { afterAll, beforeEach, expect, test } from 'bun:test'
import { asc } from 'drizzle-orm'
import { locationDays } from '#src/database/schema/locations.ts'
import { addDays } from '#src/units/business-day.ts'
import { formatLitres, parseDecimal, toDecimal } from '#src/units/litres.ts'
import { bringIn, csv } from '#tests/imports/bring-in.ts'
import { dataOf, HistoryJson, SummaryJson, TrendJson } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { balanceOf, deliver, use } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'
import { engineName } from '#tests/support/engines.ts'
import { wordsOf } from '#tests/support/html.ts'
import { expectClean } from '#tests/support/race.ts'

let depot: Depot
let wati: Client
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  wati = await depot.signIn('wati')
})
afterAll(() => depot.close())

const TODAY = '2026-11-23'
const DAYS = Array.from({ length: 20 }, (_, at) => addDays(TODAY, at - 19))
/** A second time the whole hundred thousand would only take longer: both engines count DECIMAL in the same way. */
const ROWS = engineName() === 'mysql' ? 20_000 : 100_000
if (ROWS < 100_000) process.stderr.write(`${ROWS} rows suffice here: MariaDB has all 100000\n`)
const BOOKINGS = 2_000
const AT_ONCE = 20
const LONG = 240_000

test(
  `0.01 liters brought in ${ROWS} times are exactly ${ROWS / 100} everywhere`,
  async () => {
    const aDay = ROWS / DAYS.length
    const litresADay = aDay / 100
    const all = `${ROWS / 100}.00`
    const rows = DAYS.flatMap((day) =>
      Array.from({ length: aDay }, (_, at) => `${day}T${minuteOf(at)},IN,GENSET,0.01,,`),
    )
    expect(await bringIn(depot, csv(...rows))).toMatchObject({ outcome: 'booked', booked: ROWS })
    await expectEverywhere({
      days: DAYS.map((date, at) => ({
        date,
        opening: `${litresADay * at}.00`,
        in: `${litresADay}.00`,
        out: '0.00',
        closing: `${litresADay * (at + 1)}.00`,
      })),
      totals: { entries: ROWS, litresIn: all, litresOut: '0.00', net: all },
      shown: formatLitres(parseDecimal(all)),
    })
    const [first] = await pageOf('sort=date&limit=1')
    expect(first?.balanceAfter).toBe('0.01')
    await expectUsedUp(ROWS / 100)
  },
  LONG,
)

test(
  `0.01 liters used ${BOOKINGS} times on one day are exactly 20.00 everywhere`,
  async () => {
    await deliver(wati, { location: 'GENSET', amount: 20, occurredAt: '2026-11-22T08:00' })
    let begun = 0
    const work = async () => {
      // One session alone may not write that often.
      const sari = await depot.signIn('sari')
      while (begun < BOOKINGS) {
        begun += 1
        const isLate = begun % 10 === 0
        const late = { occurredAt: `${TODAY}T${minuteOf(begun)}` }
        await use(sari, { amount: 0.01, ...(isLate && late) })
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
    const full = { opening: '20.00', in: '0.00', out: '20.00', closing: '0.00' }
    await expectEverywhere({
      days: [
        { date: '2026-11-22', opening: '0.00', in: '20.00', out: '0.00', closing: '20.00' },
        { date: '2026-11-23', ...full },
      ],
      totals: { entries: BOOKINGS + 1, litresIn: '20.00', litresOut: '20.00', net: '0.00' },
      shown: '0,00',
    })
    await expectUsedUp(0)
  },
  LONG,
)

/** The minutes of a morning, one after the other and round again. */
function minuteOf(at: number): string {
  const minute = at % (14 * 60)
  const [hours, minutes] = [Math.floor(minute / 60), minute % 60]
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`
}

type Expected = {
  days: { date: string; opening: string; in: string; out: string; closing: string }[]
  totals: { entries: number; litresIn: string; litresOut: string; net: string }
  /** What is left, as a person reads it. */
  shown: string
}

async function expectEverywhere({ days, totals, shown }: Expected): Promise<void> {
  const { date: _, ...today } = days.at(-1) ?? { date: '' }
  const summary = await dataOf(await wati.get('/api/stock/summary'), SummaryJson)
  expect(summary[0]).toMatchObject({ location: 'GENSET', balance: totals.net, today })
  const trendPath = `/api/stock/trend?days=${days.length}&location=GENSET`
  const trend = await dataOf(await wati.get(trendPath), TrendJson)
  expect(trend).toEqual(days.map((day) => ({ location: 'GENSET', ...day })))

  const history = HistoryJson.parse(await (await wati.get('/api/stock/history?limit=1')).json())
  expect(history.totals).toEqual(totals)
  expect(history.data[0]?.balanceAfter).toBe(totals.net)
  for (const day of days.slice(-3)) {
    const [last] = await pageOf(`startDate=${day.date}&endDate=${day.date}&limit=1`)
    expect(last?.balanceAfter).toBe(day.closing)
  }
  for (const path of ['/', '/history']) {
    const words = wordsOf(await (await wati.get(path)).text())
    expect(words).toContain(shown)
  }
  const rows = await depot.db.select().from(locationDays).orderBy(asc(locationDays.businessDay))
  const kept = rows.map(({ businessDay, net, litresIn, litresOut }) => [
    businessDay,
    ...[net, litresIn, litresOut].map(toDecimal),
  ])
  expect(kept).toEqual(
    days.map((day) => [day.date, differenceOf(day.closing, day.opening), day.in, day.out]),
  )
  await expectClean(depot.system)
}

const differenceOf = (a: string, b: string): string => toDecimal(parseDecimal(a) - parseDecimal(b))

async function pageOf(query: string) {
  const response = await wati.get(`/api/stock/history?location=GENSET&${query}`)
  return HistoryJson.parse(await response.json()).data
}

/** Exactly this can be used, and not a hundredth more. */
async function expectUsedUp(litres: number): Promise<void> {
  const confirmed = { location: 'GENSET', confirmUnusual: true }
  if (litres > 0) await use(wati, { ...confirmed, amount: litres })
  expect(await balanceOf(depot.db, 'GENSET')).toBe(0n)
  const more = await wati.api('POST', '/api/stock/out', { ...confirmed, amount: 0.01 })
  expect(more.status).toBe(422)
}
