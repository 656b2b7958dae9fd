import { expect, test } from 'bun:test'
import { read, readStatus, useDepot } from '#tests/browser/visit.ts'
import { balanceOf } from '#tests/support/books.ts'
import { CAST, PASSWORD } from '#tests/support/cast.ts'

const javaScriptEnabled = false
const { depot, visit, expectQuiet } = useDepot(async () => undefined)

test('keeps the e-mail after a wrong password, and signs in with the right one', async () => {
  const { page } = await visit({ javaScriptEnabled })
  await page.goto('/')
  await page.fill('#email', CAST.sari.email)
  await page.fill('#password', 'bukan-yang-ini')
  await page.click('main button')
  expect(await read(page, '[role=alert]')).not.toBe('')
  expect(await page.inputValue('#email')).toBe(CAST.sari.email)
  expect(await page.inputValue('#password')).toBe('')
  await page.fill('#password', PASSWORD)
  await page.click('main button')
  await page.locator('#usage-form').waitFor()
  expect(await read(page, '.who-name')).toBe(CAST.sari.name)
})

test('opens the books of an empty location, takes a delivery and then usage', async () => {
  const seen = await visit({ as: 'wati', javaScriptEnabled })
  const { page } = seen
  await page.goto('/')
  await page.click('#balance-GENSET a.button')
  await page.waitForURL('**/stock/in?location=GENSET&kind=opening')
  await page.fill('#amount', '1.000,25')
  await page.click('#opening-form button')
  expect(await readStatus(page)).toBe(
    'Sudah tercatat pukul 14.05: stok awal 1.000,25 liter. Sisa sekarang 1.000,25 liter.',
  )

  await page.click('.nav a[href="/"]')
  await page.click('#balance-GENSET a[href="/stock/in?location=GENSET"]')
  await page.fill('#amount', '5000')
  await page.fill('#reference', 'DO-778')
  await page.fill('#occurredAt', '2026-11-23T14:05')
  await page.click('#delivery-form button')
  expect(await readStatus(page)).toContain('stok masuk 5.000,00 liter. Sisa sekarang 6.000,25')

  await page.click('.nav a[href="/"]')
  await page.click('#balance-GENSET a[href="/stock/out?location=GENSET"]')
  await page.fill('#amount', '0,25')
  await page.click('#usage-form button')
  expect(await readStatus(page)).toContain('pemakaian 0,25 liter. Sisa sekarang 6.000,00')
  expect(await balanceOf(depot().db, 'GENSET')).toBe(600_000n)

  await page.click('.nav a[href="/history"]')
  expect(await page.locator('#history td.c-amount').allTextContents()).toEqual([
    '−0,25',
    '+5.000,00',
    '+1.000,25',
  ])
  expectQuiet(seen)
})

test('tells a clerk at an empty location whom to ask', async () => {
  const { page } = await visit({ as: 'budi', javaScriptEnabled })
  await page.goto('/')
  expect(await read(page, 'main')).toContain('Minta supervisor mencatat stok awal lebih dulu.')
})
