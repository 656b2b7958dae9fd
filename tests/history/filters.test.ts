import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import { asc } from 'drizzle-orm'
import { consumers } from '#src/database/schema/locations.ts'
import { addConsumer } from '#tests/browser/pages.ts'
import { HistoryJson, refusalOf } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { correct, deliver, use } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'
import { fieldValue, isMarkedWrong, wordsOf } from '#tests/support/html.ts'

const GENSET = 'Genset #1'
const TUG = 'TB Satu'

let depot: Depot
let sari: Client
let wati: Client
/** Numbers by name: of people, of consumers and of entries. */
const ids: Record<string, number> = {}

beforeAll(async () => {
  depot = await openDepot()
  sari = await depot.signIn('sari')
  wati = await depot.signIn('wati')
  await addConsumer(depot, { location: 'GENSET', name: GENSET })
  await addConsumer(depot, { location: 'TUG_ASSIST', name: TUG })
  const at = (occurredAt: string, location = 'GENSET') => ({ occurredAt, location })
  const tug = (occurredAt: string) => at(occurredAt, 'TUG_ASSIST')
  const genset = { ...at('2026-11-02T08:00'), amount: 1000 }
  ids.opening = (await deliver(wati, { ...at('2026-11-01T08:00'), amount: 5, kind: 'opening' })).id
  ids.delivery = (await deliver(wati, genset)).id
  ids.tugDelivery = (await deliver(wati, { ...tug('2026-11-03T08:00'), amount: 500 })).id
  ids.usage = (await use(sari, { ...at('2026-11-22T08:00'), amount: 30, consumer: GENSET })).id
  ids.wrong = (await use(sari, { ...at('2026-11-22T09:00'), amount: 20 })).id
  ids.tugUsage = (await use(wati, { ...tug('2026-11-22T10:00'), amount: 40, consumer: TUG })).id
  const { reversal, replacement } = await correct(sari, {
    entryId: ids.wrong,
    replacement: { amount: '25', occurredAt: '2026-11-22T11:00', consumer: GENSET },
  })
  ids.reversal = reversal.id
  ids.replacement = replacement?.id ?? 0
  const having = await depot.db.select().from(consumers).orderBy(asc(consumers.id))
  for (const { id, name } of having) ids[name] = id
})
/** A session may take ten files a minute. */
beforeEach(async () => {
  sari = await depot.signIn('sari')
  wati = await depot.signIn('wati')
})
afterAll(() => depot.close())

const rowsOf = (html: string): number[] =>
  [...html.matchAll(/\bid="entry-(\d+)"/g)].map(([, id]) => Number(id))

/** What the page, its fragment, the API and a file show under one filter, which is the same everywhere. */
async function ask(filter: Record<string, string>, client = wati): Promise<number[]> {
  const query = new URLSearchParams(filter)
  const api = await client.get(`/api/stock/history?${query}`)
  expect([String(query), api.status]).toEqual([String(query), 200])
  const { data, totals } = HistoryJson.parse(await api.json())
  const found = data.map(({ id }) => id)
  expect(totals.entries).toBe(found.length)
  const page = await client.get(`/history?${query}`)
  const fragment = await client.fragment(`/history?${query}`)
  expect(rowsOf(await page.text())).toEqual(found)
  expect(rowsOf(await fragment.text())).toEqual(found)
  const file = await client.get(`/stock/export?format=csv&${query}`)
  const lines = (await file.text()).trim().split('\n').slice(1)
  expect(lines.map((line) => Number(line.split(',').at(-1))).sort()).toEqual(found.toSorted())
  return found
}

const idsOf = (names: string[]): number[] => names.map((name) => ids[name] ?? 0)
const numbered = ({ consumer, ...filter }: Record<string, string>): Record<string, string> =>
  consumer === undefined ? filter : { ...filter, consumer: String(ids[consumer] ?? consumer) }

