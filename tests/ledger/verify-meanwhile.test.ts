import { afterAll, beforeAll, expect, test } from 'bun:test'
import { bringIn, csv } from '#tests/imports/bring-in.ts'
import { differencesIn } from '#tests/ledger/verifying.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { correct, countEntries, deliver, use } from '#tests/support/books.ts'

let depot: Depot
beforeAll(async () => {
  depot = await openDepot()
})
afterAll(() => depot.close())

test('what is booked, corrected and brought in meanwhile shows no difference', async () => {
  const wati = await depot.signIn('wati')
  await deliver(wati, { location: 'GENSET', amount: 1000, occurredAt: '2026-11-20T08:00' })
  await deliver(wati, { location: 'TUG_ASSIST', amount: 1000, occurredAt: '2026-11-20T08:00' })
  let isDone = false
  const write = async (location: string) => {
    for (let day = 20; !isDone; day = day === 22 ? 20 : day + 1) {
      const occurredAt = `2026-11-${day}T09:00`
      const { id } = await use(wati, { location, amount: '0.50', occurredAt })
      await correct(wati, { entryId: id, replacement: { amount: '0.25' } })
      await deliver(wati, { location, amount: '0.25' })
    }
  }
  const bring = async () => {
    for (let hour = 10; !isDone && hour < 24; hour++)
      await bringIn(depot, csv(`2026-11-21T${hour}:00,IN,GENSET,1,,`))
  }
  const writing = Promise.all([write('GENSET'), write('TUG_ASSIST'), bring()])
  const found: string[] = []
  for (let round = 0; round < 10; round++) found.push(...(await differencesIn(depot)))
  isDone = true
  await writing
  expect(found).toEqual([])
  expect(await countEntries(depot.db)).toBeGreaterThan(30)
  expect(await differencesIn(depot)).toEqual([])
})
