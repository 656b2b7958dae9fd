import { afterAll, beforeAll, expect, test } from 'bun:test'
import { asc, eq, sql } from 'drizzle-orm'
import type { Actor } from '#src/auth/permissions.ts'
import { compareWithUsual } from '#src/charts/consumer-rules.ts'
import { readConsumersChart } from '#src/charts/consumers.ts'
import type { Period } from '#src/charts/rules.ts'
import { selectUsedDays } from '#src/charts/used-days.ts'
import { migrate } from '#src/database/migrate.ts'
import { consumers, locations } from '#src/database/schema/locations.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { readReport } from '#src/reports/queries.ts'
import { addDays, businessDay, type Day } from '#src/units/business-day.ts'
import { bringIn, csv } from '#tests/imports/bring-in.ts'
import { differencesIn, tamper } from '#tests/ledger/verifying.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { booksOf, deliver } from '#tests/support/books.ts'
import { rootDatabaseUrl } from '#tests/support/database.ts'
import { randomNumbers } from '#tests/support/random.ts'

const SEED = 77
const BOOKINGS = 320
const CORRECTIONS = 90
const IMPORTED = 250
const FIRST_DAY = '2025-04-01'
const DAYS = 600
const PLACES = ['GENSET', 'TUG_ASSIST']
const NAMES = ['Satu', 'Dua', 'Tiga', 'Jarang']
const WHO: Actor = {
  id: 0,
  name: 'Wati',
  email: 'wati@contoh.test',
  role: 'supervisor',
  location: null,
}

const random = randomNumbers(SEED)
const below = (end: number): number => Math.floor(random() * end)
const pick = <One>(list: One[]): One | undefined => list[below(list.length)]
/** Two thirds of the days are the last fifth, so that some have their sixty days near and some far back. */
const anyDay = (): Day =>
  addDays(FIRST_DAY, random() < 0.66 ? DAYS - 1 - below(DAYS / 5) : below(DAYS))
/** Both sides of midnight in the company's zone. */
const anyTime = (): string => `${anyDay()}T${pick(['00:00', '07:59', '08:00', '23:59'])}`
/** The last one hardly ever runs. */
const anyName = (): string | null =>
  random() < 0.02 ? 'Jarang' : (pick([...NAMES.slice(0, 3), null]) ?? null)

let depot: Depot
beforeAll(async () => {
  depot = await openDepot()
  const places = await depot.db.select().from(locations)
  for (const { id: locationId } of places)
    for (const name of NAMES)
      await depot.db.insert(consumers).values({ name, kind: 'genset', locationId })
  await bookAtRandom()
}, 120_000)
afterAll(() => depot.close())

/** Usages and deliveries with and without a name, a file among them, and corrections to another name, day and amount. */
async function bookAtRandom(): Promise<void> {
  let wati = await depot.signIn('wati')
  for (const location of PLACES)
    await deliver(wati, { location, amount: 900_000, occurredAt: '2025-03-31T12:00' })
  for (let at = 0; at < BOOKINGS; at++) {
    if (at === BOOKINGS / 2) {
      await importAtRandom()
      // One session alone may not write that often.
      wati = await depot.signIn('wati')
    }
    await wati.api('POST', random() < 0.15 ? '/api/stock/in' : '/api/stock/out', {
      location: pick(PLACES),
      amount: (below(90_000) + 1) / 100,
      occurredAt: anyTime(),
      consumer: anyName(),
      confirmUnusual: true,
    })
  }
  for (let at = 0; at < CORRECTIONS; at++) {
    const booked = await depot.db.select({ id: entries.id }).from(entries)
    const replacement = {
      amount: below(300) + 1,
      ...(random() < 0.5 && { occurredAt: anyTime() }),
      ...(random() < 0.7 && { consumer: anyName() }),
    }
    await wati.api('POST', '/api/stock/corrections', {
      entryId: pick(booked)?.id,
      reason: 'salah ketik',
      confirmUnusual: true,
      ...(random() < 0.7 && { replacement }),
    })
  }
}

async function importAtRandom(): Promise<void> {
  const rows = Array.from({ length: IMPORTED }, () => {
    const type = random() < 0.1 ? 'IN' : 'OUT'
    return `${anyTime()}:00+08:00,${type},${pick(PLACES)},${below(200) + 1},dari berkas,`
  })
  const { outcome, sentences } = await bringIn(depot, csv(...rows))
  expect({ outcome, sentences }).toEqual({ outcome: 'booked', sentences: [] })
}

/** The entries that count, with nothing of the code under test. */
async function readCounting() {
  const all = await depot.db.select().from(entries).orderBy(asc(entries.id))
  const reversed = new Set(all.map(({ reversesId }) => reversesId))
  return all.filter(({ id, kind }) => kind !== 'reversal' && !reversed.has(id))
}

type Entry = Awaited<ReturnType<typeof readCounting>>[number]
type Used = {
  locationId: number
  consumerId: number | null
  day: Day
  litres: bigint
  entries: number
}

function usedDaysOf(counting: Entry[], { first, last }: Period): Used[] {
  const days = new Map<string, Used>()
  for (const { type, locationId, consumerId, occurredAt, litres } of counting) {
    const day = businessDay(occurredAt, 'Asia/Makassar')
    if (type !== 'OUT' || day < first || day > last) continue
    const key = `${locationId} ${consumerId} ${day}`
    const one = days.get(key) ?? { locationId, consumerId, day, litres: 0n, entries: 0 }
    days.set(key, { ...one, litres: one.litres + litres, entries: one.entries + 1 })
  }
  return [...days.values()]
}

