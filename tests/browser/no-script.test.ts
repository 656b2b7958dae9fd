import { expect, test } from 'bun:test'
import { read, readStatus, useDepot } from '#tests/browser/visit.ts'
import { balanceOf, countEntries, deliver } from '#tests/support/books.ts'
import { CAST, PASSWORD } from '#tests/support/cast.ts'
import { tabs, typed, typeInLynx, WHOLE_SCREEN } from '#tests/support/lynx.ts'

const javaScriptEnabled = false
const { depot, visit, expectQuiet } = useDepot(async () => undefined)

test('keeps the e-mail after a wrong password, and signs in with the right one', async () => {
  const { page } = await visit({ javaScriptEnabled })
  await page.goto('/')
  await page.fill('#email', CAST.sari.email)
  await page.fill('#password', 'bukan-yang-ini')
  await page.click('main .primary')
  expect(await read(page, '[role=alert]')).not.toBe('')
  expect(await page.inputValue('#email')).toBe(CAST.sari.email)
  expect(await page.inputValue('#password')).toBe('')
  await page.fill('#password', PASSWORD)
  await page.click('main .primary')
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

test('keeps what was typed into a refused form in lynx, too', async () => {
  await deliver(await depot().signIn('wati'), { location: 'GENSET', amount: '1000' })
  const screen = await typeInLynx(`${depot().origin}/stock/out`, [
    // Past the link that leads to the content.
    ...tabs(1),
    ...typed(CAST.sari.email),
    ...tabs(1),
    ...typed(PASSWORD),
    ...tabs(1),
    '^J',
    // Past the same link, the brand, the navigation, the account and "Keluar"; then past time and reference to the notes.
    ...tabs(8),
    ...typed('1.000,5'),
    ...tabs(3),
    ...typed('shift malam'),
    ...tabs(1),
    '^J',
    '<space>',
    WHOLE_SCREEN,
  ])
  expect(screen).toContain('Belum tercatat. Satu isian perlu diperbaiki:')
  expect(screen).toContain('Stok tidak mencukupi. Sisa: 1.000,00 liter.')
  expect(screen.slice(screen.lastIndexOf('Belum tercatat'))).toContain('1.000,5_')
  expect(await countEntries(depot().db)).toBe(1)
})