const FILTERED: [Record<string, string>, string[]][] = [
  [{ kind: 'opening' }, ['opening']],
  [{ kind: 'delivery' }, ['tugDelivery', 'delivery']],
  [{ kind: 'usage' }, ['replacement', 'tugUsage', 'wrong', 'usage']],
  [{ kind: 'reversal' }, ['reversal']],
  [{ kind: 'transfer' }, []],
  [{ kind: 'usage', location: 'TUG_ASSIST' }, ['tugUsage']],
  [{ kind: 'usage', type: 'IN' }, []],
  [{ kind: 'usage', sort: 'amount' }, ['wrong', 'replacement', 'usage', 'tugUsage']],
  [{ consumer: GENSET }, ['replacement', 'usage']],
  [{ consumer: TUG }, ['tugUsage']],
  [{ consumer: GENSET, location: 'TUG_ASSIST' }, []],
  [{ consumer: '999999' }, []],
  [{ user: '999999' }, []],
  [{ corrected: 'yes' }, ['reversal', 'wrong']],
  [{ corrected: 'no' }, ['replacement', 'tugUsage', 'usage', 'tugDelivery', 'delivery', 'opening']],
  [{ corrected: 'yes', type: 'IN' }, ['reversal']],
  [{ corrected: 'yes', type: 'OUT', location: 'GENSET' }, ['wrong']],
  [{ corrected: 'yes', location: 'TUG_ASSIST' }, []],
  [{ corrected: 'yes', endDate: '2026-11-21' }, []],
  [{ corrected: 'no', type: 'OUT', location: 'GENSET' }, ['replacement', 'usage']],
  [{ corrected: 'no', type: 'IN' }, ['tugDelivery', 'delivery', 'opening']],
  [{ corrected: 'no', startDate: '2026-11-22' }, ['replacement', 'tugUsage', 'usage']],
  [{ corrected: 'no', kind: 'usage', endDate: '2026-11-22' }, ['replacement', 'tugUsage', 'usage']],
]

describe('the history', () => {
  test.each(FILTERED)(
    'under %o shows the same on page, fragment, API and file',
    async (filter, names) => {
      expect(await ask(numbered(filter))).toEqual(idsOf(names))
    },
  )

  test('of one person shows what that person booked', async () => {
    const user = String(depot.ids.sari)
    const own = ['replacement', 'reversal', 'wrong', 'usage']
    expect(new Set(await ask({ user }))).toEqual(new Set(idsOf(own)))
    expect(await ask({ user, kind: 'usage', corrected: 'no' })).toEqual(
      idsOf(['replacement', 'usage']),
    )
  })

  test('keeps every filter in its field, opens what would else work unseen, and says it in words', async () => {
    const filter = {
      kind: 'usage',
      user: String(depot.ids.sari),
      consumer: String(ids[GENSET]),
      corrected: 'no',
    }
    const html = await (await wati.get(`/history?${new URLSearchParams(filter)}`)).text()
    for (const [name, value] of Object.entries(filter)) expect(fieldValue(html, name)).toBe(value)
    expect(html).toMatch(/<details class="more filters-more" open/)
    expect(wordsOf(html)).toContain(
      'Semua tanggal, semua lokasi, pemakaian, oleh Sari Wulandari, untuk Genset #1, tanpa yang diperbaiki',
    )
    const plain = await (await wati.get('/history')).text()
    expect(plain).toContain('<details class="more filters-more">')
  })

  test('offers a clerk the own people and consumers only', async () => {
    const html = await (await sari.get('/history')).text()
    expect(wordsOf(html)).not.toContain(TUG)
    expect(wordsOf(html)).not.toContain('Budi Santoso')
    expect(await ask({ consumer: String(ids[TUG]) }, sari)).toEqual([])
  })
})

const REFUSED: [string, string, string][] = [
  ['kind', 'pemakaian', 'Pilih dari daftar.'],
  ['user', 'sari', 'Pilih dari daftar.'],
  ['consumer', '0', 'Pilih dari daftar.'],
  ['corrected', 'true', 'Pilih dari daftar.'],
  ['search', 'do 7', 'Tulis sedikitnya satu kata dengan 3 huruf atau lebih.'],
  ['date', '30/02/2026', 'Tulis tanggal yang ada, misalnya 23/11/2026.'],
  ['startDate', 'kemarin', 'Tulis tanggal yang ada, misalnya 23/11/2026.'],
]

describe('a filter that makes no sense', () => {
  test.each(REFUSED)('%s=%s is told at its field', async (name, value, sentence) => {
    const path = `/history?${new URLSearchParams({ [name]: value })}`
    for (const answer of [await wati.get(path), await wati.fragment(path)]) {
      const html = await answer.text()
      expect(answer.status).toBe(422)
      expect(isMarkedWrong(html, name)).toBe(true)
      expect(wordsOf(html)).toContain(sentence)
      expect(rowsOf(html)).toEqual([])
    }
    const api = await wati.get(`/api/stock/history?${new URLSearchParams({ [name]: value })}`)
    expect(Object.keys((await refusalOf(api)).details)).toEqual([name])
  })

  test('a clerk who names another location is refused, whatever else is asked for', async () => {
    const query = 'location=TUG_ASSIST&kind=usage&corrected=perhaps'
    for (const path of [`/history?${query}`, `/api/stock/history?${query}`])
      expect((await sari.get(path)).status).toBe(403)
    expect((await sari.fragment(`/history?${query}`)).status).toBe(403)
  })
})
