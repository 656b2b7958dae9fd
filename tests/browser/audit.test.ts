import { expect, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { read, useDepot } from '#tests/browser/visit.ts'
import { correct, deliver, use } from '#tests/support/books.ts'
import type { ServedDepot } from '#tests/support/serve.ts'

const { visit, expectQuiet } = useDepot(keepBooks)

async function keepBooks(depot: ServedDepot): Promise<void> {
  const wati = await depot.signIn('wati')
  await deliver(wati, { location: 'GENSET', amount: 1000 })
  for (let at = 0; at < 60; at++) await use(wati, { location: 'GENSET', amount: 1 })
  const { id } = await use(wati, { location: 'GENSET', amount: 2 })
  await correct(wati, { entryId: id, replacement: { amount: 3 } })
}

/** Told apart from a page that was loaded anew. */
const mark = (page: Page) => page.evaluate('window.isMarked = true')
const isMarked = (page: Page) => page.evaluate('window.isMarked === true')
const focused = (page: Page) => page.locator(':focus').getAttribute('href')
const rows = (page: Page) => page.locator('.changes > tbody > tr:not(.drawer)')

test('filters and turns pages in place, under addresses that can be loaded again', async () => {
  const seen = await visit({ as: 'agus' })
  const { page } = seen
  await page.goto('/audit')
  await mark(page)
  expect(await rows(page).count()).toBe(50)
  await page.click('.pager a[rel=next]')
  await page.locator('.pager a[rel=prev]').waitFor()
  expect(await rows(page).count()).toBe(15)
  await page.selectOption('#action', 'entry.correct')
  await page.click('#saringan button')
  await page.locator('.pager p', { hasText: /^1 perubahan$/ }).waitFor()
  expect(new URL(page.url()).search).toBe('?action=entry.correct')
  expect(await isMarked(page)).toBe(true)
  await page.reload()
  expect(await rows(page).count()).toBe(1)
  await page.click('.audit-lists a:not([aria-current])')
  await page.locator('.accesses, .empty').first().waitFor()
  expect(page.url()).toEndWith('/audit/access')
  expectQuiet(seen)
})

test('opens a change below its row, one at a time; Escape and “Tutup” lead back to the link', async () => {
  const seen = await visit({ as: 'wati' })
  const { page } = seen
  await page.goto('/audit')
  const links = page.locator('.changes .c-end a')
  await links.nth(0).click()
  await page.locator('.drawer .compare').waitFor()
  expect(await read(page, '.drawer .changed')).toBe('Jumlah Berubah2,00 L3,00 L')
  expect(await page.locator('.changes tr.opened + tr.drawer').count()).toBe(1)
  expect(page.url()).toEndWith('/audit')
  await page.keyboard.press('Escape')
  expect(await page.locator('.drawer').count()).toBe(0)
  expect(await focused(page)).toBe(await links.nth(0).getAttribute('href'))

  await links.nth(1).click()
  await page.locator('.opened').waitFor()
  await links.nth(2).click()
  await page.locator('.changes tr:nth-child(3).opened').waitFor()
  expect(await page.locator('.drawer').count()).toBe(1)
  await page.click('.drawer .buttons a')
  expect(await page.locator('.drawer').count()).toBe(0)
  expect(await focused(page)).toBe(await links.nth(2).getAttribute('href'))
  expectQuiet(seen)
})

test('without JavaScript the same filter, pages and changes are there by links and a form', async () => {
  const seen = await visit({ as: 'wati', javaScriptEnabled: false })
  const { page } = seen
  await page.goto('/audit')
  await page.selectOption('#action', 'entry.correct')
  await page.click('#saringan button')
  expect(await rows(page).count()).toBe(1)
  await page.click('.changes .c-end a')
  expect(await read(page, 'h1')).toStartWith('Perbaikan: Catatan nomor')
  expect(await read(page, '.changed')).toBe('Jumlah Berubah2,00 L3,00 L')
  expectQuiet(seen)
})
