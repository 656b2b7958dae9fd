import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { locations } from '#src/database/schema/locations.ts'
import { dataOf, SummaryJson } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { deliver, use } from '#tests/support/books.ts'
import { wordsOf } from '#tests/support/html.ts'

let depot: Depot
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
})
afterAll(() => depot.close())

const NOTHING = { opening: '0.00', in: '0.00', out: '0.00', closing: '0.00' }

describe('GET /api/stock/summary', () => {
  test('answers each location with what is left and what today brought', async () => {
    const wati = await depot.signIn('wati')
    await deliver(wati, { location: 'GENSET', amount: 100, occurredAt: '2026-11-22T23:59' })
    await deliver(wati, { location: 'GENSET', amount: 20, occurredAt: '2026-11-23T00:00' })
    await use(wati, { location: 'GENSET', amount: '0.5' })
    expect(await dataOf(await wati.get('/api/stock/summary'), SummaryJson)).toEqual([
      {
        location: 'GENSET',
        name: 'GENSET',
        balance: '119.50',
        capacity: null,
        today: { opening: '100.00', in: '20.00', out: '0.50', closing: '119.50' },
        lowStock: false,
        cover: null,
      },
      {
        location: 'TUG_ASSIST',
        name: 'TUG_ASSIST',
        balance: '0.00',
        capacity: null,
        today: NOTHING,
        lowStock: false,
        cover: null,
      },
    ])
  })

  test('marks stock below the threshold, and not stock at it', async () => {
    const limits = { lowStockLitres: 10_000n, capacityLitres: 50_000n }
    await depot.db.update(locations).set(limits).where(eq(locations.code, 'GENSET'))
    const wati = await depot.signIn('wati')
    const read = async () => (await dataOf(await wati.get('/api/stock/summary'), SummaryJson))[0]
    await deliver(wati, { location: 'GENSET', amount: 100 })
    expect(await read()).toMatchObject({ lowStock: false, capacity: '500.00' })
    await use(wati, { location: 'GENSET', amount: '0.01' })
    expect(await read()).toMatchObject({ lowStock: true, balance: '99.99' })
  })

  test('answers a clerk the own location, and leaves inactive ones out', async () => {
    const sari = await depot.signIn('sari')
    const wati = await depot.signIn('wati')
    const codes = async (client: typeof sari) =>
      (await dataOf(await client.get('/api/stock/summary'), SummaryJson)).map(
        ({ location }) => location,
      )
    expect(await codes(sari)).toEqual(['GENSET'])
    await depot.db.update(locations).set({ active: false }).where(eq(locations.code, 'GENSET'))
    expect(await codes(wati)).toEqual(['TUG_ASSIST'])
    expect(await codes(sari)).toEqual([])
  })
})

describe('GET /', () => {
  test('shows a clerk what is left, the day, the form and the own last five entries', async () => {
    const wati = await depot.signIn('wati')
    await deliver(wati, { location: 'GENSET', amount: '1234.5' })
    const sari = await depot.signIn('sari')
    const booked: number[] = []
    for (let at = 1; at <= 7; at++) booked.push((await use(sari, { amount: at })).id)
    const html = await (await sari.get('/')).text()
    expect(html).toMatch(/<form[^>]*action="\/stock\/out"/)
    const rows = [...html.matchAll(/\bid="entry-(\d+)"/g)].map(([, id]) => Number(id))
    expect(rows).toEqual(booked.toReversed().slice(0, 5))
    for (const words of ['Sari Wulandari', '1.206,50', '28,00'])
      expect(wordsOf(html)).toContain(words)
  })

  test('books from the home form and comes back to it with the news', async () => {
    await deliver(await depot.signIn('wati'), { location: 'GENSET', amount: 100 })
    const sari = await depot.signIn('sari')
    const page = await (await sari.get('/')).text()
    const hidden = Object.fromEntries(
      [...page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(
        ([, name = '', value = '']) => [name, value],
      ),
    )
    const response = await sari.post('/stock/out', { ...hidden, amount: '12,5' })
    const target = response.headers.get('Location') ?? ''
    expect(target).toMatch(/^\/\?booked=\d+$/)
    const home = wordsOf(await (await sari.get(target)).text())
    expect(home).toContain('Sudah tercatat pukul 14.05')
    expect(home).toContain('87,50')
    const refused = await sari.submit('/stock/out', { from: 'home', amount: '5000' })
    expect(refused.status).toBe(422)
    expect(wordsOf(await refused.text())).toContain('Sisa: 87,50 liter')
  })

  test('shows a supervisor a card of each location and both forms one click away', async () => {
    const wati = await depot.signIn('wati')
    const places = ['GENSET', 'TUG_ASSIST']
    for (const location of places) await deliver(wati, { location, amount: 5 })
    const html = await (await wati.get('/')).text()
    for (const words of places) expect(wordsOf(html)).toContain(words)
    for (const path of ['/stock/in', '/stock/out'])
      expect(html).toMatch(new RegExp(`href="${path}[?"]`))
  })

  test('tells a clerk whose location is inactive whom to ask', async () => {
    await depot.db.update(locations).set({ active: false }).where(eq(locations.code, 'GENSET'))
    const response = await (await depot.signIn('sari')).get('/')
    expect(response.status).toBe(403)
    expect(await response.text()).toContain('nonaktif')
  })
})

describe('the form of a location without entries', () => {
  test('offers the opening, to those who may book it', async () => {
    const wati = await depot.signIn('wati')
    const page = await (await wati.get('/stock/in?location=GENSET')).text()
    expect(page).toContain('kind=opening')
    const fields = { kind: 'opening', location: 'GENSET', amount: '500' }
    expect((await wati.submit('/stock/in', fields)).status).toBe(303)
    expect(await (await wati.get('/stock/in?location=GENSET')).text()).not.toContain('kind=opening')
    const sari = await depot.signIn('sari')
    expect(await (await sari.get('/stock/out')).text()).not.toContain('kind=opening')
  })
})
