import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { dataOf, SummaryJson } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { correct, deliver, use } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'
import { wordsOf } from '#tests/support/html.ts'

let depot: Depot
let wati: Client
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  wati = await depot.signIn('wati')
  await deliver(wati, { location: 'GENSET', amount: 10_000, occurredAt: '2026-10-01T06:00' })
})
afterAll(() => depot.close())

/** 100 liters a day for so many days up to yesterday, with a day between two of them. */
async function useDaily(days: number): Promise<void> {
  for (let at = 0; at < days; at++) {
    const day = new Date(Date.UTC(2026, 10, 22 - 2 * at)).toISOString().slice(0, 10)
    await use(wati, { location: 'GENSET', amount: 100, occurredAt: `${day}T08:00` })
  }
}

const coverOf = async (client = wati) =>
  (await dataOf(await client.get('/api/stock/summary'), SummaryJson))[0]?.cover

test('the summary tells how long the stock lasts, from the days with usage', async () => {
  await useDaily(20)
  const pace = { meanDaily: '100.00', thresholdDate: null, emptyDate: '2027-02-11' }
  expect(await coverOf()).toEqual({
    recent: { ...pace, usageDays: 14 },
    long: { ...pace, usageDays: 20 },
  })
  expect(await coverOf(await depot.signIn('sari'))).toEqual(await coverOf())
})

test('today is not counted: it is not over', async () => {
  await useDaily(6)
  await use(wati, { location: 'GENSET', amount: 5000 })
  expect(await coverOf()).toBeNull()
  depot.pass({ days: 1 })
  const tomorrow = await coverOf(await depot.signIn('wati'))
  expect(tomorrow).toMatchObject({ recent: { usageDays: 7, meanDaily: '800.00' } })
})

test('a usage that was taken back is none', async () => {
  await useDaily(7)
  const wrong = await use(wati, {
    location: 'GENSET',
    amount: 700,
    occurredAt: '2026-11-21T08:00',
  })
  expect((await coverOf())?.recent).toMatchObject({ usageDays: 8, meanDaily: '175.00' })
  await correct(wati, { entryId: wrong.id })
  expect((await coverOf())?.recent).toMatchObject({ usageDays: 7, meanDaily: '100.00' })
})

describe('on the pages', () => {
  test('the plate says until when, and both paces below', async () => {
    await useDaily(20)
    for (const client of [wati, await depot.signIn('sari')]) {
      const words = wordsOf(await (await client.get('/')).text())
      expect(words).toContain('Cukup sampai ± 11 Februari 2027')
      expect(words).toContain('14 hari terakhir')
      expect(words).toContain('20 hari terakhir')
    }
  })

  test('too little usage is said, and no location is reckoned without entries', async () => {
    await useDaily(3)
    const words = wordsOf(await (await wati.get('/')).text())
    expect(words.match(/belum cukup data/g)).toHaveLength(1)
    expect(words).not.toContain('hari terakhir Rata')
  })
})

describe('"Kirim ringkasan"', () => {
  const textOf = (html: string): string => {
    const [, query = ''] = /href="https:\/\/wa\.me\/\?([^"]*)"/.exec(html) ?? []
    return new URLSearchParams(query).get('text') ?? ''
  }

  test('carries the figures of today to WhatsApp', async () => {
    await useDaily(20)
    await use(wati, { location: 'GENSET', amount: '350,5'.replace(',', '.') })
    const html = await (await wati.get('/')).text()
    expect(html).toMatch(/<a class="button"[^>]*href="https:\/\/wa\.me[^>]*rel="noopener"/)
    expect(textOf(html)).toBe(
      [
        '*Stok solar 23 November 2026 pukul 14.05 WITA*',
        '',
        '*GENSET*',
        'Stok awal: 8.000,00 L',
        'Stok masuk: 0,00 L',
        'Pemakaian: 350,50 L',
        'Sisa: 7.649,50 L',
        'Cukup sampai ± 7 Februari 2027',
        '',
        '*TUG_ASSIST*',
        'Belum ada catatan.',
      ].join('\n'),
    )
  })

  test('is a clerk’s own location only, and fresh after a booking', async () => {
    const sari = await depot.signIn('sari')
    expect(textOf(await (await sari.get('/')).text())).not.toContain('TUG_ASSIST')
    const fields = { from: 'home', amount: '12,5' }
    const answer = await sari.submit('/stock/out', fields, { 'HX-Request': 'true' })
    expect(textOf(await answer.text())).toContain('Pemakaian: 12,50 L')
  })
})
