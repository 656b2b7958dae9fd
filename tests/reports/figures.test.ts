import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { z } from 'zod'
import { parseDecimal } from '#src/units/litres.ts'
import { keepMonths } from '#tests/reports/books.ts'
import { dataOf, refusalOf, TrendJson } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { balanceOf } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'

let depot: Depot
let wati: Client
beforeAll(async () => {
  depot = await openDepot()
  wati = await depot.signIn('wati')
  await keepMonths(depot)
})
afterAll(() => depot.close())

const decimal = z.string().regex(/^-?\d+\.\d{2}$/)
const figures = { opening: decimal, in: decimal, out: decimal, closing: decimal }
const Counted = z.strictObject({ amount: decimal, entries: z.number() })
const Corrected = z.strictObject({ pairs: z.number(), takenBack: decimal, putRight: decimal })
const ReportJson = z.strictObject({
  month: z.string(),
  startDate: z.string(),
  endDate: z.string(),
  running: z.boolean(),
  locations: z.array(
    z.strictObject({
      location: z.string(),
      name: z.string(),
      ...figures,
      details: z
        .strictObject({
          initialStock: Counted,
          deliveries: Counted,
          usage: Counted,
          otherIn: decimal,
          otherOut: decimal,
          corrections: z.strictObject({ in: Corrected, out: Corrected }),
          consumers: z.array(
            z.strictObject({
              consumer: z.string().nullable(),
              amount: decimal,
              entries: z.number(),
            }),
          ),
          days: z.array(z.strictObject({ date: z.string(), ...figures })),
        })
        .nullable(),
    }),
  ),
})

const ask = async (path: string, client = wati) =>
  dataOf(await client.get(`/api/reports/${path}`), ReportJson)

async function askGenset(month: string) {
  const report = await ask(`${month}?location=GENSET`)
  const [genset] = report.locations
  const details = genset?.details
  if (!genset || !details) throw new Error('the report says nothing of GENSET')
  return { report, genset, details }
}

const NOTHING = { amount: '0.00', entries: 0 }
const NO_PAIR = { pairs: 0, takenBack: '0.00', putRight: '0.00' }

describe('GET /api/reports/{month}', () => {
  test('adds up a month from its first minute to its last in the zone of the company', async () => {
    const { report, genset, details } = await askGenset('2026-10')
    const { days, ...sums } = details
    expect(report).toMatchObject({ startDate: '2026-10-01', endDate: '2026-10-31', running: false })
    expect(genset).toMatchObject({
      opening: '1000.00',
      in: '800.00',
      out: '60.25',
      closing: '1739.75',
    })
    expect(sums).toEqual({
      initialStock: NOTHING,
      deliveries: { amount: '800.00', entries: 1 },
      usage: { amount: '60.25', entries: 3 },
      otherIn: '0.00',
      otherOut: '0.00',
      corrections: {
        in: { pairs: 1, takenBack: '500.00', putRight: '800.00' },
        out: { pairs: 2, takenBack: '140.00', putRight: '45.00' },
      },
      consumers: [
        { consumer: null, amount: '30.00', entries: 1 },
        { consumer: 'G2', amount: '20.25', entries: 1 },
        { consumer: 'G1', amount: '10.00', entries: 1 },
      ],
    })
    expect(days).toHaveLength(31)
    expect(days.filter(({ in: litresIn, out }) => litresIn !== '0.00' || out !== '0.00')).toEqual([
      { date: '2026-10-01', opening: '1000.00', in: '0.00', out: '10.00', closing: '990.00' },
      { date: '2026-10-05', opening: '990.00', in: '800.00', out: '0.00', closing: '1790.00' },
      { date: '2026-10-20', opening: '1790.00', in: '0.00', out: '30.00', closing: '1760.00' },
      { date: '2026-10-31', opening: '1760.00', in: '0.00', out: '20.25', closing: '1739.75' },
    ])
  })

  test('of the running month ends with today and with what is left now', async () => {
    const { report, genset, details } = await askGenset('2026-11')
    expect(report).toMatchObject({ endDate: '2026-11-23', running: true })
    expect(genset).toMatchObject({ opening: '1739.75', out: '50.00', closing: '1689.75' })
    expect(parseDecimal(genset.closing)).toBe(await balanceOf(depot.db, 'GENSET'))
    expect(details.days).toHaveLength(23)
    expect(details.consumers).toEqual([
      { consumer: 'G1', amount: '45.00', entries: 1 },
      { consumer: 'G2', amount: '5.00', entries: 1 },
    ])
  })

  test('knows a leap February, and tells the stock that the books began with from a delivery', async () => {
    const { genset, details } = await askGenset('2024-02')
    expect(details.days).toHaveLength(29)
    expect(genset).toMatchObject({ opening: '0.00', in: '1000.00', closing: '1000.00' })
    expect(details.initialStock).toEqual({ amount: '1000.00', entries: 1 })
    expect(details.deliveries).toEqual(NOTHING)
    expect(details.days.at(-1)).toMatchObject({ date: '2024-02-29', in: '1000.00' })
  })

  test('has every day of a month without an entry, and of one before the books began', async () => {
    for (const [month, days, stock] of [
      ['2025-02', 28, '1000.00'],
      ['2024-01', 31, '0.00'],
    ] as const) {
      const { genset, details } = await askGenset(month)
      expect(genset).toMatchObject({ opening: stock, in: '0.00', out: '0.00', closing: stock })
      expect(details.days).toHaveLength(days)
      expect(new Set(details.days.map(({ closing }) => closing))).toEqual(new Set([stock]))
      expect(details.consumers).toEqual([])
      expect(details.corrections).toEqual({ in: NO_PAIR, out: NO_PAIR })
    }
  })

  test('says the very figures of the trend', async () => {
    const trend = await dataOf(
      await wati.get('/api/stock/trend?startDate=2026-10-01&endDate=2026-10-31&location=GENSET'),
      TrendJson,
    )
    const { details } = await askGenset('2026-10')
    expect(details.days.map((day) => ({ ...day, location: 'GENSET' }))).toEqual(trend)
  })

  test('of all locations has each of them; a clerk gets the own one', async () => {
    const { locations } = await ask('2026-10')
    expect(locations.map(({ location }) => location)).toEqual(['GENSET', 'TUG_ASSIST'])
    const budi = await depot.signIn('budi')
    const own = await ask('2026-10', budi)
    expect(own.locations.map(({ location }) => location)).toEqual(['TUG_ASSIST'])
    expect((await budi.get('/api/reports/2026-10?location=GENSET')).status).toBe(403)
  })

  test.each([
    ['2026-12', 422, ['month']],
    ['2999-12', 422, ['month']],
    ['2026-13', 404, []],
    ['2026-00', 404, []],
    ['2026-1', 404, []],
    ['1899-12', 404, []],
    ['bulan', 404, []],
    ['2026-10?location=DERMAGA', 422, ['location']],
  ])('refuses %s with %d', async (path, status, fields) => {
    const response = await wati.get(`/api/reports/${path}`)
    expect(response.status).toBe(status)
    expect(Object.keys((await refusalOf(response)).details)).toEqual(fields)
  })
})
