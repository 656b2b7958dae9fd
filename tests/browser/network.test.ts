import { expect, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { read, readStatus, useDepot } from '#tests/browser/visit.ts'
import { countEntries, deliver } from '#tests/support/books.ts'

const OFFLINE = 'Jaringan terputus. Isian Anda masih ada; kirim lagi, tidak akan tercatat dua kali.'

const { depot, visit } = useDepot(async ({ signIn }) =>
  deliver(await signIn('wati'), { location: 'GENSET', amount: '1000' }),
)

test('says in place that the network is gone, keeps everything, and books the resend once', async () => {
  const { page, context } = await openForm()
  await context.setOffline(true)
  await page.click('#usage-form button')
  await expectKept(page, OFFLINE)
  expect(await countEntries(depot().db)).toBe(1)
  await context.setOffline(false)
  await page.click('#usage-form button')
  expect(await readStatus(page)).toBe(
    'Sudah tercatat pukul 14.05: pemakaian 350,00 liter. Sisa sekarang 650,00 liter.',
  )
  expect(await page.locator('[data-trouble]').count()).toBe(0)
  expect(await countEntries(depot().db)).toBe(2)
})

test('books once where the answer was lost on its way, and says when on the resend', async () => {
  const { page } = await openForm()
  await page.route('**/stock/out', async (route) => {
    await route.fetch()
    await route.abort('connectionreset')
  })
  await page.click('#usage-form button')
  await expectKept(page, OFFLINE)
  expect(await countEntries(depot().db)).toBe(2)
  await page.unrouteAll()
  depot().pass({ minutes: 2 })
  await page.click('#usage-form button')
  expect(await readStatus(page)).toBe(
    'Sudah tercatat pukul 14.05: pemakaian 350,00 liter, dibukukan sekali saja. Sisa sekarang 650,00 liter.',
  )
  expect(await countEntries(depot().db)).toBe(2)
})

for (const status of [500, 503]) {
  test(`keeps everything where the server answers ${status}`, async () => {
    const { page } = await openForm()
    await page.route('**/stock/out', (route) => route.fulfill({ status, body: 'rusak' }))
    await page.click('#usage-form button')
    await expectKept(page, 'Isian Anda masih ada; kirim lagi, tidak akan tercatat dua kali.')
    await page.unrouteAll()
    await page.click('#usage-form button')
    expect(await readStatus(page)).toContain('pemakaian 350,00 liter. Sisa sekarang 650,00 liter.')
    expect(await countEntries(depot().db)).toBe(2)
  })
}

test('says so too where the history cannot be fetched, and leaves the table as it was', async () => {
  const { page, context } = await openForm()
  await page.goto('/history')
  await context.setOffline(true)
  await page.click('.ranges a')
  expect(await read(page, '[data-trouble]')).toBe('Jaringan terputus. Coba lagi sebentar lagi.')
  expect(await read(page, '#history tbody')).toContain('+1.000,00')
  expect(new URL(page.url()).search).toBe('')
})

async function openForm() {
  const seen = await visit({ as: 'sari' })
  await seen.page.goto('/')
  await seen.page.click('details.more summary')
  await seen.page.fill('#amount', '350')
  await seen.page.fill('#notes', 'shift malam')
  return seen
}

async function expectKept(page: Page, sentence: string): Promise<void> {
  await page.locator('#usage-form [data-trouble]:focus').waitFor()
  expect(await read(page, '[data-trouble]')).toContain(sentence)
  expect(await page.inputValue('#amount')).toBe('350')
  expect(await page.inputValue('#notes')).toBe('shift malam')
  expect(await page.isEnabled('#usage-form button')).toBe(true)
}
