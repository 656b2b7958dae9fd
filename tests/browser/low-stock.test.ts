import { expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { locations } from '#src/database/schema/locations.ts'
import { useDepot } from '#tests/browser/visit.ts'
import { deliver } from '#tests/support/books.ts'

const BANNER = '#low-stock aside'

const { visit, depot, expectQuiet } = useDepot(async ({ db, signIn }) => {
  await db.update(locations).set({ lowStockLitres: 500_000n }).where(eq(locations.code, 'GENSET'))
  await deliver(await signIn('wati'), { location: 'GENSET', amount: 6000 })
})

test('a usage that takes the stock under its threshold brings the banner without a new page', async () => {
  const seen = await visit({ as: 'sari' })
  const { page } = seen
  await page.goto('/')
  expect(await page.locator(BANNER).count()).toBe(0)
  await page.fill('#amount', '1800')
  await page.click('#usage-form button')
  await page.locator(BANNER).waitFor()
  expect(await page.locator(BANNER).textContent()).toContain('Sisa 4.200,00 liter')
  await page.click('.nav a[href="/history"]')
  await page.locator('#history').waitFor()
  expect(await page.locator(BANNER).count()).toBe(1)
  await deliver(await depot().signIn('wati'), { location: 'GENSET', amount: 6000 })
  await page.reload()
  expect(await page.locator(BANNER).count()).toBe(0)
  expectQuiet(seen)
})

test('"Kirim ringkasan" opens WhatsApp beside the page, which the policy lets through', async () => {
  const { page, context, problems } = await visit({ as: 'sari' })
  await context.route('https://wa.me/**', (route) => route.fulfill({ body: 'WhatsApp' }))
  await page.goto('/')
  const [opened] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('link', { name: 'Kirim ringkasan' }).click(),
  ])
  await opened.waitForURL('https://wa.me/**')
  expect(new URL(opened.url()).searchParams.get('text')).toContain('Sisa: 6.000,00 L')
  expect(await opened.evaluate('window.opener')).toBeNull()
  expect(await page.locator('#amount').count()).toBe(1)
  expect(problems).toEqual([])
})
