import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { accessLogs } from '#src/database/schema/audit.ts'
import { locations } from '#src/database/schema/locations.ts'
import { addDays } from '#src/units/business-day.ts'
import { formatLitres, parseDecimal } from '#src/units/litres.ts'
import { dataOf, TrendJson } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { correct, deliver, use } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'
import { fieldValue, isMarkedWrong, wordsOf } from '#tests/support/html.ts'

let depot: Depot
let sari: Client
let wati: Client
beforeAll(async () => {
  depot = await openDepot()
  sari = await depot.signIn('sari')
  wati = await depot.signIn('wati')
  const location = 'GENSET'
  await deliver(wati, { location, occurredAt: '2024-02-28T08:00', amount: '90000.01' })
  for (let at = 0; at < 40; at++) {
    const day = addDays('2024-02-29', at * 25)
    await use(wati, { location, occurredAt: `${day}T10:00`, amount: `${100 + at}.25` })
  }
  await deliver(wati, { location: 'TUG_ASSIST', occurredAt: '2026-11-20T08:00', amount: 500 })
  await use(wati, { location: 'TUG_ASSIST', occurredAt: '2026-11-22T08:00', amount: '20.5' })
  const wrong = await use(wati, { location, occurredAt: '2026-11-21T09:00', amount: 177 })
  await correct(wati, { entryId: wrong.id })
})
afterAll(() => depot.close())

const bodyOf = async (path: string, client = wati) => (await client.get(path)).text()

/** The cells of the table as they stand there: oldest first, the sum last. */
async function tableOf(query: string, client = wati): Promise<string[][]> {
  const html = await bodyOf(`/charts${query}`, client)
  const [table = ''] = /<table class="table stack trend".*?<\/table>/s.exec(html) ?? []
  const rows = [...table.matchAll(/<tr><th scope="row">.*?<\/tr>/gs)].map(([row]) =>
    [...row.matchAll(/<t[hd][^>]*>([^<]*)</g)].map(([, cell = '']) => cell),
  )
  return [...rows.slice(0, -1).reverse(), ...rows.slice(-1)]
}

const hundredths = (cell = ''): bigint => parseDecimal(cell.replace(/[.+−]/g, '').replace(',', '.'))

async function trendOf(query: string) {
  return dataOf(await wati.get(`/api/stock/trend${query}`), TrendJson)
}

