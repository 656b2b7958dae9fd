import { describe, expect, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { bookElsewhere } from '#tests/browser/pages.ts'
import { read, useDepot, type Visit } from '#tests/browser/visit.ts'
import { deliver, use } from '#tests/support/books.ts'
import type { ServedDepot } from '#tests/support/serve.ts'

const HALF_A_MINUTE = 31_000
/** By then an answer would have been put to use. */
const SOON = 300

const { depot, visit, expectQuiet } = useDepot(keepBooks)

describe('the first page of the history', () => {
  test('shows what others book on top, marked, and what is read stays where it is', async () => {
    const seen = await openAt('/history')
    const { page } = seen
    await page.evaluate('window.scrollTo(0, 500)')
    const read = '#history tbody tr[id^=entry-] >> nth=9'
    const id = await page.locator(read).getAttribute('id')
    const before = await topOf(page, `#${id}`)
    await bookElsewhere(page, '7')
    await waitHalfAMinute(page)
    await page.locator('tr.new', { hasText: '−7,00' }).waitFor()
    expect(Math.abs((await topOf(page, `#${id}`)) - before)).toBeLessThan(2)
    expect(await page.locator('tr.new').count()).toBe(1)
    expect(await page.locator('.totals dd').first().textContent()).toBe('42')

    await bookElsewhere(page, '8')
    await waitHalfAMinute(page)
    await page.locator('tr.new', { hasText: '−8,00' }).waitFor()
    expect(Math.abs((await topOf(page, `#${id}`)) - before)).toBeLessThan(2)
    expect(await page.locator('tr.new').count()).toBe(2)
    expect(await page.evaluate('document.activeElement === document.body')).toBe(true)
    // What came by itself answers like the rest.
    await page.locator('tr.new .c-end a').first().click()
    await page.locator('.drawer').waitFor()
    expectQuiet(seen)
  })

  test('says what is new while a correction is open, and shows it when asked', async () => {
    const seen = await openAt('/history')
    const { page } = seen
    await page.locator('.c-end a[hx-get]').nth(3).click()
    await page.locator('.drawer #replacement-amount').fill('12')
    const before = await topOf(page, '.drawer')
    for (const amount of ['1', '2', '3']) await bookElsewhere(page, amount)
    await waitHalfAMinute(page)
    await page.locator('#history-news button').waitFor()
    expect(await read(page, '#history-news')).toBe('3 catatan baru Tampilkan')
    expect(await page.inputValue('#replacement-amount')).toBe('12')
    expect(Math.abs((await topOf(page, '.drawer')) - before)).toBeLessThan(2)
    expect(await page.evaluate('document.activeElement.id')).toBe('replacement-amount')
    await page.click('#history-news button')
    await page.locator('tr.new').nth(2).waitFor()
    expect(await page.locator('#history-news button').count()).toBe(0)
    expect(await page.evaluate('document.activeElement.id')).toBe('history')
    expectQuiet(seen)
  })

  test('leaves a half-typed filter alone', async () => {
    const seen = await openAt('/history')
    const { page } = seen
    await page.fill('#search', 'shift pa')
    await bookElsewhere(page)
    await waitHalfAMinute(page)
    await page.locator('#history-news button').waitFor()
    await page.evaluate('document.activeElement.blur()')
    await waitHalfAMinute(page)
    await page.locator('tr.new').waitFor()
    expect(await page.inputValue('#search')).toBe('shift pa')
    expect(await read(page, '#history-news')).toBe('')
    expectQuiet(seen)
  })

  test('asks nothing on other pages, nor while nobody looks', async () => {
    const { page, requests } = await openAt('/history?page=2')
    await waitHalfAMinute(page)
    expect(requests.filter((url) => url.includes('seen='))).toEqual([])
    await page.goto('/history')
    await page.evaluate(
      `Object.defineProperty(document, 'hidden', { configurable: true, get: function () { return true } })`,
    )
    await waitHalfAMinute(page)
    expect(requests.filter((url) => url.includes('seen='))).toEqual([])
    const asked = page.waitForRequest(/seen=/)
    await page.evaluate(
      `Object.defineProperty(document, 'hidden', { configurable: true, get: function () { return false } })
       document.dispatchEvent(new Event('visibilitychange'))`,
    )
    await asked
  })

  test('of a person who was signed out stays as it is, without another question', async () => {
    const seen = await openAt('/history')
    const { page, context, requests } = seen
    await page.fill('#search', 'setengah')
    await context.clearCookies()
    const answered = page.waitForResponse(/seen=/)
    await waitHalfAMinute(page)
    await answered
    await page.waitForTimeout(SOON)
    await waitHalfAMinute(page)
    await waitHalfAMinute(page)
    expect(page.url()).toEndWith('/history')
    expect(await page.inputValue('#search')).toBe('setengah')
    expect(requests.filter((url) => url.includes('seen='))).toHaveLength(1)
    expectQuiet(seen)
  })
})

describe('the dashboard', () => {
  test('of a clerk brings its figures up to date around a half-typed form', async () => {
    const seen = await openAt('/', 'sari')
    const { page } = seen
    await page.click('#usage-form details.more summary')
    await page.fill('#notes', 'setengah')
    await page.fill('#amount', '9.999.999')
    const before = await topOf(page, '#amount')
    await use(await depot().signIn('wati'), { location: 'GENSET', amount: '20' })
    await bookElsewhere(page, '10')
    await waitHalfAMinute(page)
    await page.locator('#balance', { hasText: '8.150' }).waitFor()
    await page.locator('#last tr.new', { hasText: '−10,00' }).waitFor()
    expect(await page.inputValue('#amount')).toBe('9.999.999')
    expect(await page.inputValue('#notes')).toBe('setengah')
    expect(await page.evaluate('document.activeElement.id')).toBe('amount')
    expect(Math.abs((await topOf(page, '#amount')) - before)).toBeLessThan(2)
    // Reckoned from what is left now.
    expect(await read(page, '#amount-echo')).toContain('sisa tidak cukup: 8.150,00 liter')
    expectQuiet(seen)
  })

  test('of a supervisor draws plates, entries and chart anew, and waits while one of them has the focus', async () => {
    const seen = await openAt('/')
    const { page } = seen
    const link = '.plate a >> nth=0'
    await page.focus(link)
    await bookElsewhere(page, '10')
    await waitHalfAMinute(page)
    await page.waitForTimeout(SOON)
    expect(await page.locator('tr.new').count()).toBe(0)
    await page.evaluate('document.activeElement.blur()')
    await waitHalfAMinute(page)
    await page.locator('#last tr.new', { hasText: '−10,00' }).waitFor()
    expect(await page.locator('[data-chart] canvas').isVisible()).toBe(true)
    expectQuiet(seen)
  })
})

describe('on paper', () => {
  test('the history is a table under its filter, without anything to press', async () => {
    const { page } = await visit({ as: 'wati' })
    await page.goto('/history?type=OUT&startDate=2026-11-20')
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('.print-head').isVisible()).toBe(true)
    const head = await read(page, '.print-head')
    expect(head).toContain('Saringan: Sejak 20/11/2026, semua lokasi, keluar')
    expect(head).toContain('Dicetak 23/11/2026 14.05 WITA oleh Wati Lestari')
    for (const selector of ['.nav', 'form', 'button', '.button', '.ranges', '.pager ul', '.c-end'])
      expect([selector, await visibleOf(page, selector)]).toEqual([selector, 0])
    for (const selector of ['thead', '.totals dl', 'tr.day', '.pager p'])
      expect([selector, (await visibleOf(page, selector)) > 0]).toEqual([selector, true])
    const display = `getComputedStyle(document.querySelector('#history thead')).display`
    expect(await page.evaluate(display)).toBe('table-header-group')
  })
})

