import { afterEach, describe, expect, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { read, readStatus, useDepot } from '#tests/browser/visit.ts'
import { balanceOf, correct, countEntries, deliver, use } from '#tests/support/books.ts'
import { CAST, PASSWORD } from '#tests/support/cast.ts'
import { type OldPage, openChromium64 } from '#tests/support/chromium-64.ts'
import { tabs, typed, typeInLynx, WHOLE_SCREEN } from '#tests/support/lynx.ts'

const DAYS = 15

/** Deep enough in the table that a page which jumps is noticed. */
let wrongId: number
const { depot, visit, expectQuiet } = useDepot(async ({ signIn }) => {
  const wati = await signIn('wati')
  const location = 'GENSET'
  const at = (day: number) => `2026-11-${String(day).padStart(2, '0')}T08:00`
  await deliver(wati, { location, amount: 5000, occurredAt: at(1) })
  for (let day = 2; day < 2 + DAYS; day += 1) {
    const { id } = await use(wati, { location, amount: 100, occurredAt: at(day) })
    if (day === 12) wrongId = id
  }
})

const row = () => `#entry-${wrongId}`
const end = () => `${row()} .c-end a`

describe('with JavaScript', () => {
  test('opens below its row, foresees what is typed, and changes everything in place', async () => {
    const seen = await visit({ as: 'wati' })
    const { page } = seen
    await page.goto('/history?type=OUT')
    await page.evaluate('window.isMarked = true')
    await page.click(end())
    await page.locator('#reason:focus').waitFor()
    expect(await page.getAttribute(end(), 'aria-expanded')).toBe('true')
    expect(await page.locator(`${row()}.opened + tr.drawer`).count()).toBe(1)
    await page.fill('#reason', 'angka meter terbalik')
    await page.fill('#replacement-amount', '91,5')
    await page.locator('#foreseen td', { hasText: '−91,50' }).first().waitFor()
    expect(await foreseen(page, 'Sisa sekarang')).toEqual(['3.500,00', '3.508,50'])
    expect(await page.evaluate('document.activeElement.id')).toBe('replacement-amount')
    await page.click('label[for=mode-reverse]')
    await page.locator('#foreseen td', { hasText: '3.600,00' }).waitFor()
    expect(await page.isVisible('#replacement-amount')).toBe(false)
    await page.click('label[for=mode-replace]')
    await page.locator('#foreseen td', { hasText: '3.508,50' }).waitFor()

    const top = await topOf(page)
    await page.click('.drawer button.primary')
    expect(await readStatus(page)).toBe(
      'Perbaikan tercatat pukul 14.05: pemakaian 100,00 liter menjadi 91,50 liter. Sisa sekarang 3.508,50 liter.',
    )
    await page.locator(`${end()}:focus`).waitFor()
    expect(await topOf(page)).toBeCloseTo(top, 0)
    expect(await page.locator(`${row()}.reversed`).count()).toBe(1)
    expect(await page.locator('#history tr.new').count()).toBe(1)
    expect(await page.locator('.drawer').count()).toBe(0)
    expect(await read(page, '.totals')).toContain('−1.491,50 L')
    expect(new URL(page.url()).search).toBe('?type=OUT')
    expect(await page.evaluate('window.isMarked')).toBe(true)
    expect(await balanceOf(depot().db, 'GENSET')).toBe(350_850n)
    expectQuiet(seen)
  })

  test('closes by Escape, by "Tidak jadi" and by its link, and leads the keyboard back', async () => {
    const seen = await visit({ as: 'wati' })
    const { page } = seen
    await page.goto('/history')
    const closings = [
      () => page.keyboard.press('Escape'),
      () => page.click('.drawer a.button'),
      () => page.click(end()),
    ]
    for (const close of closings) {
      await page.focus(end())
      await page.keyboard.press('Enter')
      await page.locator('#reason:focus').waitFor()
      await close()
      await page.locator('.drawer').waitFor({ state: 'detached' })
      await page.locator(`${end()}:focus`).waitFor()
      expect(await page.locator('.opened, [aria-expanded]').count()).toBe(0)
    }
    expect(page.url()).toEndWith('/history')
    await page.dblclick(end())
    await page.locator('#reason:focus').waitFor()
    await page.locator('.c-end a[hx-get]').first().click()
    await page.locator(`.opened:not(${row()}) + .drawer`).waitFor()
    expect(await page.locator('.drawer').count()).toBe(1)
    expectQuiet(seen)
  })

  test('is done with the keyboard alone', async () => {
    const { page } = await visit({ as: 'wati' })
    await page.goto('/history')
    await page.focus(end())
    await page.keyboard.press('Enter')
    await page.locator('#reason:focus').waitFor()
    await page.keyboard.type('salah lokasi')
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowRight')
    await page.locator('#foreseen td', { hasText: '3.600,00' }).waitFor()
    await page.keyboard.press('Enter')
    expect(await readStatus(page)).toContain('dibatalkan. Sisa sekarang 3.600,00 liter.')
  })

  test('keeps what was typed when it is refused, and when somebody else was quicker', async () => {
    const { page } = await visit({ as: 'wati' })
    await page.goto('/history')
    await page.click(end())
    await page.fill('#reason', 'ya')
    await page.fill('#replacement-amount', '4.999')
    await page.locator('#foreseen .error', { hasText: 'stok menjadi' }).waitFor()
    await page.click('.drawer button.primary')
    await page.locator('.drawer [data-errors]:focus').waitFor()
    expect(await page.inputValue('#replacement-amount')).toBe('4.999')
    expect(await read(page, '#reason-error')).toContain('5 sampai 500 huruf')
    await page.fill('#reason', 'cukup panjang')
    await page.fill('#replacement-amount', '50')
    await correct(await depot().signIn('agus'), { entryId: wrongId })
    await page.click('.drawer button.primary')
    await page.locator('.drawer .notice', { hasText: 'sudah diperbaiki' }).waitFor()
    expect(await page.locator('.drawer a[href^="/history/"]').count()).toBe(1)
    await page.click('text=Muat ulang riwayat')
    await page.locator(`${row()}.reversed`).waitFor()
    expect(await page.locator('.drawer').count()).toBe(0)
    expect(await countEntries(depot().db)).toBe(DAYS + 2)
  })

  test('from a page of its own leads to the row in the history', async () => {
    const seen = await visit({ as: 'wati' })
    const { page } = seen
    await page.goto(`/history/${wrongId}`)
    await page.click('main a.button')
    await page.fill('#reason', 'salah ketik')
    await page.fill('#replacement-amount', '99')
    await page.click('.preview button.primary')
    await page.waitForURL('**/history?reversal=*')
    expect(await readStatus(page)).toContain('menjadi 99,00 liter')
    expect(await page.locator(`${row()}:target`).isVisible()).toBe(true)
    const inView = `(function (box) { return box.top >= 0 && box.bottom <= innerHeight })`
    const box = `document.querySelector('${row()}').getBoundingClientRect()`
    expect(await page.evaluate(`${inView}(${box})`)).toBe(true)
    expectQuiet(seen)
  })

  test('asks about an unusual amount, and books it by the button that names it', async () => {
    const { page } = await visit({ as: 'wati' })
    await page.goto('/stock/out?location=GENSET')
    await page.fill('#amount', '1.200')
    await page.fill('#notes', 'uji beban')
    await page.click('#usage-form button')
    await page.locator('[data-question]:focus').waitFor()
    expect(await page.inputValue('#amount')).toBe('1.200')
    expect(await page.inputValue('#notes')).toBe('uji beban')
    await page.click('text=Ubah angka')
    await page.locator('#amount:focus').waitFor()
    await page.click('text=Ya, catat 1.200,00 liter')
    expect(await readStatus(page)).toContain('pemakaian 1.200,00 liter. Sisa sekarang 2.300,00')
  })
})

test('without JavaScript previews by a button, books, and comes back to the row', async () => {
  const { page } = await visit({ as: 'wati', javaScriptEnabled: false })
  await page.goto('/history?type=OUT')
  await page.click(end())
  await page.fill('#reason', 'angka meter terbalik')
  await page.fill('#replacement-amount', '600')
  await page.click('text=Lihat akibatnya')
  expect(await foreseen(page, 'Sisa sekarang')).toEqual(['3.500,00', '3.000,00'])
  expect(await page.inputValue('#reason')).toBe('angka meter terbalik')
  await page.click('text=Bukukan perbaikan')
  expect(await read(page, '[data-question]')).toContain('Lebih dari 5 kali')
  await page.click('text=Ya, bukukan 600,00 liter')
  expect(page.url()).toMatch(/\/history\?type=OUT&reversal=\d+#entry-\d+$/)
  expect(await readStatus(page)).toContain('menjadi 600,00 liter. Sisa sekarang 3.000,00 liter.')
  expect(await page.locator(`${row()}.reversed`).isVisible()).toBe(true)
  await page.click(`${row()} .c-end a`)
  expect(await read(page, '.facts')).toContain('oleh Wati Lestari')
})

test('asks in lynx, too, and heeds the answer', async () => {
  const { origin, db } = depot()
  const screen = await typeInLynx(`${origin}/stock/out?location=GENSET`, [
    ...tabs(1),
    ...typed(CAST.wati.email),
    ...tabs(1),
    ...typed(PASSWORD),
    ...tabs(1),
    '^J',
    // Past the link to the content, the brand, the navigation, the account, "Keluar" and the location.
    ...tabs(10),
    ...typed('1200'),
    ...tabs(4),
    '^J',
    // The answer stands before the fields.
    ...tabs(9),
    '^J',
    '<space>',
    WHOLE_SCREEN,
  ])
  expect(screen).toContain('Ya, catat 1.200,00 liter')
  expect(await balanceOf(db, 'GENSET')).toBe(230_000n)
})

test('without JavaScript "Batalkan saja" hides what it does not need', async () => {
  const { page } = await visit({ as: 'wati', javaScriptEnabled: false })
  await page.goto(`/history/${wrongId}/correction`)
  await page.click('label[for=mode-reverse]')
  expect(await page.isVisible('#replacement-amount')).toBe(false)
  await page.fill('#reason', 'tidak terjadi')
  await page.click('text=Bukukan perbaikan')
  expect(await readStatus(page)).toContain('dibatalkan. Sisa sekarang 3.600,00 liter.')
})

describe('in Chromium 64', () => {
  let page: OldPage | undefined
  afterEach(() => page?.close())

  test('opens, foresees, closes by Escape, books and keeps the place', async () => {
    page = await openChromium64()
    await page.goto(`${depot().origin}/`)
    await page.fill('#email', CAST.wati.email)
    await page.fill('#password', PASSWORD)
    await page.click('main .primary')
    await page.waitFor(`location.pathname === '/' && document.readyState === 'complete'`)
    await page.goto(`${depot().origin}/history`)
    await page.click(end())
    await page.waitFor(`document.activeElement.id === 'reason'`)
    await page.press('Escape')
    await page.waitFor(`!document.querySelector('.drawer, .opened')`)
    await page.click(end())
    await page.waitFor(`document.activeElement.id === 'reason'`)
    await page.fill('#reason', 'angka meter terbalik')
    await page.fill('#replacement-amount', '91,5')
    await page.waitFor(`document.querySelector('#foreseen').textContent.indexOf('3.508,50') > 0`)
    await page.click('label[for=mode-reverse]')
    await page.waitFor(`document.querySelector('#foreseen').textContent.indexOf('3.600,00') > 0`)
    await page.click('label[for=mode-replace]')
    await page.waitFor(`document.querySelector('#foreseen').textContent.indexOf('3.508,50') > 0`)
    const top = `document.querySelector('${row()}').getBoundingClientRect().top`
    await page.evaluate(
      `document.querySelector('.drawer button.primary').scrollIntoView({ block: 'center' })`,
    )
    const before = Number(await page.evaluate(top))
    await page.click('.drawer button.primary')
    await page.waitFor(`document.querySelector('#status').textContent.indexOf('3.508,50') > 0`)
    await page.waitFor(`document.activeElement.closest('${row()}')`)
    expect(Number(await page.evaluate(top))).toBeCloseTo(before, 0)
    expect(await page.evaluate(`document.querySelectorAll('#history tr.new').length`)).toBe(2)
    expect(page.problems).toEqual([])
  })
})

/** What stands in a line of the preview. */
const foreseen = (page: Page, label: string): Promise<string[]> =>
  page.locator('#foreseen tr', { hasText: label }).locator('td').allTextContents()

const topOf = (page: Page): Promise<number> =>
  page.evaluate(`document.querySelector('${row()}').getBoundingClientRect().top`)
