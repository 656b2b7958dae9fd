import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { type SQL, sql } from 'drizzle-orm'
import { consumers } from '#src/database/schema/locations.ts'
import { rebuildBooks } from '#src/ledger/verify/rebuild.ts'
import { differencesIn, locationId, tamper } from '#tests/ledger/verifying.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { booksOf, correct, deliver, use } from '#tests/support/books.ts'

let depot: Depot
let [genset, first, second] = [0, 0, 0]
/** G1 used 250,25 on the 20th and 100 on the 22nd, G2 50 on the 22nd; 30 went to nobody, and 7 were taken back. */
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  const wati = await depot.signIn('wati')
  genset = await locationId(depot)
  for (const name of ['G1', 'G2'])
    await depot.db.insert(consumers).values({ name, kind: 'genset', locationId: genset })
  const [one, other] = await depot.db.select().from(consumers)
  first = one?.id ?? 0
  second = other?.id ?? 0
  const at = (occurredAt: string, amount: string, consumer?: string) => ({
    location: 'GENSET',
    occurredAt: `2026-11-${occurredAt}`,
    amount,
    consumer,
    confirmUnusual: true,
  })
  await deliver(wati, at('20T08:00', '1000', 'G1'))
  await use(wati, at('20T10:00', '250.25', 'G1'))
  await use(wati, at('22T10:00', '60', 'G1'))
  await use(wati, at('22T11:00', '40', 'G1'))
  await use(wati, at('22T12:00', '30'))
  const wrong = await use(wati, at('22T13:00', '7', 'G2'))
  await correct(wati, { entryId: wrong.id })
  const misnamed = await use(wati, at('21T13:00', '5', 'G1'))
  const replacement = { amount: '50', consumer: 'G2', occurredAt: '2026-11-22T13:00' }
  await correct(wati, { entryId: misnamed.id, replacement })
})
afterAll(() => depot.close())

const usesOf = async () =>
  (await booksOf(depot.db)).consumerDays
    .filter(({ entries }) => entries > 0)
    .map(({ businessDay, consumerId, litres, entries }) => [
      businessDay,
      consumerId,
      litres,
      entries,
    ])

test('nothing differs where services alone kept the books, corrections to another day and genset among them', async () => {
  expect(await usesOf()).toEqual([
    ['2026-11-20', first, 25025n, 1],
    ['2026-11-22', first, 10000n, 2],
    ['2026-11-22', second, 5000n, 1],
  ])
  expect(await differencesIn(depot)).toEqual([])
})

const G1 = () => sql`consumer_id = ${first} and business_day = '2026-11-22'`

const WRONGS: [string, () => SQL, [string, string, string][]][] = [
  [
    'litres',
    () => sql`update consumer_days set litres = litres + 0.01 where ${G1()}`,
    [['22/11/2026 G1: litres', '100,01 liter', '100,00 liter']],
  ],
  [
    'a count',
    () => sql`update consumer_days set entries = -3 where ${G1()}`,
    [['22/11/2026 G1: entries', '-3', '2']],
  ],
  [
    'a row that is gone',
    () => sql`delete from consumer_days where ${G1()}`,
    [
      ['22/11/2026 G1: litres', '0,00 liter', '100,00 liter'],
      ['22/11/2026 G1: entries', '0', '2'],
    ],
  ],
  [
    'a row that should not be there',
    () => sql`insert into consumer_days values (${genset}, ${second}, '2026-11-23', 1, 1)`,
    [
      ['23/11/2026 G2: litres', '1,00 liter', '0,00 liter'],
      ['23/11/2026 G2: entries', '1', '0'],
    ],
  ],
  [
    'one that stands under another name',
    () => sql`update consumer_days set consumer_id = ${second} where business_day = '2026-11-20'`,
    [
      ['20/11/2026 G1: litres', '0,00 liter', '250,25 liter'],
      ['20/11/2026 G1: entries', '0', '1'],
      ['20/11/2026 G2: litres', '250,25 liter', '0,00 liter'],
      ['20/11/2026 G2: entries', '1', '0'],
    ],
  ],
]

describe('says exactly, and mends', () => {
  test.each(WRONGS)('%s', async (_, statement, figures) => {
    const right = await usesOf()
    await tamper(depot, statement())
    expect(await differencesIn(depot)).toEqual(
      figures.map(([what, is, should]) => `GENSET ${what} tersimpan ${is}, seharusnya ${should}`),
    )
    const said: string[] = []
    await rebuildBooks(depot.system, (change) => said.push(change))
    expect(said).toEqual(
      figures.map(([what, is, should]) => `GENSET ${what} ${is} menjadi ${should}`),
    )
    expect(await usesOf()).toEqual(right)
    expect(await differencesIn(depot)).toEqual([])
  })
})

test('nothing differs after many at once have booked and corrected for the same genset', async () => {
  const wati = await depot.signIn('wati')
  const book = async (at: number) => {
    const consumer = at % 2 === 0 ? 'G1' : 'G2'
    const { id } = await use(wati, { location: 'GENSET', amount: '1', consumer })
    if (at % 3 === 0) await correct(wati, { entryId: id })
    if (at % 3 === 1)
      await correct(wati, { entryId: id, replacement: { amount: '2', consumer: 'G1' } })
  }
  await Promise.all(Array.from({ length: 30 }, (_, at) => book(at)))
  const today = (await usesOf()).filter(([day]) => day === '2026-11-23')
  expect(today).toEqual([
    ['2026-11-23', first, 2500n, 15],
    ['2026-11-23', second, 500n, 5],
  ])
  expect(await differencesIn(depot)).toEqual([])
})

test('writes down what stood there before it was mended', async () => {
  await tamper(depot, sql`delete from consumer_days where ${G1()}`)
  await rebuildBooks(depot.system, () => undefined)
  const link = (await booksOf(depot.db)).audit.at(-1)
  const key = `2026-11-22 ${first}`
  expect(JSON.parse(link?.before ?? '')).toMatchObject({ days: {}, consumerDays: { [key]: null } })
  expect(JSON.parse(link?.after ?? '')).toMatchObject({
    consumerDays: { [key]: { litres: '100.00', entries: 2 } },
  })
})
