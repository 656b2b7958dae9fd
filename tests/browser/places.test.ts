import { expect, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { read, readStatus, useDepot } from '#tests/browser/visit.ts'
import { deliver } from '#tests/support/books.ts'

const { visit, depot, expectQuiet } = useDepot(async (opened) => {
  await deliver(await opened.signIn('wati'), { location: 'GENSET', amount: 1000 })
})

/** A refused form is a 422, of which a browser tells on its console. */
const expectRefusals = (problems: string[], count: number) => {
  expect(problems.filter((problem) => !problem.includes('422'))).toEqual([])
  expect(problems).toHaveLength(count)
}
/** The focus moves once what was swapped in has settled. */
const waitForFocus = (page: Page, name: string) => page.locator(`[name=${name}]:focus`).waitFor()
const editGenset = (page: Page) => page.locator('.places .c-end a').first().click()
const countFields = (page: Page) => page.locator('.editing .input').count()

test('a location is edited in its row: Escape gives up, an error keeps what was typed, Enter saves', async () => {
  const seen = await visit({ as: 'agus' })
  const { page } = seen
  await page.goto('/locations')
  await editGenset(page)
  await page.locator('.editing .input').first().waitFor()
  await waitForFocus(page, 'code')
  await page.fill('.editing [name=name]', 'Yang dilupakan')
  await page.keyboard.press('Escape')
  await page.locator('.places tbody .c-name', { hasText: /^GENSET$/ }).waitFor()
  expect(await countFields(page)).toBe(0)

  await editGenset(page)
  await page.fill('.editing [name=name]', 'Genset utama')
  await page.fill('.editing [name=capacity]', '1.000')
  await page.fill('.editing [name=lowStockThreshold]', '1.000,5')
  await page.press('.editing [name=name]', 'Enter')
  await page.locator('.editing [aria-invalid]').waitFor()
  await waitForFocus(page, 'lowStockThreshold')
  expect(await page.inputValue('.editing [name=name]')).toBe('Genset utama')
  await page.fill('.editing [name=lowStockThreshold]', '100,5')
  await page.press('.editing [name=lowStockThreshold]', 'Enter')
  expect(await readStatus(page)).toBe('Tersimpan: GENSET.')
  expect(await read(page, '.places .new')).toContain('Genset utama')
  expect(await read(page, '.places .new .c-threshold')).toBe('100,50')
  expectRefusals(seen.problems, 1)
})

test('a row that was changed meanwhile shows both, and “Pakai” takes the own value back', async () => {
  const seen = await visit({ as: 'agus' })
  const { page } = seen
  await page.goto('/locations')
  await editGenset(page)
  await page.fill('.editing [name=name]', 'Punya saya')
  const agus = await depot().signIn('agus')
  const action = (await page.getAttribute('.row-form', 'action')) ?? ''
  await agus.api('PATCH', `/api${action}`, { name: 'Punya orang' })
  await page.press('.editing [name=name]', 'Enter')
  await page.locator('.kept').waitFor()
  expect(await read(page, '.editing-message')).toContain('Data sudah berubah')
  expect(await page.inputValue('.editing [name=name]')).toBe('Punya orang')
  await page.click('.kept button')
  await page.press('.editing [name=name]', 'Enter')
  await page.locator('.places .new').waitFor()
  expect(await read(page, '.places .new .c-name')).toBe('Punya saya')
  expectRefusals(seen.problems, 1)
})

test('a genset is added on top of the list of its location, and can be chosen', async () => {
  const seen = await visit({ as: 'agus' })
  const { page } = seen
  await page.goto('/locations')
  await page.locator('.places .c-code a').first().click()
  await page.click('#consumers .panel-head a')
  await page.locator('.editing .input').first().waitFor()
  await waitForFocus(page, 'name')
  await page.fill('.editing [name=name]', 'Genset 1')
  await page.fill('.editing [name=power]', '1.250')
  await page.press('.editing [name=power]', 'Enter')
  expect(await readStatus(page)).toBe('Ditambahkan: Genset 1.')
  expect(await read(page, '.consumers-edited .new .c-power')).toBe('1.250')
  await page.goto('/stock/out?location=GENSET')
  expect(await page.locator('option[value="Genset 1"]').count()).toBe(1)
  expectQuiet(seen)
})

test('a panel of the settings turns into its form and back', async () => {
  const seen = await visit({ as: 'agus' })
  const { page } = seen
  await page.goto('/settings')
  await page.click('#settings-company .c-end a')
  await page.locator('.row-form .input').waitFor()
  await waitForFocus(page, 'companyName')
  await page.keyboard.press('Escape')
  await page.locator('#settings-company .c-end a').waitFor()
  expect(await page.locator('.row-form').count()).toBe(0)

  await page.click('#settings-recipients .c-end a')
  await page.fill('.row-form textarea', 'bukan alamat')
  await page.click('.row-form button.primary')
  await page.locator('[data-errors]').waitFor()
  await page.fill('.row-form textarea', 'kepala@depo.example')
  await page.click('.row-form button.primary')
  expect(await readStatus(page)).toBe('Tersimpan: penerima peringatan.')
  expect(await read(page, '#settings-recipients dd')).toBe('kepala@depo.example')
  expectRefusals(seen.problems, 1)
})

test('without JavaScript a row and a panel are pages of their own', async () => {
  const seen = await visit({ as: 'agus', javaScriptEnabled: false })
  const { page } = seen
  await page.goto('/locations')
  await editGenset(page)
  await page.fill('[name=capacity]', '25.000')
  await page.click('button.primary')
  expect(await read(page, '#status')).toBe('Tersimpan: GENSET.')
  expect(await read(page, '.places .new .c-capacity')).toBe('25.000')
  await page.goto('/settings')
  await page.click('#settings-company .c-end a')
  await page.fill('[name=companyName]', 'PT Laut Biru')
  await page.click('button.primary')
  expect(await read(page, '#status')).toBe('Tersimpan: perusahaan.')
  expect(await read(page, '#settings-company dd')).toBe('PT Laut Biru')
  expectQuiet(seen)
})