test('the link with the filter is copied by a button', async () => {
  const { page, context } = await visit({ as: 'wati' })
  await context.grantPermissions(['clipboard-read'])
  await page.goto('/history')
  await page.selectOption('#type', 'OUT')
  await page.click('#saringan button')
  await page.waitForURL('**/history?type=OUT')
  await page.click('[data-copy-link]')
  await page.locator('[data-copy-link]', { hasText: 'Tautan tersalin' }).waitFor()
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(page.url())
})

async function openAt(path: string, as: 'wati' | 'sari' = 'wati'): Promise<Visit> {
  const seen = await visit({ as })
  await seen.page.clock.install()
  await seen.page.goto(path)
  return seen
}

const waitHalfAMinute = (page: Page): Promise<void> => page.clock.runFor(HALF_A_MINUTE)

const topOf = async (page: Page, selector: string): Promise<number> =>
  (await page.locator(selector).first().boundingBox())?.y ?? Number.NaN

async function visibleOf(page: Page, selector: string): Promise<number> {
  const found = await page.locator(`#history ${selector}, .topbar ${selector}`).all()
  const seen = await Promise.all(found.map((one) => one.isVisible()))
  return seen.filter(Boolean).length
}

/** Forty usages at GENSET, two a day. */
async function keepBooks({ signIn }: ServedDepot): Promise<void> {
  const [wati, sari] = [await signIn('wati'), await signIn('sari')]
  await deliver(wati, { location: 'GENSET', amount: 9000, occurredAt: '2026-11-01T07:00' })
  for (let count = 0; count < 40; count += 1) {
    const day = String(3 + Math.floor(count / 2)).padStart(2, '0')
    const who = count < 38 ? wati : sari
    const occurredAt = `2026-11-${day}T${count % 2 === 0 ? '08' : '20'}:00`
    await use(who, { location: 'GENSET', amount: 20.5, occurredAt })
  }
}
