import { expect, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { addConsumer } from '#tests/browser/pages.ts'
import { read, useDepot } from '#tests/browser/visit.ts'
import { deliver, use } from '#tests/support/books.ts'

const { visit, expectQuiet } = useDepot(async (depot) => {
  const wati = await depot.signIn('wati')
  const location = 'GENSET'
  await addConsumer(depot, { location, name: 'Genset 1' })
  await deliver(wati, { location, occurredAt: '2026-10-02T08:00', amount: 9000 })
  await use(wati, { location, occurredAt: '2026-10-15T08:00', amount: 2500, consumer: 'Genset 1' })
})

/** Widths and heights of the sheets, in points. */
async function sheetsOf(page: Page): Promise<string[]> {
  const file = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  return [...file.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, width, height]) =>
    [width, height].map((side) => Math.round(Number(side))).join(' × '),
  )
}

test('prints upright on A4: the sheets and nothing else', async () => {
  const seen = await visit({ as: 'wati' })
  const { page } = seen
  await page.goto('/reports/2026-10?location=GENSET')
  expect(await sheetsOf(page)).toEqual(['595 × 842', '595 × 842'])
  await page.goto('/reports/2026-10')
  expect(new Set(await sheetsOf(page))).toEqual(new Set(['595 × 842']))
  await page.emulateMedia({ media: 'print' })
  for (const gone of ['.topbar', '.report-tools', '.foot', '.stock-chart-narrow'])
    expect(await page.locator(gone).first().isVisible()).toBe(false)
  for (const there of ['.sheet', '.stock-chart', '.signatures'])
    expect(await page.locator(there).first().isVisible()).toBe(true)
  expectQuiet(seen)
})

test('the button opens the window for printing, and is not there without a script', async () => {
  const seen = await visit({ as: 'sari' })
  await seen.context.addInitScript('window.print = function () { window.isPrinted = true }')
  await seen.page.goto('/reports/2026-10')
  await seen.page.click('[data-print]')
  expect(await seen.page.evaluate('window.isPrinted')).toBe(true)
  expectQuiet(seen)
  const bare = await visit({ as: 'sari', javaScriptEnabled: false })
  await bare.page.goto('/reports/2026-10')
  expect(await bare.page.locator('[data-print]').isVisible()).toBe(false)
  expect(await bare.page.locator('.stock-chart:not(.stock-chart-narrow)').isVisible()).toBe(true)
})

test('usage of each genset is drawn from its table, and the view is kept by a swap', async () => {
  const seen = await visit({ as: 'wati' })
  const { page } = seen
  await page.goto('/charts?location=GENSET')
  await page.click('.chart-views a:has-text("Per genset")')
  await page.waitForURL('**/charts?*view=consumers')
  await page.locator('#consumers-table').waitFor()
  await page.click('.page-head .ranges a:has-text("12 bulan")')
  await page.waitForURL('**/charts?*startDate=2025-11-24*view=consumers')
  await page.locator('figure[data-chart-kind] canvas').waitFor()
  expect(await read(page, '#consumers-table tbody tr')).toBe('Genset 12.500,001belum cukup data')
  const saved = page.waitForEvent('download')
  await page.click('[data-chart-png]')
  expect((await saved).suggestedFilename()).toBe('genset-kapal-GENSET-2025-11-24-2026-11-23.png')
  expectQuiet(seen)
})
