import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { openCorrectable } from '#tests/corrections/setting.ts'
import type { Depot } from '#tests/support/app.ts'
import { correct, use } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'
import { wordsOf } from '#tests/support/html.ts'

let depot: Depot
let wati: Client
let sari: Client
let usageId: number
beforeEach(async () => {
  await depot?.close()
  ;({ depot, wati, sari, usageId } = await openCorrectable({
    amount: '1287.50',
    notes: 'baris\nbaris',
    reference: 'BA 7',
  }))
})
afterAll(() => depot.close())

describe('where a correction is offered', () => {
  test('an entry page names the correction, its reason and who made it, from each side', async () => {
    const { reversal, replacement } = await correct(wati, {
      entryId: usageId,
      reason: 'salah <baca>',
      replacement: { amount: 5 },
    })
    const read = async (id?: number) => wordsOf(await (await sari.get(`/history/${id}`)).text())
    const original = await read(usageId)
    expect(original).toContain(`Diperbaiki Catatan nomor ${reversal.id} oleh Wati Lestari`)
    expect(original).toContain(`Diganti dengan Catatan nomor ${replacement?.id}`)
    expect(original).toContain('Alasan perbaikan salah <baca>')
    expect(await read(reversal.id)).toContain('Alasan salah <baca>')
    expect(await read(reversal.id)).toContain(`Memperbaiki Catatan nomor ${usageId}`)
    expect(await read(replacement?.id)).toContain(`Pengganti dari Catatan nomor ${usageId}`)
  })

  test('those who may correct an entry find the way on every screen that shows it', async () => {
    const others = await use(wati, { location: 'GENSET', amount: 1 })
    const link = (id: number) => `href="/history/${id}/correction`
    for (const path of ['/', '/history', `/history/${usageId}`]) {
      expect(await (await sari.get(path)).text()).toContain(link(usageId))
      expect(await (await wati.get(path)).text()).toContain(link(usageId))
    }
    for (const path of ['/', '/history', `/history/${others.id}`])
      expect(await (await sari.get(path)).text()).not.toContain(link(others.id))
    const { reversal } = await correct(wati, { entryId: usageId })
    const history = await (await wati.get('/history')).text()
    expect(history).not.toContain(link(usageId))
    expect(history).not.toContain(link(reversal.id))
    expect(history).toContain(
      `href="/history/${usageId}" aria-label="Rincian Pemakaian pukul 14.05"`,
    )
  })

  test('a row carries the filter along', async () => {
    const html = await (await wati.get('/history?type=OUT&sort=date')).text()
    expect(html).toContain(`href="/history/${usageId}/correction?filter=type%3DOUT%26sort%3Ddate"`)
  })
})
