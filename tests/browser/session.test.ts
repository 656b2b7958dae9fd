import { describe, expect, test } from 'bun:test'
import { sessions } from '#src/database/schema/users.ts'
import { read, readStatus, useDepot } from '#tests/browser/visit.ts'
import { countEntries, deliver } from '#tests/support/books.ts'
import { CAST, PASSWORD } from '#tests/support/cast.ts'

const { depot, visit } = useDepot(async ({ signIn }) =>
  deliver(await signIn('wati'), { location: 'GENSET', amount: '1000' }),
)

for (const javaScriptEnabled of [true, false]) {
  describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test('books a form whose access token ran out while it was being filled in', async () => {
      const { page, requests } = await openForm(javaScriptEnabled)
      depot().pass({ minutes: 11 })
      await page.click('#usage-form button')
      expect(await readStatus(page)).toContain('Sudah tercatat pukul 14.16: pemakaian 350,00 liter')
      expect(requests.some((url) => url.includes('/login'))).toBe(false)
      expect(await countEntries(depot().db)).toBe(2)
    })

    test('books it too where the browser has thrown the old token away', async () => {
      const { page, context } = await openForm(javaScriptEnabled)
      depot().pass({ hours: 3 })
      await context.clearCookies({ name: /^bbm_access_/ })
      await page.click('#usage-form button')
      expect(await readStatus(page)).toContain('Sudah tercatat pukul 17.05: pemakaian 350,00 liter')
      expect(await countEntries(depot().db)).toBe(2)
    })

    test('leads to the sign-in and back where the session has ended meanwhile', async () => {
      const { page } = await openForm(javaScriptEnabled)
      const { db, system } = depot()
      await db.update(sessions).set({ endedAt: system.now(), endReason: 'logout' })
      await page.click('#usage-form button')
      await page.waitForURL('**/login?next=%2Fstock%2Fout')
      await page.fill('#email', CAST.sari.email)
      await page.fill('#password', PASSWORD)
      await page.click('main button')
      await page.waitForURL('**/stock/out')
      expect(await read(page, 'h1')).toBe('Catat pemakaian')
      expect(await countEntries(depot().db)).toBe(1)
    })
  })
}

test('signs out for good, also for the page that Back would show', async () => {
  const { page } = await openForm(true)
  await page.click('.who button')
  await page.waitForURL('**/login')
  await page.goBack({ waitUntil: 'commit' })
  await page.waitForURL('**/login?next=%2F')
  expect(await page.locator('#balance').count()).toBe(0)
})

async function openForm(javaScriptEnabled: boolean) {
  const seen = await visit({ as: 'sari', javaScriptEnabled })
  await seen.page.goto('/')
  await seen.page.fill('#amount', '350')
  return seen
}