const inAnyOrder = <Row extends object>(rows: Row[]): Row[] =>
  rows.toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : 1))
const textOf = (row: object): string =>
  JSON.stringify(row, (_, value) => (typeof value === 'bigint' ? String(value) : value))

const PERIODS: Period[] = [
  { first: '2025-11-23', last: '2026-11-22' },
  { first: '2026-10-01', last: '2026-10-31' },
  { first: '2026-09-15', last: '2026-09-15' },
  { first: '2025-01-01', last: '2026-11-23' },
  { first: '2024-01-01', last: '2024-12-31' },
]

test('the books have what they need to prove something', async () => {
  const all = await depot.db.select().from(entries)
  const replaced = all.filter(({ replacesId }) => replacesId !== null)
  expect(all.filter(({ kind }) => kind === 'reversal').length).toBeGreaterThan(50)
  expect(replaced.length).toBeGreaterThan(20)
  expect(all.filter(({ importId }) => importId !== null)).toHaveLength(IMPORTED)
  expect(
    all.filter(({ type, consumerId }) => type === 'IN' && consumerId !== null).length,
  ).toBeGreaterThan(10)
  expect(await differencesIn(depot)).toEqual([])
})

test.each(PERIODS)(
  'the days of each who used fuel are those of the entries, $first to $last',
  async (period) => {
    const places = await depot.db.select().from(locations)
    const counting = await readCounting()
    for (const chosen of [places, places.slice(0, 1), places.slice(1)]) {
      const ids = new Set(chosen.map(({ id }) => id))
      const should = usedDaysOf(counting, period).filter(({ locationId }) => ids.has(locationId))
      expect(inAnyOrder(await selectUsedDays(depot.db, chosen, period))).toEqual(inAnyOrder(should))
    }
  },
)

test.each(PERIODS)(
  'the view says of each what the entries come to, $first to $last',
  async (period) => {
    const counting = await readCounting()
    const used = usedDaysOf(counting, period)
    const year = { first: addDays(period.first, -366), last: addDays(period.first, -1) }
    const before = usedDaysOf(counting, year)
    const { places } = await readConsumersChart(depot.db, WHO, { period })
    const named = await depot.db.select().from(consumers)
    for (const { code, rows } of places ?? []) {
      const [place] = await depot.db.select().from(locations).where(eq(locations.code, code))
      const own = [...named.filter(({ locationId }) => locationId === place?.id), null]
      const should = own.flatMap((consumer) => {
        const isOwn = ({ locationId, consumerId }: Used) =>
          locationId === place?.id && consumerId === (consumer?.id ?? null)
        const days = used.filter(isOwn)
        if (consumer === null && days.length === 0) return []
        const litres = days.reduce((sum, day) => sum + day.litres, 0n)
        const count = days.reduce((sum, day) => sum + day.entries, 0)
        const sums = { litres, entries: count, days: days.length }
        return [{ name: consumer?.name ?? null, ...compareWithUsual(sums, before.filter(isOwn)) }]
      })
      expect(inAnyOrder(rows)).toEqual(inAnyOrder(should))
    }
    expect(places).toHaveLength(PLACES.length)
  },
)

test.each(['2025-03', '2026-07', '2026-10', '2026-11'])(
  'so does the report of %s',
  async (month) => {
    const question = { month, today: '2026-11-23', zone: 'Asia/Makassar' }
    const { details } = await readReport(depot.db, WHO, question)
    const within = (await readCounting()).filter(({ businessDay: day }) => day.startsWith(month))
    const named = await depot.db.select().from(consumers)
    const places = await depot.db.select().from(locations)
    for (const { location, begun, deliveries, usage, ...report } of details ?? []) {
      const id = places.find(({ code }) => code === location.code)?.id
      const own = within.filter(({ locationId }) => locationId === id)
      const sumOf = (rows: Entry[]) => ({
        litres: rows.reduce((sum, { litres }) => sum + litres, 0n),
        entries: rows.length,
      })
      const of = (kind: string) => sumOf(own.filter((entry) => entry.kind === kind))
      expect({ begun, deliveries, usage }).toEqual({
        begun: of('opening'),
        deliveries: of('delivery'),
        usage: of('usage'),
      })
      expect([report.otherIn, report.otherOut]).toEqual([0n, 0n])
      const uses = Map.groupBy(
        own.filter(({ kind }) => kind === 'usage'),
        ({ consumerId }) => consumerId,
      )
      const should = [...uses].map(([consumerId, rows]) => ({
        consumer: named.find((one) => one.id === consumerId)?.name ?? null,
        ...sumOf(rows),
      }))
      expect(inAnyOrder(report.consumers)).toEqual(inAnyOrder(should))
    }
    expect(details).toHaveLength(PLACES.length)
  },
)

test('books from before there were such days get them from their entries', async () => {
  const days = async () =>
    (await booksOf(depot.db)).consumerDays.filter(({ entries: count }) => count !== 0)
  const right = await days()
  expect(right.length).toBeGreaterThan(100)
  await tamper(depot, sql`drop table consumer_days`)
  await tamper(depot, sql`delete from schema_migrations where mark like '%\\_consumer\\_days:%'`)
  await migrate(rootDatabaseUrl())
  expect(await days()).toEqual(right)
  expect(await differencesIn(depot)).toEqual([])
})
