import { afterAll, beforeEach, expect, test } from 'bun:test'
import { type SQL, sql } from 'drizzle-orm'
import { differencesIn, locationId, tamper } from '#tests/ledger/verifying.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { correct, deliver, use } from '#tests/support/books.ts'

let depot: Depot
let ids: { opening: number; usage: number; reversal: number; replacement: number }
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  const wati = await depot.signIn('wati')
  const at = { location: 'GENSET' }
  const opening = await deliver(wati, { ...at, amount: '1000', occurredAt: '2026-11-20T08:00' })
  const usage = await use(wati, { ...at, amount: '100', occurredAt: '2026-11-20T10:00' })
  const corrected = await correct(wati, { entryId: usage.id, replacement: { amount: '120' } })
  ids = {
    opening: opening.id,
    usage: usage.id,
    reversal: corrected.reversal.id,
    replacement: corrected.replacement?.id ?? 0,
  }
  expect(await differencesIn(depot)).toEqual([])
})
afterAll(() => depot.close())

const NOT_OPPOSITE = () => `catatan ${ids.reversal}: bukan kebalikan dari catatan ${ids.usage}`
const NOT_ALIKE = () =>
  `catatan ${ids.replacement}: lokasi atau jenisnya bukan dari catatan ${ids.usage}`
const NOT_TOGETHER = () =>
  `catatan ${ids.replacement}: tidak dibukukan bersama pembalikan ${ids.reversal}`
const set = (what: SQL, id: number) => sql`update transactions set ${what} where id = ${id}`

const CASES: [string, () => SQL | Promise<SQL>, () => string][] = [
  ['other litres', () => set(sql`litres = 99.99`, ids.reversal), NOT_OPPOSITE],
  ['the same type', () => set(sql`type = 'OUT'`, ids.reversal), NOT_OPPOSITE],
  [
    'another moment',
    () => set(sql`occurred_at = '2026-11-20 03:00:00'`, ids.reversal),
    NOT_OPPOSITE,
  ],
  [
    'another location',
    async () => set(sql`location_id = ${await locationId(depot, 'TUG_ASSIST')}`, ids.reversal),
    NOT_OPPOSITE,
  ],
  ['a reversal for its original', () => set(sql`kind = 'reversal'`, ids.usage), NOT_OPPOSITE],
  [
    'a kind that is none of a reversal',
    () => set(sql`kind = 'delivery'`, ids.reversal),
    () => `catatan ${ids.reversal}: jenis dan rujukan perbaikan tidak cocok`,
  ],
  [
    'a replacement of another kind',
    () => set(sql`kind = 'adjustment'`, ids.replacement),
    NOT_ALIKE,
  ],
  ['a replacement of another type', () => set(sql`type = 'IN'`, ids.replacement), NOT_ALIKE],
  [
    'a replacement at another location',
    async () => set(sql`location_id = ${await locationId(depot, 'TUG_ASSIST')}`, ids.replacement),
    NOT_ALIKE,
  ],
  [
    'a replacement that was booked later',
    () => set(sql`recorded_at = '2026-11-23 06:05:00.001'`, ids.replacement),
    NOT_TOGETHER,
  ],
  [
    'a replacement of what was never reversed',
    () => set(sql`replaces_id = ${ids.opening}`, ids.replacement),
    () => `catatan ${ids.replacement}: pengganti catatan ${ids.opening}, yang tidak dibalik`,
  ],
  [
    'a replacement that lost its place in the minute',
    () => set(sql`place_of_id = null`, ids.replacement),
    () =>
      `catatan ${ids.replacement}: tempat di menitnya nomornya sendiri, seharusnya catatan ${ids.usage}`,
  ],
  [
    'a replacement at the place of another',
    () => set(sql`place_of_id = ${ids.opening}`, ids.replacement),
    () =>
      `catatan ${ids.replacement}: tempat di menitnya catatan ${ids.opening}, seharusnya catatan ${ids.usage}`,
  ],
  [
    'an entry at the place of another that it does not replace',
    () => set(sql`place_of_id = ${ids.usage}`, ids.opening),
    () => `catatan ${ids.opening}: menempati tempat catatan ${ids.usage}, tetapi bukan pengganti`,
  ],
]
test.each(CASES)('names a correction with %s', async (_, statement, sentence) => {
  await tamper(depot, await statement())
  expect(await differencesIn(depot)).toContain(sentence())
})
