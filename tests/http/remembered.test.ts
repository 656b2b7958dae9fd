import { afterAll, beforeAll, expect, test } from 'bun:test'
import { locations } from '#src/database/schema/locations.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { deliver, use } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'
import { fieldValue } from '#tests/support/html.ts'

const PAGES = ['/', '/history', '/charts?location=GENSET']

let depot: Depot
let wati: Client
beforeAll(async () => {
  depot = await openDepot()
  wati = await depot.signIn('wati')
  await deliver(wati, { location: 'GENSET', amount: 1000 })
  await deliver(wati, { location: 'TUG_ASSIST', amount: 777 })
})
afterAll(() => depot.close())

const bodyOf = async (client: Client, path: string) => (await client.get(path)).text()

test.each(PAGES)('%s shows what was booked since, by whomever', async (path) => {
  const sari = await depot.signIn('sari')
  const before = await bodyOf(wati, path)
  const { balanceAfter } = await use(sari, { amount: '0.25' })
  const shown = balanceAfter.replace('.', ',').replace(/^(\d)(\d{3})/, '$1.$2')
  expect(before).not.toContain(shown)
  const after = (await bodyOf(wati, path)).replace(/<[^>]+>/g, '')
  expect(after).toContain(shown)
})

test('shows what was booked before it was asked for, however many ask meanwhile', async () => {
  const sari = await depot.signIn('sari')
  let isOver = false
  const readOn = async () => {
    while (!isOver) await bodyOf(wati, '/history')
  }
  const others = [1, 2, 3, 4].map(readOn)
  try {
    for (let round = 0; round < 12; round++) {
      const { id } = await use(sari, { amount: '0.01' })
      expect(await bodyOf(wati, '/history')).toContain(`/history/${id}"`)
    }
  } finally {
    isOver = true
    await Promise.all(others)
  }
})

test("is nobody else's: a clerk gets the own location under the same address", async () => {
  const sari = await depot.signIn('sari')
  expect(await bodyOf(wati, '/history')).toContain('777,00')
  expect(await bodyOf(sari, '/history')).not.toContain('777,00')
})

test('holds nothing of the session: another one of the same person has its own token', async () => {
  const again = await depot.signIn('wati')
  const [first, second] = [await bodyOf(wati, '/history'), await bodyOf(again, '/history')]
  expect(fieldValue(first, 'formToken')).not.toBe(fieldValue(second, 'formToken'))
})

test('outlives a change that went past the app by ten seconds at most', async () => {
  await bodyOf(wati, '/charts?location=GENSET')
  await depot.root.db.update(locations).set({ name: 'Pusat' })
  depot.pass({ seconds: 10 })
  expect(await bodyOf(wati, '/charts?location=GENSET')).toContain('Pusat')
})

test('keeps no failure', async () => {
  for (const _ of [1, 2]) expect((await wati.get('/history?type=PINDAH')).status).toBe(422)
})
