import { describe, expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import type { Page } from 'playwright-core'
import { users } from '#src/database/schema/users.ts'
import { read, readStatus, useDepot } from '#tests/browser/visit.ts'
import { deliver } from '#tests/support/books.ts'
import { CAST, PASSWORD } from '#tests/support/cast.ts'
import { openChromium64 } from '#tests/support/chromium-64.ts'
import { tabs, typed, typeInLynx, WHOLE_SCREEN } from '#tests/support/lynx.ts'

const NEW = 'kuda-makan-rumput'

const { depot, visit, expectQuiet } = useDepot(async ({ signIn }) =>
  deliver(await signIn('wati'), { location: 'GENSET', amount: '1000' }),
)

const typeOf = (page: Page, id: string) => page.getAttribute(`#${id}`, 'type')
const showButton = (page: Page, name: string) => page.getByRole('button', { name })

async function makeUpPassword(): Promise<void> {
  const { db, ids } = depot()
  await db.update(users).set({ mustChangePassword: true }).where(eq(users.id, ids.sari))
}

async function signIn(page: Page, password: string): Promise<void> {
  await page.fill('#email', CAST.sari.email)
  await page.fill('#password', password)
  await page.click('main .primary')
}

describe('a password field', () => {
  test('shows what was typed while its button is pressed, and is a password again when it is sent', async () => {
    const seen = await visit()
    const { page } = seen
    await page.goto('/login')
    await page.fill('#email', CAST.sari.email)
    await page.fill('#password', PASSWORD)
    const button = showButton(page, 'Tampilkan kata sandi')
    expect([await typeOf(page, 'password'), await button.getAttribute('aria-pressed')]).toEqual([
      'password',
      'false',
    ])
    await button.press('Enter')
    expect([await typeOf(page, 'password'), await button.getAttribute('aria-pressed')]).toEqual([
      'text',
      'true',
    ])
    expect(await page.inputValue('#password')).toBe(PASSWORD)
    await page.evaluate(`document.addEventListener('submit', function () {
      sessionStorage.setItem('sentAs', document.getElementById('password').type)
    })`)
    await page.click('main .primary')
    await page.locator('#usage-form').waitFor()
    expect(await page.evaluate(`sessionStorage.getItem('sentAs')`)).toBe('password')
    expectQuiet(seen)
  })

  test('takes what is pasted, whole', async () => {
    const { page } = await visit({ as: 'sari' })
    await page.goto('/account/password')
    const long = 'ikan-terbang-'.repeat(8)
    // What is shown can be copied, as from a keeper of passwords.
    await showButton(page, 'Tampilkan kata sandi baru').click()
    await page.fill('#newPassword', long)
    await page.focus('#newPassword')
    await page.keyboard.press('Control+A')
    await page.keyboard.press('Control+C')
    await page.focus('#oldPassword')
    await page.keyboard.press('Control+V')
    expect(await page.inputValue('#oldPassword')).toBe(long)
    await page.click('main .primary')
    await page.locator('[data-errors]').waitFor()
    expect(await read(page, '#newPassword-error')).toContain('paling banyak 64 huruf')
  })

  test('tells of a locked shift key as long as it matters', async () => {
    const { page } = await visit()
    await page.goto('/login')
    await page.focus('#password')
    const press = (isLocked: boolean) =>
      page.evaluate(`document.getElementById('password').dispatchEvent(
        new KeyboardEvent('keyup', { key: 'A', bubbles: true, modifierCapsLock: ${isLocked} }))`)
    const hint = page.locator('.password-caps')
    await press(true)
    expect(await hint.textContent()).toContain('Caps Lock menyala')
    await press(true)
    expect(await hint.count()).toBe(1)
    await press(false)
    expect(await hint.count()).toBe(0)
    await press(true)
    await page.focus('#email')
    expect(await hint.count()).toBe(0)
  })

  test('has no button where there is no script to press it', async () => {
    const { page } = await visit({ javaScriptEnabled: false })
    await page.goto('/login')
    expect(await page.locator('.password button').count()).toBe(0)
    await signIn(page, PASSWORD)
    await page.locator('#usage-form').waitFor()
  })

  test('is shown and hidden in Chromium 64 too', async () => {
    const page = await openChromium64()
    try {
      await page.goto(`${depot().origin}/login`)
      await page.fill('#email', CAST.sari.email)
      await page.fill('#password', PASSWORD)
      await page.click('.password button')
      expect(await page.evaluate(`document.querySelector('#password').type`)).toBe('text')
      await page.click('main .primary')
      await page.waitFor(`document.querySelector('#usage-form') !== null`)
      expect(page.problems).toEqual([])
    } finally {
      await page.close()
    }
  })
})

for (const javaScriptEnabled of [true, false]) {
  describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test('a person with a password from the admin chooses another and goes on where they wanted to', async () => {
      await makeUpPassword()
      const seen = await visit({ javaScriptEnabled })
      const { page } = seen
      await page.goto('/history?type=IN')
      await signIn(page, PASSWORD)
      await page.waitForURL('**/account/password?next=*')
      expect(await read(page, 'h1')).toBe('Pilih kata sandi Anda sendiri')
      await page.goto('/stock/out')
      await page.waitForURL('**/account/password?next=%2Fstock%2Fout')
      await page.fill('#oldPassword', PASSWORD)
      await page.fill('#newPassword', 'password123')
      await page.click('main .primary')
      expect(await read(page, '#newPassword-error')).toContain('paling sering dipakai')
      await page.fill('#oldPassword', PASSWORD)
      await page.fill('#newPassword', NEW)
      await page.click('main .primary')
      await page.locator('#usage-form').waitFor()
      expect(new URL(page.url()).pathname).toBe('/stock/out')
      // The forms of the page carry the token of the session that goes on.
      await page.fill('#amount', '1')
      await page.click('#usage-form button')
      expect(await readStatus(page)).toContain('pemakaian 1,00 liter')
    })

    test('the own name is changed, behind the name', async () => {
      const { page } = await visit({ as: 'sari', javaScriptEnabled })
      await page.goto('/')
      await page.click('.who-name')
      await page.fill('#name', 'Sari W.')
      await page.click('.account-name button')
      expect(await readStatus(page)).toBe('Nama tersimpan.')
      expect(await read(page, '.who-name')).toBe('Sari W.')
    })

    test('other sessions are ended from this one', async () => {
      const elsewhere = await visit({ as: 'sari' })
      await elsewhere.page.goto('/')
      const { page } = await visit({ as: 'sari', javaScriptEnabled })
      await page.goto('/account')
      expect(await page.locator('#sessions tbody tr').count()).toBe(2)
      await page.click('#sessions .panel-head button')
      expect(await readStatus(page)).toBe('Satu sesi diakhiri.')
      expect(await page.locator('#sessions tbody tr').count()).toBe(1)
      expect(await page.locator('#sessions .panel-head button').count()).toBe(0)
      await elsewhere.page.click('.nav a[href="/history"]')
      await elsewhere.page.waitForURL('**/login?next=%2Fhistory')
      await page.click('.nav a[href="/history"]')
      await page.locator('#history').waitFor()
    })

    test('a new password ends the others and keeps this one', async () => {
      const elsewhere = await visit({ as: 'sari' })
      const { page } = await visit({ as: 'sari', javaScriptEnabled })
      await page.goto('/account')
      await page.click('#account-password a')
      await page.fill('#oldPassword', PASSWORD)
      await page.fill('#newPassword', NEW)
      await page.click('main .primary')
      expect(await readStatus(page)).toContain('Kata sandi diganti.')
      expect(await page.locator('#sessions tbody tr').count()).toBe(1)
      await elsewhere.page.goto('/')
      await elsewhere.page.waitForURL('**/login?next=%2F')
    })
  })
}

test('a password is changed in lynx, too', async () => {
  await makeUpPassword()
  const screen = await typeInLynx(`${depot().origin}/`, [
    // Past the link that leads to the content.
    ...tabs(1),
    ...typed(CAST.sari.email),
    ...tabs(1),
    ...typed(PASSWORD),
    ...tabs(1),
    '^J',
    // Past the same link and the account.
    ...tabs(2),
    ...typed(PASSWORD),
    ...tabs(1),
    ...typed(NEW),
    ...tabs(1),
    '^J',
    WHOLE_SCREEN,
  ])
  expect(screen).toContain('Pilih kata sandi Anda sendiri')
  expect(screen.slice(screen.lastIndexOf('Kata sandi dari admin'))).toContain(
    'Sisa solar di GENSET',
  )
})
