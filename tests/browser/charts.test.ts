import { expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { locations } from '#src/database/schema/locations.ts'
import { read, useDepot } from '#tests/browser/visit.ts'
import { deliver, use } from '#tests/support/books.ts'
import { CAST, PASSWORD } from '#tests/support/cast.ts'
import { openChromium64 } from '#tests/support/chromium-64.ts'

const WAIT_LIMIT_MS = 10_000
const POLL_MS = 30

const { depot, visit, expectQuiet } = useDepot(async ({ signIn, root }) => {
  await root.db.update(locations).set({ capacityLitres: 2_500_000n, lowStockLitres: 500_000n })
  const wati = await signIn('wati')
  const location = 'GENSET'
  await deliver(wati, { location, occurredAt: '2026-11-10T08:00', amount: 9000 })
  await use(wati, { location, occurredAt: '2026-11-15T08:00', amount: 2500 })
  await deliver(wati, { location, occurredAt: '2026-11-20T08:00', amount: 7000 })
})

/** How many pixels of the canvas have the colour of a token of the stylesheet, however thinly. */
const countPixels = (token: string) => `(function () {
  var canvas = document.querySelector('[data-chart] canvas')
  var copy = document.createElement('canvas')
  copy.width = canvas.width
  copy.height = canvas.height + 1
  var context = copy.getContext('2d', { willReadFrequently: true })
  context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('${token}').trim()
  context.fillRect(0, canvas.height, 1, 1)
  context.drawImage(canvas, 0, 0)
  var wanted = context.getImageData(0, canvas.height, 1, 1).data
  var pixels = context.getImageData(0, 0, canvas.width, canvas.height).data
  var count = 0
  for (var at = 0; at < pixels.length; at += 4) {
    var isNear = [0, 1, 2].every(function (part) { return Math.abs(pixels[at + part] - wanted[part]) < 9 })
    if (isNear && pixels[at + 3] > 60) count += 1
  }
  return count
})()`
const IS_DRAWN = `(function () {
  var figure = document.querySelector('[data-chart]')
  return figure !== null && !figure.hidden && figure.querySelector('canvas').width > 100
})()`

/** Asked from outside: the page's policy forbids the evaluation of text within. */
async function waitUntil(page: Page, expression: string): Promise<void> {
  const deadline = Date.now() + WAIT_LIMIT_MS
  while ((await page.evaluate(expression).catch(() => false)) !== true) {
    if (Date.now() > deadline) throw new Error(`waited in vain for ${expression}`)
    await sleep(POLL_MS)
  }
}

const SERIES = ['--accent', '--in', '--out', '--low-solid']
const hasSeries = (token: string) => `(${IS_DRAWN}) && ${countPixels(token)} > 50`

for (const colorScheme of ['light', 'dark'] as const) {
  test(`draws stock, deliveries, usage and the threshold from the table in ${colorScheme} colours`, async () => {
    const seen = await visit({ as: 'wati', colorScheme })
    await seen.page.goto('/charts?location=GENSET')
    await waitUntil(seen.page, IS_DRAWN)
    for (const token of SERIES) await waitUntil(seen.page, hasSeries(token))
    expectQuiet(seen)
  })
}

test('draws anew after a swap, and keeps the filter in the address', async () => {
  const seen = await visit({ as: 'wati' })
  const { page } = seen
  await page.goto('/charts?location=GENSET')
  await waitUntil(page, IS_DRAWN)
  await page.evaluate('window.isMarked = true')
  await page.click('.ranges a:has-text("7 hari")')
  await page.waitForURL('**startDate=2026-11-17**')
  await waitUntil(page, `document.querySelectorAll('#trend-table tbody tr').length === 7`)
  await waitUntil(page, IS_DRAWN)
  await waitUntil(page, hasSeries('--in'))
  expect(Number(await page.evaluate(countPixels('--out')))).toBe(0)
  await page.fill('#endDate', '2026-11-18')
  await page.selectOption('#location', '')
  await page.click('.filters button')
  await page.waitForURL('**/charts?startDate=2026-11-17&endDate=2026-11-18')
  expect(await page.evaluate('window.isMarked')).toBe(true)
  await page.goBack()
  await waitUntil(page, `document.querySelectorAll('#trend-table tbody tr').length === 7`)
  await waitUntil(page, IS_DRAWN)
  expect(await page.locator('header.topbar').count()).toBe(1)
  expectQuiet(seen)
})

test('follows when the person turns to dark colours', async () => {
  const { page } = await visit({ as: 'wati', colorScheme: 'light' })
  await page.goto('/charts?location=GENSET')
  await waitUntil(page, IS_DRAWN)
  await page.emulateMedia({ colorScheme: 'dark' })
  await waitUntil(page, hasSeries('--accent'))
})

test('saves the chart as a picture, and the table as a file', async () => {
  const seen = await visit({ as: 'sari' })
  await seen.page.goto('/charts')
  await waitUntil(seen.page, IS_DRAWN)
  for (const [button, ending, start] of [
    ['Unduh PNG', 'png', [0x89, 0x50, 0x4e, 0x47]],
    ['Unduh CSV', 'csv', [0xef, 0xbb, 0xbf]],
  ] as const) {
    const saved = seen.page.waitForEvent('download')
    await seen.page.getByText(button).click()
    const file = await saved
    expect(file.suggestedFilename()).toBe(`grafik-GENSET-2026-10-25-2026-11-23.${ending}`)
    const content = readFileSync(await file.path())
    expect([...content.subarray(0, start.length)]).toEqual([...start])
    expect(content.byteLength).toBeGreaterThan(1000)
  }
  expectQuiet(seen)
})

test('draws the last seven days on the dashboard', async () => {
  const seen = await visit({ as: 'wati' })
  await seen.page.goto('/')
  await waitUntil(seen.page, IS_DRAWN)
  await waitUntil(seen.page, hasSeries('--in'))
  expectQuiet(seen)
})

test('without JavaScript the table says it all', async () => {
  const seen = await visit({ as: 'wati', javaScriptEnabled: false })
  const { page } = seen
  await page.goto('/')
  await page.click('.nav a[href="/charts"]')
  await page.selectOption('#location', 'GENSET')
  await page.fill('#startDate', '2026-11-09')
  await page.click('.filters button')
  await page.waitForURL('**/charts?location=GENSET&startDate=2026-11-09&endDate=2026-11-23')
  expect(await page.locator('figure').isVisible()).toBe(false)
  expect(await page.getByText('Unduh PNG').isVisible()).toBe(false)
  expect(await read(page, '#trend-table tbody tr:nth-child(9)')).toBe(
    '15/119.000,000,00−2.500,006.500,00',
  )
  expectQuiet(seen)
})

test('draws and swaps in Chromium 64', async () => {
  const page = await openChromium64()
  try {
    await page.goto(`${depot().origin}/charts`)
    await page.fill('#email', CAST.wati.email)
    await page.fill('#password', PASSWORD)
    await page.click('main .primary')
    await page.waitFor(IS_DRAWN)
    await page.goto(`${depot().origin}/charts?location=GENSET`)
    await page.waitFor(IS_DRAWN)
    for (const token of SERIES) await page.waitFor(hasSeries(token))
    await page.click('.ranges a')
    await page.waitFor(`location.search.indexOf('2026-11-17') > 0`)
    await page.waitFor(IS_DRAWN)
    await page.waitFor(hasSeries('--in'))
    expect(page.problems).toEqual([])
  } finally {
    await page.close()
  }
})
