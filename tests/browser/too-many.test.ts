import { afterEach, beforeEach, describe, expect, setSystemTime, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { findFaults } from '#tests/browser/measure.ts'
import { read, readStatus, useDepot, type Visit } from '#tests/browser/visit.ts'
import { START } from '#tests/support/app.ts'
import { countEntries, deliver } from '#tests/support/books.ts'
import { CAST, PASSWORD } from '#tests/support/cast.ts'

const { depot, visit, expectQuiet } = useDepot(async ({ signIn }) =>
  deliver(await signIn('wati'), { location: 'GENSET', amount: '1000' }),
)

// The clock by which is counted stands, so that a slow machine sees the same seconds.
const pass = (seconds: number) => setSystemTime(new Date(START.getTime() + seconds * 1000))
beforeEach(() => void pass(0))
afterEach(() => void setSystemTime())

const SCREENS = [320, 360, 1366]

async function expectFits(page: Page, width: number): Promise<void> {
  const { wider, outside, cut, crossed, small } = await findFaults(page)
  const wrong = [...outside, ...cut, ...crossed, ...(width < 960 ? small : [])]
  expect({ wider, wrong }).toEqual({ wider: 0, wrong: [] })
}

describe('a form of a session that has sent too much', () => {
  /** Uses up what the session may write, as a program with its cookies would. */
  async function openForm(options: Parameters<typeof visit>[0]): Promise<Visit> {
    const seen = await visit({ as: 'sari', ...options })
    await seen.page.goto('/')
    await seen.page.click('details.more summary')
    await seen.page.fill('#amount', '350')
    await seen.page.fill('#notes', 'shift malam')
    const { request } = seen.context
    const sendMuch = () => request.post('/api/stock/out', { data: {} })
    await Promise.all(Array.from({ length: 300 }, sendMuch))
    return seen
  }

  test('with JavaScript: says in place when to try again, keeps everything, and books the resend', async () => {
    const { page } = await openForm({})
    await page.click('#usage-form button')
    await page.locator('#usage-form [data-trouble]:focus').waitFor()
    expect(await read(page, '[data-trouble]')).toBe(
      'Terlalu banyak permintaan. Tunggu 15 detik. Isian Anda masih ada; kirim lagi, tidak akan tercatat dua kali.',
    )
    expect(await page.inputValue('#amount')).toBe('350')
    expect(await countEntries(depot().db)).toBe(1)
    pass(15)
    await page.click('#usage-form button')
    expect(await readStatus(page)).toContain('pemakaian 350,00 liter. Sisa sekarang 650,00 liter.')
  })

  test.each(SCREENS)(
    'without JavaScript: shows what was typed on a screen %d wide, and books it from there',
    async (width) => {
      const { page } = await openForm({
        javaScriptEnabled: false,
        viewport: { width, height: 740 },
      })
      await page.click('#usage-form button')
      await page.locator('main form button').waitFor()
      expect(await read(page, 'h1')).toBe('Terlalu banyak permintaan')
      expect(await read(page, '.message')).toContain('Coba lagi dalam 15 detik.')
      expect(await read(page, '.facts')).toContain('350')
      await expectFits(page, width)
      pass(15)
      await page.click('main form button')
      expect(await readStatus(page)).toContain(
        'pemakaian 350,00 liter. Sisa sekarang 650,00 liter.',
      )
      expect(await countEntries(depot().db)).toBe(2)
    },
  )
})

describe('the sign-in after too many failures', () => {
  async function failFiveTimes(page: Page): Promise<void> {
    await page.goto('/login?next=/history')
    for (let at = 0; at < 5; at++) await signIn(page, 'solar-untuk-kapal')
  }

  async function signIn(page: Page, password: string): Promise<void> {
    await page.fill('#email', CAST.sari.email)
    await page.fill('#password', password)
    // The page that stands there already has a message, too.
    await Promise.all([page.waitForEvent('load'), page.click('main button.primary')])
  }

  test.each(SCREENS)(
    'says when to try again, on a screen %d wide, and then lets in',
    async (width) => {
      const seen = await visit({ javaScriptEnabled: width > 320, viewport: { width, height: 740 } })
      const { page } = seen
      await failFiveTimes(page)
      await signIn(page, PASSWORD)
      expect(await read(page, '[data-errors]')).toBe(
        'Terlalu banyak percobaan. Coba lagi dalam 1 detik.',
      )
      expect(await page.inputValue('#email')).toBe(CAST.sari.email)
      expect(await page.inputValue('#password')).toBe('')
      await expectFits(page, width)
      pass(1)
      await signIn(page, PASSWORD)
      expect(new URL(page.url()).pathname).toBe('/history')
      expectQuiet({ ...seen, problems: seen.problems.filter((one) => !/ 4(22|29) /.test(one)) })
    },
  )
})
