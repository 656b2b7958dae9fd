import { expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { locations } from '#src/database/schema/locations.ts'
import { largestLetters } from '#tests/browser/measure.ts'
import { useDepot } from '#tests/browser/visit.ts'
import { deliver, use } from '#tests/support/books.ts'

const PHONE = { width: 360, height: 740 }
const DESKTOP = { width: 1366, height: 768 }

const { visit, depot } = useDepot(async ({ db, signIn }) => {
  // With a gauge, which takes up more of the screen.
  const limits = { capacityLitres: 2_500_000n, lowStockLitres: 500_000n }
  await db.update(locations).set(limits).where(eq(locations.code, 'GENSET'))
  await deliver(await signIn('wati'), { location: 'GENSET', amount: '18460.5' })
})

for (const viewport of [PHONE, DESKTOP]) {
  const screen = `${viewport.width}×${viewport.height}`

  test.each([
    ['', '100'],
    [', also where stock runs out', '15000'],
  ])(`a clerk sees the balance and the amount field on ${screen}%s`, async (_, amount) => {
    await use(await depot().signIn('sari'), { amount })
    const { page } = await visit({ as: 'sari', viewport })
    await page.goto('/')
    for (const selector of ['.plate-number', '.gauge', '#amount', '.echo']) {
      const box = await page.locator(selector).first().boundingBox()
      expect([
        selector,
        box !== null && box.y >= 0 && box.y + box.height <= viewport.height,
      ]).toEqual([selector, true])
    }
  })

  test(`what is left is by far the largest thing on a clerk's ${screen}`, async () => {
    const { page } = await visit({ as: 'sari', viewport })
    await page.goto('/')
    await page.fill('#amount', '350')
    const { inside, outside } = await largestLetters(page, '.plate-number')
    expect(inside).toBeGreaterThanOrEqual(2 * outside)
  })
}

test('both colour schemes are drawn, the plate dark in either', async () => {
  const backgrounds = new Set<unknown>()
  for (const colorScheme of ['light', 'dark'] as const) {
    const { page } = await visit({ as: 'sari', colorScheme })
    await page.goto('/')
    backgrounds.add(await page.evaluate('getComputedStyle(document.body).backgroundColor'))
    const plate = await page.evaluate(
      `getComputedStyle(document.querySelector('.plate')).backgroundColor`,
    )
    expect(plate).toBe('rgb(11, 51, 59)')
  }
  expect(backgrounds.size).toBe(2)
})
