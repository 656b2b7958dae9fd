import { afterAll, afterEach, beforeAll, expect, test } from 'bun:test'

import { findFaults } from '#tests/browser/measure.ts'
import { read, readStatus, useDepot } from '#tests/browser/visit.ts'
import { countEntries } from '#tests/support/books.ts'
import { testDatabaseUrl } from '#tests/support/database.ts'
import { type DatabaseProxy, openProxy } from '#tests/support/proxy.ts'

const SEND_AGAIN = 'main form button'

let proxy: DatabaseProxy
const direct = testDatabaseUrl()
beforeAll(async () => {
  proxy = await openProxy(direct)
  // The depot of this file is opened through the proxy, with everything that belongs to it.
  process.env.TEST_FILE_DATABASE_URL = proxy.url
})
afterEach(() => proxy.mend())
afterAll(async () => {
  process.env.TEST_FILE_DATABASE_URL = direct
  await proxy.close()
})

const { depot, visit } = useDepot(async ({ signIn }) => {
  const wati = await signIn('wati')
  await wati.api('POST', '/api/stock/in', { location: 'GENSET', amount: 1000 })
})

test('with JavaScript: says so in place, keeps everything, and books the resend once', async () => {
  const { page } = await openForm(true)
  await proxy.cut()
  await page.click('#usage-form button')
  await page.locator('#usage-form [data-trouble]:focus').waitFor()
  expect(await read(page, '[data-trouble]')).toBe(
    'Layanan sedang tidak terjangkau. Isian Anda masih ada; kirim lagi, tidak akan tercatat dua kali.',
  )
  expect(await page.inputValue('#amount')).toBe('350')
  expect(await page.inputValue('#notes')).toBe('shift malam\nregu 2')
  await proxy.mend()
  await page.click('#usage-form button')
  expect(await readStatus(page)).toContain('pemakaian 350,00 liter. Sisa sekarang 650,00 liter.')
  expect(await page.locator('[data-trouble]').count()).toBe(0)
  expect(await countEntries(depot().db)).toBe(2)
})

test('without JavaScript: shows what was typed, and its button books it once', async () => {
  const { page } = await openForm(false)
  await proxy.cut()
  await page.click('#usage-form button')
  await page.locator(SEND_AGAIN).waitFor()
  expect(await read(page, '.facts')).toContain('350')
  expect(await page.locator('.facts dd').last().textContent()).toBe('shift malam\nregu 2')
  await page.click(SEND_AGAIN)
  await page.locator(SEND_AGAIN).waitFor()
  await proxy.mend()
  await page.click(SEND_AGAIN)
  expect(await readStatus(page)).toContain('pemakaian 350,00 liter. Sisa sekarang 650,00 liter.')
  expect(await countEntries(depot().db)).toBe(2)
})

for (const width of [320, 360, 1366]) {
  test(`the page of a lost form fits a screen ${width} wide`, async () => {
    const { page } = await openForm(false, { width, height: 740 })
    await page.fill('#notes', 'tanpaspasi'.repeat(50))
    await proxy.cut()
    await page.click('#usage-form button')
    await page.locator(SEND_AGAIN).waitFor()
    const { wider, outside, cut, crossed, small } = await findFaults(page)
    expect({
      wider,
      wrong: [...outside, ...cut, ...crossed, ...(width < 960 ? small : [])],
    }).toEqual({
      wider: 0,
      wrong: [],
    })
  })
}

async function openForm(javaScriptEnabled: boolean, viewport = { width: 1366, height: 768 }) {
  const seen = await visit({ as: 'sari', javaScriptEnabled, viewport })
  await seen.page.goto('/')
  await seen.page.click('details.more summary')
  await seen.page.fill('#amount', '350')
  await seen.page.fill('#notes', 'shift malam\nregu 2')
  return seen
}
