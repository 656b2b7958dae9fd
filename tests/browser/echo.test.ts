import { describe, expect, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { read, useDepot } from '#tests/browser/visit.ts'
import { deliver } from '#tests/support/books.ts'

const { visit, expectQuiet } = useDepot(async ({ signIn }) => {
  const wati = await signIn('wati')
  await deliver(wati, { location: 'GENSET', amount: '18810.5' })
  await deliver(wati, { location: 'TUG_ASSIST', amount: '500' })
})

/** What a clerk types, and how the page answers. */
const ECHOES = [
  ['1250', '= 1.250,00 liter · sisa menjadi 17.560,50'],
  ['1.250,5', '= 1.250,50 liter · sisa menjadi 17.560,00'],
  ['1250.50', '= 1.250,50 liter · sisa menjadi 17.560,00'],
  ['0,01', '= 0,01 liter · sisa menjadi 18.810,49'],
  ['18.810,50', '= 18.810,50 liter · sisa menjadi 0,00'],
  ['18.810,51', '= 18.810,51 liter · sisa tidak cukup: 18.810,50 liter'],
  ['1,250', 'Maksudnya 1,25 liter atau 1.250 liter? Tulis 1,25 atau 1250.'],
  ['1250,555', 'Paling banyak dua angka di belakang koma, misalnya 1250,55.'],
  ['solar', 'Tulis angka saja, misalnya 1250 atau 1.250,50.'],
  ['1.250,', ''],
  ['0', ''],
  ['', ''],
] as const

describe('the echo beside the amount', () => {
  test('says with every keystroke how the number is understood and what would be left', async () => {
    const seen = await visit({ as: 'sari' })
    await seen.page.goto('/')
    for (const [typed, echo] of ECHOES) {
      await seen.page.fill('#amount', '')
      await seen.page.locator('#amount').pressSequentially(typed)
      expect([typed, await echoOf(seen.page)]).toEqual([typed, echo])
    }
    expectQuiet(seen)
  })

  test('reads a pasted number with spaces around and inside it', async () => {
    const { page } = await visit({ as: 'sari' })
    await page.goto('/')
    await page.focus('#amount')
    await page.keyboard.insertText(' 1 250,5\u00a0')
    expect(await echoOf(page)).toBe('= 1.250,50 liter · sisa menjadi 17.560,00')
  })

  test('follows the location that is chosen, and so does what stands beside the form', async () => {
    const seen = await visit({ as: 'wati' })
    const { page } = seen
    await page.goto('/stock/out?location=GENSET')
    await page.fill('#amount', '600')
    expect(await echoOf(page)).toBe('= 600,00 liter · sisa menjadi 18.210,50')
    await page.selectOption('#location', 'TUG_ASSIST')
    expect(await echoOf(page)).toBe('= 600,00 liter · sisa tidak cukup: 500,00 liter')
    await page.locator('#chosen h2', { hasText: 'TUG_ASSIST' }).waitFor()
    expect(await read(page, '#balance')).toContain('500,00')
    expect(await page.inputValue('#amount')).toBe('600')
    expectQuiet(seen)
  })

  test('adds up where fuel comes in', async () => {
    const { page } = await visit({ as: 'wati' })
    await page.goto('/stock/in?location=GENSET')
    await page.fill('#amount', '189,5')
    expect(await echoOf(page)).toBe('= 189,50 liter · sisa menjadi 19.000,00')
  })
})

const echoOf = (page: Page): Promise<string> => read(page, '#amount-echo')
