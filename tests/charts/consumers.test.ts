import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { compareWithUsual, USUAL_DAYS } from '#src/charts/consumer-rules.ts'
import { consumers, locations } from '#src/database/schema/locations.ts'
import { addDays } from '#src/units/business-day.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { correct, deliver, use } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'
import { fieldValue, isMarkedWrong, wordsOf } from '#tests/support/html.ts'

let depot: Depot
let wati: Client
beforeAll(async () => {
  depot = await openDepot()
  wati = await depot.signIn('wati')
  await register('GENSET', 'G1', true)
  await register('GENSET', 'G2', true)
  await register('GENSET', 'G3', true)
  await register('GENSET', 'G4', false)
  await register('TUG_ASSIST', 'TB Satu', true)
  const location = 'GENSET'
  for (const place of [location, 'TUG_ASSIST'])
    await deliver(wati, { location: place, occurredAt: '2024-01-01T08:00', amount: 90000 })
  const g = (occurredAt: string, amount: number, consumer?: string) =>
    use(wati, { location, occurredAt, amount, consumer, confirmUnusual: true })
  // Seven days of 100 L long before, the last of them in two entries.
  for (let at = 0; at < 6; at++) await g(`${addDays('2026-01-10', at)}T10:00`, 100, 'G1')
  await g('2026-01-20T00:00', 40, 'G1')
  await g('2026-01-20T23:59', 60, 'G1')
  // Older than a year: nobody's usual any more.
  await g('2025-10-01T10:00', 9000, 'G1')
  for (let at = 0; at < 6; at++) await g(`${addDays('2026-10-10', at)}T10:00`, 50, 'G2')
  // In the period: its first and last minute, and what does not count.
  await g('2026-11-01T00:00', 110, 'G1')
  await g('2026-11-03T23:59', 130.5, 'G1')
  await g('2026-11-04T00:00', 7, 'G1')
  const wrong = await g('2026-11-02T10:00', 500, 'G1')
  await correct(wati, { entryId: wrong.id })
  await g('2026-11-02T10:00', 20, 'G2')
  await g('2026-11-02T11:00', 5)
  await use(wati, {
    location: 'TUG_ASSIST',
    occurredAt: '2026-11-02T10:00',
    amount: 3,
    consumer: 'TB Satu',
    confirmUnusual: true,
  })
})
afterAll(() => depot.close())

async function register(code: string, name: string, active: boolean): Promise<void> {
  const [place] = await depot.db.select().from(locations).where(eq(locations.code, code))
  if (!place) throw new Error(`there is no ${code}`)
  await depot.db.insert(consumers).values({ name, kind: 'genset', locationId: place.id, active })
}

const PERIOD = 'view=consumers&startDate=2026-11-01&endDate=2026-11-03'

