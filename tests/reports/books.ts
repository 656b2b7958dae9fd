import { eq } from 'drizzle-orm'
import { consumers, locations } from '#src/database/schema/locations.ts'
import type { Depot } from '#tests/support/app.ts'
import { correct, deliver, use } from '#tests/support/books.ts'

/**
 * Books of GENSET that begin on the last minute of a leap February, are quiet for years, and in October 2026 hold
 * everything that a report tells apart; its first and last minute are used as well.
 */
export async function keepMonths(depot: Depot): Promise<void> {
  const location = 'GENSET'
  const wati = await depot.signIn('wati')
  const [place] = await depot.db.select().from(locations).where(eq(locations.code, location))
  if (!place) throw new Error('there is no GENSET')
  for (const name of ['G1', 'G2', 'G3'])
    await depot.db.insert(consumers).values({ name, kind: 'genset', locationId: place.id })
  const at = (occurredAt: string, amount: number, consumer?: string) => ({
    location,
    occurredAt,
    amount,
    consumer,
  })
  await deliver(wati, { ...at('2024-02-29T23:59', 1000), kind: 'opening' })
  await use(wati, at('2026-10-01T00:00', 10, 'G1'))
  await use(wati, at('2026-10-31T23:59', 20.25, 'G2'))
  await use(wati, at('2026-10-20T12:00', 30))
  await use(wati, at('2026-11-01T00:00', 5, 'G2'))
  const short = await deliver(wati, at('2026-10-05T09:00', 500))
  await correct(wati, { entryId: short.id, replacement: { amount: 800 } })
  const doubled = await use(wati, at('2026-10-10T09:00', 100, 'G1'))
  await correct(wati, { entryId: doubled.id })
  const misdated = await use(wati, at('2026-10-12T09:00', 40, 'G1'))
  const replacement = { amount: 45, occurredAt: '2026-11-02T08:00' }
  await correct(wati, { entryId: misdated.id, replacement })
}
