import { describe, expect, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { addConsumer } from '#tests/browser/pages.ts'
import { read, readStatus, useDepot } from '#tests/browser/visit.ts'
import { countEntries, deliver } from '#tests/support/books.ts'

const NOTES = 'tangki 🛢️ "utama" & <b>cadangan</b>\n\n  baris \'tiga\''
const TYPED = { amount: '1.500,5', reference: 'BA "7" <&> 🚚', notes: NOTES, consumer: 'GENSET 2' }
const TOO_MUCH =
  'Stok tidak mencukupi. Sisa: 1.000,00 liter. Kurangi jumlahnya, atau minta supervisor mencatat stok masuk lebih dulu.'

const { depot, visit } = useDepot(async (opened) => {
  for (const name of ['GENSET 1', 'GENSET 2'])
    await addConsumer(opened, { location: 'GENSET', name })
  await deliver(await opened.signIn('wati'), { location: 'GENSET', amount: '1000' })
})

for (const javaScriptEnabled of [true, false]) {
  describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test('keeps everything that was typed, says what to do, and books it once put right', async () => {
      const { page } = await visit({ as: 'sari', javaScriptEnabled })
      await page.goto('/')
      await fillAll(page)
      await page.click('#usage-form button')
      expect(await read(page, '[data-errors]')).toContain(TOO_MUCH)
      expect(await page.getAttribute('#amount', 'aria-invalid')).toBe('true')
      expect(await read(page, '#amount-error')).toBe(TOO_MUCH)
      expect(await valuesOf(page)).toEqual(TYPED)
      expect(await page.isVisible('#notes')).toBe(true)
      expect(await countEntries(depot().db)).toBe(1)

      await page.fill('#amount', '500')
      await page.click('#usage-form button')
      expect(await readStatus(page)).toContain(
        'pemakaian 500,00 liter. Sisa sekarang 500,00 liter.',
      )
      const notes = await page.locator('#last tr.new .c-notes').textContent()
      expect(notes).toBe(NOTES)
    })

    test('gives back a time that makes no sense as it was typed', async () => {
      const { page } = await visit({ as: 'sari', javaScriptEnabled })
      await page.goto('/')
      await page.click('details.more summary')
      await page.evaluate(`document.querySelector('#occurredAt').type = 'text'`)
      await page.fill('#occurredAt', 'kemarin sore, 30/02')
      await page.fill('#amount', '10')
      await page.click('#usage-form button')
      expect(await read(page, '#occurredAt-error')).toContain('23/11/2026 14.05')
      expect(await page.inputValue('#occurredAt')).toBe('kemarin sore, 30/02')
      expect(await page.isVisible('#occurredAt')).toBe(true)
      await page.fill('#occurredAt', '22/11/2026 16.30')
      await page.click('#usage-form button')
      expect(await read(page, '#amount-error')).toContain('Stok tidak mencukupi')
      expect(await page.inputValue('#occurredAt')).toMatch(
        /^(22\/11\/2026 16\.30|2026-11-22T16:30)$/,
      )
    })

    test('keeps a time that was chosen', async () => {
      const { page } = await visit({ as: 'wati', javaScriptEnabled })
      await page.goto('/stock/out?location=GENSET')
      await page.fill('#occurredAt', '2026-11-23T14:05')
      await page.fill('#amount', '5000')
      await page.click('#usage-form button')
      expect(await read(page, '#amount-error')).toContain('Stok tidak mencukupi')
      expect(await page.inputValue('#occurredAt')).toBe('2026-11-23T14:05')
      expect(await page.inputValue('#location')).toBe('GENSET')
    })
  })
}

test('says in a sentence of its own what was refused as a bare text, and keeps the form', async () => {
  const { page } = await visit({ as: 'sari' })
  await page.goto('/')
  await page.route('**/stock/out', (route) =>
    route.fulfill({ status: 422, contentType: 'text/plain', body: 'Ada isian.' }),
  )
  await page.fill('#amount', '350')
  await page.click('#usage-form button')
  expect(await read(page, '#usage-form [data-trouble]')).toBe(
    'Isian ini tidak bisa diterima. Muat ulang halaman, lalu isi lagi.',
  )
  expect(await page.inputValue('#amount')).toBe('350')
})

test('moves the focus to the summary, whose links lead to the fields', async () => {
  const { page } = await visit({ as: 'sari' })
  await page.goto('/')
  await page.fill('#amount', 'banyak')
  await page.click('#usage-form button')
  await page.locator('[data-errors]:focus').waitFor()
  await page.click('[data-errors] a')
  await page.locator('#amount:focus').waitFor()
  expect(await page.inputValue('#amount')).toBe('banyak')
})

test('moves the focus to what was booked', async () => {
  const { page } = await visit({ as: 'sari' })
  await page.goto('/')
  await page.fill('#amount', '10')
  await page.click('#usage-form button')
  await page.locator('#status:focus').waitFor()
})

async function fillAll(page: Page): Promise<void> {
  await page.click('details.more summary')
  await page.fill('#amount', TYPED.amount)
  await page.fill('#reference', TYPED.reference)
  await page.fill('#notes', TYPED.notes)
  await page.selectOption('#consumer', TYPED.consumer)
}

async function valuesOf(page: Page): Promise<typeof TYPED> {
  const [amount, reference, notes, consumer] = [
    await page.inputValue('#amount'),
    await page.inputValue('#reference'),
    await page.inputValue('#notes'),
    await page.inputValue('#consumer'),
  ]
  return { amount, reference, notes, consumer }
}
