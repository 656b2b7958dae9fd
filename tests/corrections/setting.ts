import { expect } from 'bun:test'
import { refusalOf } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { booksOf, deliver, use } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'

export const REASON = 'angka meter terbalik'

/** A depot with a delivery of the day before, and a usage of Sari's to correct. */
export async function openCorrectable(usage: Record<string, unknown>) {
  const depot = await openDepot()
  const wati = await depot.signIn('wati')
  const sari = await depot.signIn('sari')
  const delivery = { location: 'GENSET', amount: 5000, occurredAt: '2026-11-22T08:00' }
  const deliveryId = (await deliver(wati, { ...delivery, reference: 'DO 1' })).id
  const usageId = (await use(sari, usage)).id
  return { depot, wati, sari, deliveryId, usageId }
}

export const send = (client: Client, fields: Record<string, unknown>, key?: string) =>
  client.api(
    'POST',
    '/api/stock/corrections',
    { reason: REASON, ...fields },
    key ? { 'Idempotency-Key': key } : {},
  )

/** The refusal books nothing. */
export async function expectRefused(depot: Depot, answer: Promise<Response>, status: number) {
  const before = await booksOf(depot.db)
  const response = await answer
  expect(response.status).toBe(status)
  expect(await booksOf(depot.db)).toEqual(before)
  return refusalOf(response)
}