describe('GET /charts', () => {
  test('shows the last thirty days of all locations together, newest first', async () => {
    const html = await bodyOf('/charts')
    expect(wordsOf(html)).toContain('Grafik stok semua lokasi')
    expect(wordsOf(html)).toContain('25 Oktober sampai 23 November 2026')
    expect(fieldValue(html, 'startDate')).toBe('2026-10-25')
    expect(fieldValue(html, 'endDate')).toBe('2026-11-23')
    expect(html.indexOf('>23/11<')).toBeLessThan(html.indexOf('>22/11<'))
    expect(await tableOf('')).toHaveLength(31)
  })

  test('shows by day the very figures of the trend, a reversed pair as nothing', async () => {
    const query = '?startDate=2026-10-01&endDate=2026-11-23&location=GENSET'
    const trend = await trendOf(query)
    const rows = await tableOf(query)
    expect(
      rows.slice(0, -1).map(([, ...cells]) => cells.map((cell) => formatLitres(hundredths(cell)))),
    ).toEqual(
      trend.map(({ opening, in: litresIn, out, closing }) =>
        [opening, litresIn, out, closing].map((litres) => formatLitres(parseDecimal(litres))),
      ),
    )
    expect(rows.find(([day]) => day === '21/11')?.[3]).toBe('0,00')
  })

  test.each([
    ['by week', '?startDate=2025-11-24', '24/11/2025', 53],
    ['by month', '?startDate=2024-02-01', 'Februari 2024', 34],
  ])(
    'adds the days up %s: the first opening, the sums, the last closing',
    async (_, query, head, count) => {
      for (const place of ['&location=GENSET', '']) {
        const trend = await trendOf(`${query}${place}`)
        const rows = await tableOf(`${query}${place}`)
        const total = rows.pop() ?? []
        expect(rows).toHaveLength(count)
        expect(rows[0]?.[0]).toBe(head)
        for (const [at, [, opening, litresIn, out, closing]] of rows.entries()) {
          expect(hundredths(closing)).toBe(
            hundredths(opening) + hundredths(litresIn) - hundredths(out),
          )
          if (at > 0) expect(opening).toBe(rows[at - 1]?.[4])
        }
        for (const [column, name] of [
          [2, 'in'],
          [3, 'out'],
        ] as const) {
          const sum = trend.reduce((all, row) => all + parseDecimal(row[name]), 0n)
          expect(rows.reduce((all, row) => all + hundredths(row[column]), 0n)).toBe(sum)
          expect(hundredths(total[column])).toBe(sum)
        }
        const lastDay = trend.filter(({ date }) => date === trend.at(-1)?.date)
        expect(hundredths(rows.at(-1)?.[4])).toBe(
          lastDay.reduce((all, row) => all + parseDecimal(row.closing), 0n),
        )
      }
    },
  )

  test('all locations are the sum of each', async () => {
    const query = '?startDate=2026-11-19'
    const [all, genset, tug] = await Promise.all(
      ['', '&location=GENSET', '&location=TUG_ASSIST'].map((place) => tableOf(`${query}${place}`)),
    )
    for (const [at, row] of (all ?? []).entries()) {
      for (const column of [1, 2, 3, 4])
        expect(hundredths(row[column])).toBe(
          hundredths(genset?.[at]?.[column]) + hundredths(tug?.[at]?.[column]),
        )
    }
  })

  test('is a page with the script of the chart, and a fragment for htmx', async () => {
    const page = await bodyOf('/charts?location=GENSET')
    expect(page).toMatch(/<script src="\/build\/chart-[^"]+" defer/)
    expect(page).toMatch(/<figure[^>]* hidden/)
    const fragment = await (await wati.fragment('/charts?location=GENSET')).text()
    expect(fragment).toStartWith('<div class="charts" id="charts"')
    expect(page).toContain(fragment)
    expect(await bodyOf('/history')).not.toContain('/build/chart-')
  })

  test('leads to other ranges and to the file by links that keep the location', async () => {
    const html = await bodyOf('/charts?location=GENSET')
    const hrefs = [...html.matchAll(/href="(\/charts[^"]*\?[^"]*)"/g)].map(([, href = '']) =>
      href.replaceAll('&amp;', '&'),
    )
    expect(hrefs).toEqual([
      '/charts?startDate=2026-11-17&endDate=2026-11-23&location=GENSET',
      '/charts?startDate=2026-10-25&endDate=2026-11-23&location=GENSET',
      '/charts?startDate=2026-11-01&endDate=2026-11-23&location=GENSET',
      '/charts?startDate=2025-11-24&endDate=2026-11-23&location=GENSET',
      '/charts?startDate=2026-10-25&endDate=2026-11-23&location=GENSET',
      '/charts?startDate=2026-10-25&endDate=2026-11-23&location=GENSET&view=consumers',
      '/charts.csv?startDate=2026-10-25&endDate=2026-11-23&location=GENSET',
    ])
    expect(html.match(/aria-current="true"/g)).toHaveLength(1)
  })

  test('draws capacity and threshold where one location is chosen and has them', async () => {
    await depot.root.db
      .update(locations)
      .set({ capacityLitres: 2_500_000n, lowStockLitres: 500_050n })
    depot.pass({ seconds: 10 })
    const one = await bodyOf('/charts?location=GENSET')
    expect(one).toContain('data-capacity="25000.00"')
    expect(one).toContain('data-low="5000.50"')
    expect(wordsOf(one)).toContain('Batas stok menipis Kapasitas')
    for (const part of ['data-capacity', 'data-low', 'Batas stok menipis'])
      expect(await bodyOf('/charts')).not.toContain(part)
    await depot.root.db.update(locations).set({ capacityLitres: null, lowStockLitres: null })
    // Pages are remembered until something is changed by way of the app, but no longer than ten seconds.
    depot.pass({ seconds: 10 })
    expect(await bodyOf('/charts?location=GENSET')).not.toMatch(/data-capacity|data-low/)
  })

  test('reads days as they are typed, and leaves those after today out', async () => {
    const html = await bodyOf('/charts?startDate=1/11/2026&endDate=31-12-2026&location=')
    expect(fieldValue(html, 'startDate')).toBe('2026-11-01')
    expect(fieldValue(html, 'endDate')).toBe('2026-11-23')
    const later = await wati.get('/charts?startDate=2026-11-24')
    expect(later.status).toBe(200)
    expect(wordsOf(await later.text())).toContain('Rentang ini belum mulai')
  })

  test.each([
    ['startDate', '30 Februari', 'misalnya 23/11/2026'],
    ['endDate', '2026-02-30', 'misalnya 23/11/2026'],
    ['startDate', '2001-01-01', 'Paling banyak 3660 hari'],
    ['location', 'DERMAGA', 'Lokasi tidak dikenal'],
  ])('refuses %s %s with a sentence and keeps what was typed', async (field, typed, sentence) => {
    const given = { startDate: '2026-11-01', endDate: '2026-11-20', [field]: typed }
    for (const headers of [{}, { 'HX-Request': 'true' }]) {
      const response = await wati.get(`/charts?${new URLSearchParams(given)}`, headers)
      const html = await response.text()
      expect(response.status).toBe(422)
      expect(isMarkedWrong(html, field)).toBe(true)
      expect(wordsOf(html)).toContain(sentence)
      for (const name of ['startDate', 'endDate'] as const)
        expect(fieldValue(html, name)).toBe(given[name])
      expect(html).not.toContain('class="table stack trend"')
    }
  })

  test('shows a clerk the own location without a choice, and refuses another', async () => {
    const html = await bodyOf('/charts', sari)
    expect(wordsOf(html)).toContain('Grafik stok GENSET')
    expect(fieldValue(html, 'location')).toBeNull()
    expect(await tableOf('', sari)).toEqual(await tableOf('?location=GENSET'))
    for (const path of ['/charts', '/charts.csv'])
      expect((await sari.get(`${path}?location=TUG_ASSIST`)).status).toBe(403)
  })

  test('leads a stranger to the sign-in', async () => {
    for (const path of ['/charts', '/charts.csv']) {
      const response = await depot.visit().get(`${path}?location=GENSET`)
      expect(response.status).toBe(303)
      expect(response.headers.get('Location')).toStartWith('/login?next=')
    }
  })
})

