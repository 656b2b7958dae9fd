import { describe, expect, test } from 'bun:test'
import { read, readStatus, useDepot } from '#tests/browser/visit.ts'
import { balanceOf, countEntries, deliver } from '#tests/support/books.ts'

const BOOKED = 'Sudah tercatat pukul 14.05: pemakaian 350,00 liter. Sisa sekarang 650,00 liter.'
const BOOKED_BEFORE =
  'Sudah tercatat pukul 14.05: pemakaian 350,00 liter, dibukukan sekali saja. Sisa sekarang 650,00 liter.'

const { depot, visit } = useDepot(async ({ signIn }) =>
  deliver(await signIn('wati'), { location: 'GENSET', amount: '1000' }),
)

describe('with JavaScript', () => {
  test('books a double click once', async () => {
    const { page } = await openForm()
    await page.dblclick('#usage-form button')
    expect(await readStatus(page)).toBe(BOOKED)
    await expectUsages(1)
  })

  test('takes a second press that comes right after the answer for part of the first', async () => {
    const { page, requests } = await openForm()
    await page.evaluate(`document.addEventListener('htmx:afterSwap', function () {
      document.querySelector('#usage-form button').click()
    })`)
    await page.click('#usage-form button')
    await page.locator('#status:focus').waitFor()
    expect(await readStatus(page)).toBe(BOOKED)
    await page.fill('#amount', '350')
    await page.click('#usage-form button')
    await page.locator('#status', { hasText: '300,00 liter' }).waitFor()
    expect(await page.locator('[data-errors]').count()).toBe(0)
    expect(requests.filter((url) => url.endsWith('/stock/out'))).toHaveLength(2)
    await expectUsages(2)
  })

  test('books Enter twice once', async () => {
    const { page } = await openForm()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    expect(await readStatus(page)).toBe(BOOKED)
    await page.waitForLoadState('networkidle')
    expect(await page.locator('[data-errors]').count()).toBe(0)
    await expectUsages(1)
  })

  test('books the form of each of two tabs once, and both see what is left', async () => {
    const { page, context } = await openForm()
    const other = await context.newPage()
    await other.goto('/')
    await other.fill('#amount', '350')
    await Promise.all([
      page.dblclick('#usage-form button'),
      other.locator('#amount').press('Enter'),
      other.locator('#amount').press('Enter'),
    ])
    const said = [await readStatus(page), await readStatus(other)].sort()
    expect(said).toEqual([BOOKED.replace('650,00', '300,00'), BOOKED])
    await expectUsages(2)
  })

  test('offers an empty form after saving, going on and coming Back', async () => {
    const { page } = await openForm()
    await page.click('#usage-form button')
    await readStatus(page)
    await page.click('.nav a[href="/history"]')
    await page.waitForURL('**/history')
    await page.goBack({ waitUntil: 'commit' })
    await page.waitForURL((url) => url.pathname === '/')
    expect(await page.inputValue('#amount')).toBe('')
    expect(await page.isEnabled('#usage-form button')).toBe(true)
    expect(await read(page, '#balance')).toContain('650,00')
    await page.click('#usage-form button')
    expect(await read(page, '[data-errors]')).toContain('Isi jumlah liter.')
    await expectUsages(1)
  })
})

describe('without JavaScript', () => {
  test('books a double click once', async () => {
    const { page } = await openForm({ javaScriptEnabled: false })
    await page.dblclick('#usage-form button')
    expect(await readStatus(page)).toContain('Sudah tercatat pukul 14.05: pemakaian 350,00 liter')
    await expectUsages(1)
  })

  test('says when it was booked where the same form is sent again after Back', async () => {
    const { page } = await openForm({ javaScriptEnabled: false })
    const key = await page.inputValue('[name=requestId]')
    await page.click('#usage-form button')
    expect(await readStatus(page)).toBe(BOOKED)
    await page.goBack({ waitUntil: 'commit' })
    expect(await page.inputValue('[name=requestId]')).toBe(key)
    expect(await page.inputValue('#amount')).toBe('350')
    await page.click('#usage-form button')
    await page.waitForURL('**/?booked=*&again=1')
    expect(await readStatus(page)).toBe(BOOKED_BEFORE)
    await expectUsages(1)
  })

  test('books nothing when the page after saving is loaded again', async () => {
    const { page } = await openForm({ javaScriptEnabled: false })
    await page.click('#usage-form button')
    await readStatus(page)
    await page.reload()
    expect(await readStatus(page)).toBe(BOOKED)
    await expectUsages(1)
  })
})

async function openForm(options: { javaScriptEnabled?: boolean } = {}) {
  const seen = await visit({ as: 'sari', ...options })
  await seen.page.goto('/')
  await seen.page.fill('#amount', '350')
  return seen
}

async function expectUsages(count: number): Promise<void> {
  expect(await countEntries(depot().db)).toBe(1 + count)
  expect(await balanceOf(depot().db, 'GENSET')).toBe(100_000n - 35_000n * BigInt(count))
}
