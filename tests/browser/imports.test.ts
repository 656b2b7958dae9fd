import { describe, expect, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { read, useDepot } from '#tests/browser/visit.ts'
import { csv } from '#tests/imports/bring-in.ts'
import { balanceOf, countEntries } from '#tests/support/books.ts'

const { depot, visit, expectQuiet } = useDepot(async () => undefined)

const SHORT = csv(
  '2026-01-01T08:00,IN,GENSET,100,,',
  '2026-01-02T08:00,OUT,GENSET,130.25,truk,',
  '2026-01-03T08:00,IN,GUDANG_2,7,,',
)

async function upload(page: Page, text: string, name = 'buku.csv'): Promise<void> {
  await page.setInputFiles('#file', { name, mimeType: 'text/csv', buffer: Buffer.from(text) })
  await page.click('text=Periksa berkas')
}

describe.each([true, false])('with JavaScript: %p', (javaScriptEnabled) => {
  test('an admin uploads, mends what is wrong on the spot, and books', async () => {
    const seen = await visit({ as: 'agus', javaScriptEnabled })
    const { page } = seen
    await page.goto('/')
    await page.click('.nav a[href="/imports"]')
    await upload(page, SHORT)
    expect(await read(page, '#problems')).toContain('Lokasi tidak dikenal.')
    await page.click('label[for=createLocations]')
    await page.click('text=Periksa lagi')
    expect(await read(page, '.notice.bad')).toContain('stok kurang 30,25 liter')
    expect(await page.inputValue('#opening-GENSET')).toBe('30,25')
    await page.fill('#opening-GENSET', '40')
    await page.click('text=Periksa lagi')
    expect(await read(page, '.notice.done')).toContain('3 baris dan 1 stok awal siap dibukukan')
    expect(await read(page, '#places')).toContain('GUDANG_2 Lokasi baru')
    expect(await countEntries(depot().db)).toBe(0)
    await page.dblclick('text=Bukukan 3 baris')
    await page.locator('text=Berkas dibukukan').waitFor()
    expect(await read(page, '.notice.done')).toContain('3 baris dan 1 stok awal sudah dibukukan')
    expect(await balanceOf(depot().db, 'GENSET')).toBe(975n)
    expect(await countEntries(depot().db)).toBe(4)
    await page.click('text=Impor lain')
    expect(await read(page, '#past tbody')).toContain('buku.csv')
    expectQuiet(seen)
  })
})

test('what is refused stands at its field, first thing on the page, and can be done again', async () => {
  const { page } = await visit({ as: 'agus' })
  await page.goto('/imports')
  await page.click('text=Periksa berkas')
  await page.locator('[data-errors]:focus').waitFor()
  await page.click('[data-errors] a')
  await page.locator('#file:focus').waitFor()
  await upload(page, 'nama\nAgus\n')
  expect(await read(page, '#file-error')).toContain('Kolom tidak ada: tanggal')
  await upload(page, csv('2026-01-01T08:00,IN,GENSET,1,,'))
  expect(await read(page, '.notice.done')).toContain('1 baris siap dibukukan')
  await page.reload()
  expect(await read(page, '.notice.done')).toContain('1 baris siap dibukukan')
})