describe('GET /charts.csv', () => {
  test('is the table as a file, oldest first', async () => {
    const response = await wati.get('/charts.csv?startDate=2026-11-20&location=TUG_ASSIST')
    expect(response.headers.get('Content-Type')).toBe('text/csv; charset=utf-8')
    expect(response.headers.get('Content-Disposition')).toBe(
      'attachment; filename="grafik-TUG_ASSIST-2026-11-20-2026-11-23.csv"',
    )
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    const bytes = new Uint8Array(await response.arrayBuffer())
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect(new TextDecoder().decode(bytes).split('\r\n').slice(1)).toEqual([
      '20/11/2026;20/11/2026;TUG_ASSIST;0,00;500,00;0,00;500,00',
      '21/11/2026;21/11/2026;TUG_ASSIST;500,00;0,00;0,00;500,00',
      '22/11/2026;22/11/2026;TUG_ASSIST;500,00;0,00;20,50;479,50',
      '23/11/2026;23/11/2026;TUG_ASSIST;479,50;0,00;0,00;479,50',
      '',
    ])
  })

  test('is written down as a download, and one of ten in a minute', async () => {
    const agus = await depot.signIn('agus')
    const statuses: number[] = []
    for (let at = 0; at < 11; at++) {
      statuses.push((await agus.get('/charts.csv?startDate=2026-11-20&location=GENSET')).status)
    }
    expect(statuses).toEqual([...Array<number>(10).fill(200), 429])
    const isTheirs = eq(accessLogs.userId, depot.ids.agus)
    const noted = await depot.db.select().from(accessLogs).where(isTheirs)
    const download = { action: 'export', detail: 'csv: grafik-GENSET-2026-11-20-2026-11-23' }
    expect(noted.map(({ action, detail }) => ({ action, detail }))).toEqual(
      Array<typeof download>(10).fill(download),
    )
  })

  test('refuses what the page refuses', async () => {
    expect((await wati.get('/charts.csv?startDate=2026-02-30')).status).toBe(422)
  })

  test('names all locations in one word', async () => {
    const response = await wati.get('/charts.csv?startDate=2024-02-01')
    expect(response.headers.get('Content-Disposition')).toContain(
      'grafik-semua-2024-02-01-2026-11-23.csv',
    )
    expect(await response.text()).toContain('01/02/2024;29/02/2024;Semua lokasi;0,00;90000,01;')
  })
})

describe('the dashboard', () => {
  test('shows supervisors the last seven days, and clerks nothing of it', async () => {
    const html = await bodyOf('/')
    expect(wordsOf(html)).toContain('7 hari terakhir, semua lokasi')
    expect(html.match(/<th scope="row">\d\d\/11</g)).toHaveLength(7)
    expect(html).toContain('/build/chart-')
    const clerks = await bodyOf('/', sari)
    expect(clerks).not.toContain('7 hari terakhir')
    expect(clerks).not.toContain('/build/chart-')
  })
})
