import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { locations } from '#src/database/schema/locations.ts'
import { findByWords } from '#src/history/by-words.ts'
import type { Chosen } from '#src/history/chosen.ts'
import { ApiHistoryFilter } from '#src/history/input.ts'
import type { Found } from '#src/history/turning.ts'
import { lookThrough } from '#src/history/walk.ts'
import { bringIn, csv } from '#tests/imports/bring-in.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { correct, use } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'

/** Litres are null where too many entries would have to be added up. */
const Answer = z.object({
  data: z.array(z.object({ id: z.number() })),
  pagination: z.object({ newer: z.string().nullable(), older: z.string().nullable() }),
  totals: z.object({
    entries: z.number(),
    isMore: z.literal(true).optional(),
    litresIn: z.string().nullable(),
  }),
})

const ROWS = 90
const LIMIT = 7
/** They come round and round: the first in every third row. */
const NOTES = [
  'Genset utama',
  'kapal',
  'Ekor Éko',
  'genset, kapal',
  "O'Éko (EKO)",
  'neko aéko x_eko',
]

let depot: Depot
let wati: Client
beforeAll(async () => {
  depot = await openDepot()
  wati = await depot.signIn('wati')
  const rows = Array.from({ length: ROWS }, (_, at) => {
    const minute = String(Math.floor(at / 2) % 60).padStart(2, '0')
    const place = at % 4 < 2 ? 'GENSET' : 'TUG_ASSIST'
    const type = at % 5 === 4 ? 'Keluar' : 'Masuk'
    return `2026-11-22T08:${minute}:00+08:00,${type},${place},10.00,"${NOTES[at % NOTES.length]}",`
  })
  expect((await bringIn(depot, csv(...rows))).booked).toBe(ROWS)
  const { id } = await use(wati, { location: 'GENSET', amount: 5, notes: 'genset' })
  await correct(wati, { entryId: id, replacement: { amount: 4 } })
})
afterAll(() => depot.close())

describe('over HTTP', () => {
  const SEARCH = '/api/stock/history?search=gens'

  async function ask(query: string) {
    const answer = await wati.get(`${SEARCH}&limit=${LIMIT}${query}`)
    expect(answer.status).toBe(200)
    const { data, pagination, totals } = Answer.parse(await answer.json())
    return { ids: data.map(({ id }) => id), ...pagination, totals }
  }

  async function walk() {
    const pages = [await ask('')]
    for (;;) {
      const older = pages.at(-1)?.older ?? null
      if (older === null) return pages
      pages.push(await ask(`&after=${older}`))
    }
  }

  test('words give the same pages and totals, forth and back, in books of any size', async () => {
    const byIndex = await walk()
    const corrected = await ask('&corrected=yes')
    expect(corrected.ids).toHaveLength(1)
    expect(byIndex[0]?.totals.entries).toBe(ROWS / 3 + 2)
    // Books of a million entries, as far as the search can tell.
    await depot.root.db.execute(sql`update location_balances set entries = entries * 100000`)
    expect(await walk()).toEqual(byIndex)
    expect(await ask('&corrected=yes')).toEqual(corrected)
    const [first, second] = byIndex
    expect((await ask(`&before=${second?.newer}`)).ids).toEqual(first?.ids ?? [])
  })
})

test.each([
  ['eko', ['Ekor Éko', "O'Éko (EKO)"]],
  ['ÉKO', ['Ekor Éko', "O'Éko (EKO)"]],
  ['ékor', ['Ekor Éko']],
  ["o'eko", ["O'Éko (EKO)"]],
  ['aeko', ['neko aéko x_eko']],
  ['x_e', ['neko aéko x_eko']],
  ['xye', []],
])('"%s" begins a word, whatever accents and case either has', async (search, notes) => {
  const query = new URLSearchParams({ search, limit: '100' })
  const answer = await wati.get(`/api/stock/history?${query}`)
  const { data } = z
    .object({ data: z.array(z.object({ notes: z.string() })) })
    .parse(await answer.json())
  expect([...new Set(data.map((entry) => entry.notes))].sort()).toEqual(notes)
})

const SEARCHES = [
  'gens',
  'eko',
  'éko',
  'EKO',
  "o'eko",
  'neko',
  'aeko',
  'x_e',
  'kapal genset',
  'utama',
]
const FILTERS = [
  '',
  'type=IN',
  'type=OUT',
  'location=GENSET',
  'location=GENSET&type=OUT',
  'kind=usage',
  'kind=usage&location=GENSET',
  'kind=reversal',
  'user=WATI',
  'user=WATI&location=TUG_ASSIST',
  'user=WATI&type=OUT',
  'corrected=no',
  'startDate=2026-11-23',
]

describe('a walk along the timeline', () => {
  const cases = SEARCHES.flatMap((search) => FILTERS.map((filter) => [search, filter] as const))

  test.each(cases)(
    'finds of "%s" with %s what the index of words finds',
    async (search, filter) => {
      const all = await findByWords(depot.root.db, await choose(search, filter, { limit: '100' }))
      const forth = await turnThrough(search, filter, 'older')
      expect(forth.pages.flatMap(({ ids }) => ids)).toEqual(all.ids)
      const back = await turnThrough(search, filter, 'newer', forth.pages.at(-1))
      const found = new Set(back.pages.toReversed().flatMap(({ ids }) => ids))
      expect([...found]).toEqual(all.ids)
    },
  )

  test('says how far it went where it has not found enough', async () => {
    const { pages } = await turnThrough('utama', 'type=OUT', 'older')
    expect(pages.filter(({ turn }) => turn.searchedUntil).length).toBeGreaterThan(1)
    for (const { ids, turn, totals } of pages) {
      const isFull = ids.length === LIMIT && turn.older !== null
      expect(totals.isPartial ?? false).toBe(!isFull)
      if (!isFull) expect(totals.entries).toBe(ids.length)
      if (!isFull && turn.older) expect(turn.searchedUntil).toMatch(/^2026-11-2[23]$/)
    }
  })

  /** Pages of a walk that may look at a few entries only, one after the other. */
  async function turnThrough(
    search: string,
    filter: string,
    direction: 'newer' | 'older',
    from?: Found,
  ) {
    const pages: Found[] = []
    let cursor = from?.turn[direction] ?? (from ? null : undefined)
    while (cursor !== null) {
      const place = direction === 'older' ? { after: cursor ?? '' } : { before: cursor ?? '' }
      const chosen = await choose(search, filter, { limit: String(LIMIT), ...place })
      const page =
        (await lookThrough(depot.root.db, chosen, { read: 13, passed: 40 })) ??
        (await findByWords(depot.root.db, chosen))
      pages.push(page)
      expect(pages.length).toBeLessThan(20)
      cursor = page.turn[direction]
    }
    return { pages: from ? [from, ...pages] : pages }
  }
})

/** What the history makes of a query, for all that a supervisor sees. */
async function choose(
  search: string,
  filter: string,
  place: Record<string, string>,
): Promise<Chosen> {
  const asked = new URLSearchParams(filter.replace('WATI', String(depot.ids.wati)))
  const parsed = ApiHistoryFilter.parse({ ...Object.fromEntries(asked), search, ...place })
  const places = await depot.root.db.select().from(locations)
  const chosen = places.filter(
    ({ code }) => parsed.location === undefined || code === parsed.location,
  )
  const ids = chosen.map(({ id }) => id)
  const reach = parsed.location === undefined ? null : ids
  return { filter: parsed, places: ids, reach, size: ROWS, zone: depot.system.config.timezone }
}
