import { afterAll, beforeAll, expect, test } from 'bun:test'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { bringIn, csv } from '#tests/imports/bring-in.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import type { Client } from '#tests/support/client.ts'

/** Litres are null where too many entries would have to be added up. */
const Found = z.object({
  data: z.array(z.object({ id: z.number() })),
  pagination: z.object({ newer: z.string().nullable(), older: z.string().nullable() }),
  totals: z.object({
    entries: z.number(),
    isMore: z.literal(true).optional(),
    litresIn: z.string().nullable(),
  }),
})

/** Every third of these holds the word. */
const ROWS = 90
const LIMIT = 7

let depot: Depot
let wati: Client
beforeAll(async () => {
  depot = await openDepot()
  wati = await depot.signIn('wati')
  const rows = Array.from({ length: ROWS }, (_, at) => {
    const minute = String(Math.floor(at / 2) % 60).padStart(2, '0')
    const notes = at % 3 === 0 ? 'Genset utama' : 'kapal'
    return `2026-11-22T08:${minute}:00+08:00,Masuk,${at % 2 ? 'GENSET' : 'TUG_ASSIST'},10.00,${notes},`
  })
  expect((await bringIn(depot, csv(...rows))).booked).toBe(ROWS)
})
afterAll(() => depot.close())

async function ask(query: string) {
  const answer = await wati.get(`/api/stock/history?search=gens&limit=${LIMIT}${query}`)
  expect(answer.status).toBe(200)
  const { data, pagination, totals } = Found.parse(await answer.json())
  return { ids: data.map(({ id }) => id), ...pagination, totals }
}

async function walk(): Promise<number[][]> {
  const pages: number[][] = []
  for (let older: string | null = ''; older !== null; ) {
    const page = await ask(older === '' ? '' : `&after=${older}`)
    pages.push(page.ids)
    older = page.older
  }
  return pages
}

test('words give the same pages, forth and back, whether found by the index or along the timeline', async () => {
  const byIndex = await walk()
  expect(byIndex.flat()).toHaveLength(ROWS / 3)
  expect((await ask('')).totals).toMatchObject({ entries: ROWS / 3 })
  // Books of a million entries, as far as the search can tell.
  await depot.root.db.execute(sql`update location_balances set entries = 1000000`)
  const first = await ask('')
  expect(first.totals).toMatchObject({ entries: 20, isMore: true, litresIn: null })
  expect(await walk()).toEqual(byIndex)
  const second = await ask(`&after=${first.older}`)
  expect((await ask(`&before=${second.newer}`)).ids).toEqual(first.ids)
})
