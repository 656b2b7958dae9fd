import { describe, expect, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { useDepot } from '#tests/browser/visit.ts'
import { deliver, use } from '#tests/support/books.ts'
import type { ServedDepot } from '#tests/support/serve.ts'

const DAYS = 22
const FILTER = { startDate: '2026-11-18', endDate: '2026-11-20', type: 'OUT' }
const BY_TIME = ['−120,00', '−20,00', '−119,00', '−19,00', '−118,00', '−18,00']
const BY_LITRES = ['−120,00', '−119,00', '−118,00', '−20,00', '−19,00', '−18,00']
/** The notes of every third morning. */
const FOUND = ['−21,00', '−18,00', '−15,00', '−12,00', '−9,00', '−6,00', '−3,00']

const { visit, expectQuiet } = useDepot(keepBooks)

describe('the history, with JavaScript', () => {
  test('turns pages without loading the whole page, and Back shows a whole one again', async () => {
    const seen = await visit({ as: 'wati' })
    const { page } = seen
    await page.goto('/history')
    await markDocument(page)
    await page.click('.pager a[rel=next]')
    await onPage(page, 2)
    expect(page.url()).toEndWith('/history?page=2')
    await page.click('.pager a[aria-label="Halaman 3"]')
    await onPage(page, 3)
    expect(await isMarked(page)).toBe(true)
    expect(await page.locator('#history').count()).toBe(1)
    expect(await amountsOf(page)).toHaveLength(6)

    await page.goBack({ waitUntil: 'commit' })
    await onPage(page, 2)
    expect(page.url()).toEndWith('/history?page=2')
    await expectWholePage(page)
    await page.goBack({ waitUntil: 'commit' })
    await onPage(page, 1)
    await expectWholePage(page)
    await page.goForward({ waitUntil: 'commit' })
    await onPage(page, 2)
    await expectWholePage(page)
    expectQuiet(seen)
  })

  test('filters and sorts in place, and keeps both in an address that can be loaded again', async () => {
    const seen = await visit({ as: 'wati' })
    const { page } = seen
    await page.goto('/history')
    await markDocument(page)
    await fillFilter(page)
    await page.click('#saringan button')
    await page.locator('.totals dd', { hasText: /^6$/ }).waitFor()
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual(FILTER)
    expect(await amountsOf(page)).toEqual(BY_TIME)
    await page.click('th.c-amount a')
    await page.locator('th.c-amount[aria-sort=descending]').waitFor()
    expect(await amountsOf(page)).toEqual(BY_LITRES)
    await page.click('th.c-amount a')
    await page.locator('th.c-amount[aria-sort=ascending]').waitFor()
    expect(await amountsOf(page)).toEqual(BY_LITRES.toReversed())
    expect(await isMarked(page)).toBe(true)
    expect(new URL(page.url()).searchParams.get('sort')).toBe('amount')

    await page.reload()
    expect(await amountsOf(page)).toEqual(BY_LITRES.toReversed())
    expect(await page.inputValue('#startDate')).toBe(FILTER.startDate)
    expect(await page.inputValue('#type')).toBe(FILTER.type)
    await page.goBack({ waitUntil: 'commit' })
    await page.locator('th.c-amount[aria-sort=descending]').waitFor()
    await expectWholePage(page)
    expect(await amountsOf(page)).toEqual(BY_LITRES)
    expectQuiet(seen)
  })

  test('finds words, jumps to a date and changes the rows a page in place', async () => {
    const seen = await visit({ as: 'wati' })
    const { page } = seen
    await page.goto('/history')
    await markDocument(page)
    await page.fill('#search', 'pagi')
    await page.click('#saringan button')
    await page.locator('.totals dd', { hasText: /^7$/ }).waitFor()
    expect(await amountsOf(page)).toEqual(FOUND)
    expect(await page.locator('th a').count()).toBe(FOUND.length)
    await page.click('#saringan a.quiet')
    await onPage(page, 1)
    await page.fill('#date', '2026-11-05')
    await page.click('.jump button')
    await onPage(page, 2)
    expect(await page.locator('#history').textContent()).toContain('5 November 2026')
    await page.click('.pager-sizes a[aria-label^="100"]')
    await page.locator('.pager-sizes a[aria-current][aria-label^="100"]').waitFor()
    expect(await amountsOf(page)).toHaveLength(46)
    expect(page.url()).toEndWith('/history?limit=100')
    expect(await isMarked(page)).toBe(true)
    expectQuiet(seen)
  })

  test('says so where nothing matches, and leads back to everything', async () => {
    const { page } = await visit({ as: 'wati' })
    await page.goto('/history')
    await page.fill('#search', 'tidak ada yang begini')
    await page.click('#saringan button')
    await page.locator('#history', { hasText: 'Tidak ada catatan yang cocok' }).waitFor()
    await page.click('.empty a')
    await onPage(page, 1)
    expect(page.url()).toEndWith('/history')
  })
})

describe('the history, without JavaScript', () => {
  test('turns pages, filters and sorts by links and forms', async () => {
    const seen = await visit({ as: 'wati', javaScriptEnabled: false })
    const { page } = seen
    await page.goto('/history')
    await page.click('.pager a[rel=next]')
    await page.waitForURL('**/history?page=2')
    expect(await amountsOf(page)).toHaveLength(20)
    await fillFilter(page)
    await page.click('#saringan button')
    await page.waitForURL('**/history?*type=OUT*')
    expect(await amountsOf(page)).toEqual(BY_TIME)
    await page.click('thead th.c-time a')
    await page.waitForURL('**/history?*sort=date*')
    expect(await amountsOf(page)).toEqual(BY_TIME.toReversed())
    expect(await page.inputValue('#endDate')).toBe(FILTER.endDate)
    await page.goto('/history')
    await page.fill('#date', '2026-11-05')
    await page.click('.jump button')
    await page.waitForURL('**/history?date=2026-11-05')
    await onPage(page, 2)
    await page.click('#saringan summary')
    await page.selectOption('#kind', 'delivery')
    await page.click('#saringan button')
    await page.waitForURL('**/history?*kind=delivery*')
    expect(await amountsOf(page)).toEqual(['+500,00', '+9.000,00'])
    expectQuiet(seen)
  })
})

/** Two a day at GENSET, of which the mornings are as many litres as the day is old, and one at TUG_ASSIST. */
async function keepBooks({ signIn }: ServedDepot): Promise<void> {
  const wati = await signIn('wati')
  const at = (day: number, clock: string) => `2026-11-${String(day).padStart(2, '0')}T${clock}`
  const location = 'GENSET'
  const sure = { confirmUnusual: true }
  await deliver(wati, { location, amount: 9000, occurredAt: at(1, '07:00') })
  await deliver(wati, { location: 'TUG_ASSIST', amount: 500, occurredAt: at(1, '09:00') })
  for (let day = 1; day <= DAYS; day += 1) {
    const notes = day % 3 === 0 ? 'shift pagi' : 'rutin'
    await use(wati, { location, amount: day, occurredAt: at(day, '08:00'), notes })
    await use(wati, {
      location,
      amount: 100 + day,
      occurredAt: at(day, '20:00'),
      notes: 'malam',
      ...sure,
    })
  }
}

async function fillFilter(page: Page): Promise<void> {
  await page.fill('#startDate', FILTER.startDate)
  await page.fill('#endDate', FILTER.endDate)
  await page.selectOption('#type', FILTER.type)
}

const amountsOf = (page: Page): Promise<string[]> =>
  page.locator('#history td.c-amount').allTextContents()

const onPage = (page: Page, number: number): Promise<void> =>
  page.locator(`.pager a[aria-current=page][aria-label="Halaman ${number}"]`).waitFor()

/** A mark that does not outlive the document. */
const markDocument = (page: Page): Promise<unknown> => page.evaluate('window.isMarked = true')
const isMarked = (page: Page): Promise<unknown> => page.evaluate('window.isMarked === true')

async function expectWholePage(page: Page): Promise<void> {
  expect(await page.locator('body > header.topbar').count()).toBe(1)
  expect(await page.locator('main > #history').count()).toBe(1)
  expect(await page.title()).toBe('Riwayat · Monitoring BBM')
  const caption = `getComputedStyle(document.querySelector('caption')).position`
  expect(await page.evaluate(caption)).toBe('absolute')
}