/** The rows of the table as they stand there. */
async function tableOf(query: string, client = wati): Promise<string[][]> {
  const html = await (await client.get(`/charts?${query}`)).text()
  const [table = ''] = /<table class="table stack consumers".*?<\/table>/s.exec(html) ?? []
  return [...table.matchAll(/<tr[^>]*><th scope="row.*?<\/tr>/gs)].map(([row]) =>
    [...row.matchAll(/<t[hd][^>]*>(?:<strong>)?([^<]*)</g)].map(([, cell = '']) => cell),
  )
}

const G1 = ['G1', '240,50', '2', '100,00', '200,00', '+20%']
const G2 = ['G2', '20,00', '1', 'belum cukup data', '', '']
const UNNAMED = ['Tanpa nama', '5,00', '1', 'belum cukup data', '', '']
const G3 = ['G3', '0,00', '0', 'belum cukup data', '', '']

describe('GET /charts?view=consumers', () => {
  test('shows usage of each against its own usual, largest first, what was reversed as nothing', async () => {
    expect(await tableOf(`${PERIOD}&location=GENSET`)).toEqual([
      G1,
      G2,
      UNNAMED,
      G3,
      ['Jumlah', '265,50', '', '', '', ''],
    ])
  })

  test('shows all locations one after the other', async () => {
    expect(await tableOf(PERIOD)).toEqual([
      ['GENSET'],
      G1,
      G2,
      UNNAMED,
      G3,
      ['TUG_ASSIST'],
      ['TB Satu', '3,00', '1', 'belum cukup data', '', ''],
      ['Jumlah', '268,50', '', '', '', ''],
    ])
  })

  test('says what usual means, and keeps the view in form and links', async () => {
    const html = await (await wati.get(`/charts?${PERIOD}&location=GENSET`)).text()
    expect(wordsOf(html)).toContain('60 hari pakai terakhir sebelum rentang ini')
    expect(wordsOf(html)).toContain('Pemakaian per genset/kapal GENSET')
    expect(fieldValue(html, 'view')).toBe('consumers')
    expect(html).toContain(
      'href="/charts?startDate=2026-11-17&amp;endDate=2026-11-23&amp;location=GENSET&amp;view=consumers"',
    )
    expect(html).toContain('data-chart="consumers-table" data-chart-kind="consumers"')
  })

  test('shows a clerk the own location, and refuses another', async () => {
    const budi = await depot.signIn('budi')
    expect((await tableOf(PERIOD, budi)).map(([name]) => name)).toEqual(['TB Satu', 'Jumlah'])
    for (const path of ['/charts', '/charts.csv'])
      expect((await budi.get(`${path}?${PERIOD}&location=GENSET`)).status).toBe(403)
  })

  test('refuses days that are none at their field, and says where nothing has begun', async () => {
    const refused = await wati.get('/charts?view=consumers&startDate=2026-02-30')
    const html = await refused.text()
    expect(refused.status).toBe(422)
    expect(isMarkedWrong(html, 'startDate')).toBe(true)
    expect(fieldValue(html, 'view')).toBe('consumers')
    const later = await (await wati.get('/charts?view=consumers&startDate=2026-12-01')).text()
    expect(wordsOf(later)).toContain('Rentang ini belum mulai')
  })

  test('asks for one location where there are too many to show', async () => {
    const agus = await depot.signIn('agus')
    for (let at = 0; at < 19; at++)
      await agus.api('POST', '/api/locations', { code: `X${at}`, name: `X${at}` })
    const html = await (await wati.get(`/charts?${PERIOD}`)).text()
    expect(wordsOf(html)).toContain('Pilih satu lokasi')
    expect((await wati.get(`/charts.csv?${PERIOD}`)).status).toBe(422)
    const report = await (await wati.get('/reports/2026-11')).text()
    expect(wordsOf(report)).toContain('X18 0,00 0,00 0,00 0,00')
    expect(wordsOf(report)).toContain('pilih satu untuk laporan lengkapnya')
    expect(await tableOf(`${PERIOD}&location=GENSET`)).toHaveLength(5)
  })
})

test('the file has the figures of the page', async () => {
  const response = await wati.get(`/charts.csv?${PERIOD}&location=GENSET`)
  expect(response.headers.get('Content-Disposition')).toBe(
    'attachment; filename="genset-kapal-GENSET-2026-11-01-2026-11-03.csv"',
  )
  const days = '01/11/2026;03/11/2026;GENSET'
  expect((await response.text()).split('\r\n').slice(1)).toEqual([
    `${days};G1;240,50;2;2;100,00;200,00`,
    `${days};G2;20,00;1;1;;`,
    `${days};Tanpa nama;5,00;1;1;;`,
    `${days};G3;0,00;0;0;;`,
    '',
  ])
})

describe('the usual', () => {
  const used = { litres: 0n, entries: 1, days: 3 }
  const dayOf = (at: number, litres: bigint) => {
    return { locationId: 1, consumerId: 1, day: addDays('2026-01-01', at), litres }
  }

  test('is of the last sixty days with usage, in whatever order they come', () => {
    const days = Array.from({ length: 70 }, (_, at) => dayOf(at, at < 10 ? 99_999n : 100n))
    expect(days.length - 10).toBe(USUAL_DAYS)
    expect(compareWithUsual(used, days.toReversed())).toMatchObject({
      usualLitres: 100n,
      expectedLitres: 300n,
    })
  })

  test('is rounded once, and is none under seven days', () => {
    const days = Array.from({ length: 7 }, (_, at) => dayOf(at, at === 0 ? 4n : 1n))
    // 10 in 7 days: 1.43 a day, and 4.29 in three.
    expect(compareWithUsual(used, days)).toMatchObject({ usualLitres: 1n, expectedLitres: 4n })
    expect(compareWithUsual(used, days.slice(1))).toMatchObject({
      usualLitres: null,
      expectedLitres: null,
    })
  })
})
