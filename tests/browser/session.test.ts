import { describe, expect, test } from 'bun:test'
import { isNull } from 'drizzle-orm'
import type { Page } from 'playwright-core'
import { sessions } from '#src/database/schema/users.ts'
import { read, readStatus, signInOn, useDepot } from '#tests/browser/visit.ts'
import { countEntries, deliver, use } from '#tests/support/books.ts'
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

    test('keeps what was typed where the session has ended, and books it once after the sign-in', async () => {
      const { page } = await openForm(javaScriptEnabled, 'baris satu\nbaris "dua"')
      await endSessions()
      await page.click('#usage-form button')
      await page.locator('input[name=carried]').waitFor({ state: 'attached' })
      expect(await read(page, 'main')).toContain('Belum tercatat, isian Anda masih ada')
      expect(await focused(page)).toBe('email')
      await page.fill('#email', CAST.sari.email)
      await page.fill('#password', 'bukan-yang-ini')
      await page.click('form[action="/login"] .primary')
      await page.locator('[data-errors]').waitFor()
      await page.fill('#password', PASSWORD)
      await page.click('form[action="/login"] .primary')
      await page.locator('#usage-form').waitFor()
      expect(await read(page, '[data-errors]')).toContain('Sesi Anda berakhir')
      expect(await page.inputValue('#amount')).toBe('350')
      expect(await page.inputValue('#notes')).toBe('baris satu\nbaris "dua"')
      expect(await countEntries(depot().db)).toBe(1)

      // Loading the page again sends the sign-in again, which is worth nothing any more.
      await page.reload()
      expect(await page.inputValue('#amount')).toBe('350')
      await page.click('#usage-form button')
      expect(await readStatus(page)).toContain('pemakaian 350,00 liter')
      expect(await countEntries(depot().db)).toBe(2)
    })

    test('shows a form of an earlier session again, and books it by a second press', async () => {
      const { page, context } = await openForm(javaScriptEnabled)
      const other = await context.newPage()
      await other.goto('/history')
      await other.click('.who button')
      await signInOn(other, 'sari')
      await page.click('#usage-form button')
      await page.locator('[data-errors]').waitFor()
      expect(await read(page, '[data-errors]')).toContain('masuk sebagai Sari Wulandari')
      expect(await page.inputValue('#amount')).toBe('350')
      expect(await countEntries(depot().db)).toBe(1)
      await page.click('#usage-form button')
      expect(await readStatus(page)).toContain('pemakaian 350,00 liter')
    })

    test('changes the user in two clicks, with the password left to be typed', async () => {
      const { page } = await visit({ javaScriptEnabled })
      await page.goto('/')
      await signInOn(page, 'budi')
      await page.click('.who button')
      await signInOn(page, 'sari')
      await page.locator('.who-name').waitFor()

      await page.click('.who button')
      await page.click('.people-here >> text=Budi Santoso')
      await page.waitForURL('**/login?as=*')
      expect(await page.inputValue('#email')).toBe(CAST.budi.email)
      expect(await focused(page)).toBe('password')
      await page.keyboard.type(PASSWORD)
      await page.keyboard.press('Enter')
      await page.locator('.who-name').waitFor()
      expect(await read(page, '.who-name')).toBe(CAST.budi.name)
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

test('the page that followed a sign-in, loaded again after signing out, signs nobody in', async () => {
  const { page, context } = await openForm(true)
  await endSessions()
  await page.click('#usage-form button')
  await page.locator('#password').waitFor()
  await signInOn(page, 'sari')
  await page.locator('#usage-form').waitFor()
  const other = await context.newPage()
  await other.goto('/history')
  await other.click('.who button')
  await other.locator('.people-here').waitFor()
  // The browser sends the sign-in once more.
  await page.reload()
  await page.locator('[data-errors]').waitFor()
  expect(await read(page, '[data-errors]')).toContain('Halaman masuk ini sudah lama terbuka.')
  expect(await page.locator('.who').count()).toBe(0)
  const { db } = depot()
  expect(await db.select().from(sessions).where(isNull(sessions.endedAt))).toEqual([])
})

test('keeps a half-typed correction on the screen when its session ends, and asks when it is sent', async () => {
  const sari = await depot().signIn('sari')
  const { id } = await use(sari, { amount: '12' })
  const { page } = await visit({ as: 'sari' })
  await page.goto('/history')
  await page.click(`#entry-${id} .c-end a`)
  await page.locator('.drawer #reason').fill('salah baca')
  await endSessions()
  const preview = page.waitForResponse((response) => response.url().includes('/correction?'))
  await page.fill('#replacement-amount', '11,5')
  await preview
  await page.click('#correction-form .button.primary')
  await page.locator('.sign-in #password').waitFor()
  await signInOn(page, 'sari')
  await page.locator('#correction-form').waitFor()
  expect(await page.inputValue('#reason')).toBe('salah baca')
  expect(await page.inputValue('#replacement-amount')).toBe('11,5')
  expect(await countEntries(depot().db)).toBe(2)
  await page.click('#correction-form .button.primary')
  await page.waitForURL('**/history?reversal=*')
  expect(await countEntries(depot().db)).toBe(4)
})

test('tells of a used token until it was read, whatever page is opened', async () => {
  const { db, system } = depot()
  const at = system.now()
  await depot().signIn('sari')
  await db.update(sessions).set({ endedAt: at, endReason: 'reuse', reuseNoticedAt: at })
  const { page } = await visit({ as: 'sari' })
  await page.goto('/history')
  await page.click('.nav a[href="/charts"]')
  expect(await read(page, '.warning')).toContain('Pada 23/11/2026 14.05')
  await page.click('.warning button')
  await page.waitForURL('**/charts')
  expect(await page.locator('.warning').count()).toBe(0)
})

const endSessions = () =>
  depot()
    .db.update(sessions)
    .set({ endedAt: depot().system.now(), endReason: 'logout' })
    .where(isNull(sessions.endedAt))

const focused = (page: Page): Promise<unknown> => page.evaluate('document.activeElement.id')

async function openForm(javaScriptEnabled: boolean, notes = '') {
  const seen = await visit({ as: 'sari', javaScriptEnabled })
  await seen.page.goto('/')
  await seen.page.fill('#amount', '350')
  if (notes === '') return seen
  await seen.page.click('#usage-form .more summary')
  await seen.page.fill('#notes', notes)
  return seen
}
