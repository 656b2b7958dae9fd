import { afterAll, beforeAll, expect, test } from 'bun:test'
import { desc, eq } from 'drizzle-orm'
import { systemLogs } from '#src/database/schema/audit.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { bringIn, csv } from '#tests/imports/bring-in.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { correct, deliver, use } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'
import { wordsOf } from '#tests/support/html.ts'

let depot: Depot
let sari: Client
let wati: Client
let usageId: number
let corrected: Awaited<ReturnType<typeof correct>>
beforeAll(async () => {
  depot = await openDepot()
  sari = await depot.signIn('sari')
  wati = await depot.signIn('wati')
  await deliver(wati, { location: 'GENSET', amount: 1000 })
  usageId = (await use(sari, { amount: 30 })).id
  corrected = await correct(wati, { entryId: usageId, replacement: { amount: '35' } })
})
afterAll(() => depot.close())

/** The rows of the audit trail on an entry's page, each as one line of words. */
async function trailOf(client: Client, entryId: number): Promise<string[]> {
  const response = await client.get(`/history/${entryId}`)
  expect(response.status).toBe(200)
  const html = await response.text()
  const rows = html.match(/<tr id="change-\d+">.*?<\/tr>/gs) ?? []
  return rows.map((row) => wordsOf(row).trim())
}

async function lastLink(subject: string) {
  const [link] = await depot.db
    .select()
    .from(systemLogs)
    .where(eq(systemLogs.subject, subject))
    .orderBy(desc(systemLogs.id))
  if (!link) throw new Error(`nothing is said of ${subject}`)
  return link
}

test('an entry shows when, by whom and where in the chain it was written down', async () => {
  const { id } = await use(sari, { amount: 7 })
  const { position, hash } = await lastLink(`entry:${id}`)
  expect(await trailOf(sari, id)).toEqual([
    `23/11/2026 14.05 Pencatatan Sari Wulandari GENSET, baris ${position} ${hash.slice(0, 12)} …`.replace(
      ' …',
      '…',
    ),
  ])
})

test('what was corrected shows both, the reversal and the replacement the correction', async () => {
  const own = await trailOf(sari, usageId)
  expect(own.map((row) => /Pencatatan|Perbaikan/.exec(row)?.[0])).toEqual([
    'Pencatatan',
    'Perbaikan',
  ])
  for (const entry of [corrected.reversal, corrected.replacement])
    expect(await trailOf(sari, entry?.id ?? 0)).toEqual(own.slice(1))
  expect(own[1]).toContain('Wati Lestari')
})

test('what a file brought in shows the file', async () => {
  const { outcome } = await bringIn(depot, csv('2026-11-01 08:00,IN,TUG_ASSIST,500,,DO-1'))
  expect(outcome).toBe('booked')
  const [entry] = await depot.db.select().from(entries).orderBy(desc(entries.id)).limit(1)
  const [row = '', ...others] = await trailOf(wati, entry?.id ?? 0)
  expect(others).toEqual([])
  expect(row).toContain('Impor berkas')
  expect(row).toContain('Administrasi, baris')
})

test('leads those who may see all of it to the audit trail, and nobody to what is not theirs', async () => {
  const path = `/history/${usageId}`
  expect(await (await wati.get(path)).text()).toContain('Semua jejak audit')
  expect(await (await sari.get(path)).text()).not.toContain('Semua jejak audit')
  const budi = await depot.signIn('budi')
  expect((await budi.get(path)).status).toBe(404)
})
