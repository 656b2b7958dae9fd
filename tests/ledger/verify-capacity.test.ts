import { afterAll, beforeEach, expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { locations } from '#src/database/schema/locations.ts'
import { verifyBooks } from '#src/ledger/verify.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { deliver, use } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'

let depot: Depot
let wati: Client
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  wati = await depot.signIn('wati')
})
afterAll(() => depot.close())

async function remarks(): Promise<string[]> {
  const found: string[] = []
  const remark = (one: string) => void found.push(one)
  const verified = await verifyBooks(depot.system, () => undefined, remark)
  expect(verified.differences).toBe(0)
  return found
}

const limit = (capacityLitres: bigint) =>
  depot.db.update(locations).set({ capacityLitres }).where(eq(locations.code, 'GENSET'))

test('remarks on each time above capacity, with its highest point, and calls it no difference', async () => {
  await limit(2_400_000n)
  const at = (occurredAt: string, amount: number) => ({
    location: 'GENSET',
    amount,
    occurredAt,
    confirmUnusual: true,
  })
  await deliver(wati, at('2026-03-14T08:00', 24_000))
  expect(await remarks()).toEqual([])
  await deliver(wati, at('2026-03-14T09:20', 1_000))
  await deliver(wati, at('2026-03-14T10:00', 100))
  await use(wati, at('2026-03-14T12:00', 600))
  await use(wati, at('2026-03-15T07:00', 500))
  await deliver(wati, at('2026-03-16T00:00', 0.01))
  expect(await remarks()).toEqual([
    'GENSET: melebihi kapasitas 24.000,00 liter sejak 14/03/2026 09.20 sampai 15/03/2026 07.00, paling banyak 25.100,00 liter',
    'GENSET: melebihi kapasitas 24.000,00 liter sejak 16/03/2026 00.00 sampai sekarang, paling banyak 24.000,01 liter',
  ])
})

test('names twenty times at a location and counts the others', async () => {
  for (let minute = 10; minute < 33; minute++) {
    const occurredAt = `2026-11-20T08:${minute}`
    await deliver(wati, { location: 'GENSET', amount: 2, occurredAt })
    await use(wati, { location: 'GENSET', amount: 2, occurredAt })
  }
  await limit(100n)
  const found = await remarks()
  expect(found).toHaveLength(21)
  expect(found.at(-1)).toBe('GENSET: dan 3 kali lagi melebihi kapasitas')
})
