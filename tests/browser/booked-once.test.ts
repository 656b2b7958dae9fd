import { describe, expect, test } from 'bun:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { read, readStatus, useDepot } from '#tests/browser/visit.ts'
import { balanceOf, countEntries, deliver } from '#tests/support/books.ts'

const BOOKED = 'Sudah tercatat pukul 14.05: pemakaian 350,00 liter. Sisa sekarang 650,00 liter.'

const { depot, visit } = useDepot(async ({ signIn }) =>
  deliver(await signIn('wati'), { location: 'GENSET', amount: '1000' }),
)

describe('with JavaScript', () => {
  test('books a double click once', async () => {
    const { page } = await visit({ as: 'sari' })
    await page.goto('/')
    await page.fill('#amount', '350')
    await page.dblclick('#usage-form button')
    expect(await readStatus(page)).toBe(BOOKED)
    await expectUsages(1)
  })

  test('says what was booked, and no error, after a slow double click', async () => {
    const { page } = await visit({ as: 'sari' })
    await page.goto('/')
    await page.fill('#amount', '350')
    await page.dblclick('#usage-form button', { delay: 150 })
    expect(await readStatus(page)).toBe(BOOKED)
    await settled(page)
    expect(await readStatus(page)).toBe(BOOKED)
    expect(await page.locator('[data-errors]').count()).toBe(0)
    await expectUsages(1)
  })

  test('books Enter twice once', async () => {
    const { page } = await visit({ as: 'sari' })
    await page.goto('/')
    await page.fill('#amount', '350')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    expect(await readStatus(page)).toBe(BOOKED)
    await settled(page)
    expect(await page.locator('[data-errors]').count()).toBe(0)
    await expectUsages(1)
  })
})

const settled = async (page: Page) => {
  await page.waitForLoadState('networkidle')
  await pause(0)
  await read(page, '#status')
}

async function expectUsages(count: number): Promise<void> {
  expect(await countEntries(depot().db)).toBe(1 + count)
  expect(await balanceOf(depot().db, 'GENSET')).toBe(100_000n - 35_000n * BigInt(count))
}
