import { afterEach, beforeEach, expect, test } from 'bun:test'
import { Faults, FIND_FAULTS } from '#tests/browser/measure.ts'
import { balanceOf, countEntries, deliver, use } from '#tests/support/books.ts'
import { CAST, PASSWORD } from '#tests/support/cast.ts'
import { type OldPage, openChromium64 } from '#tests/support/chromium-64.ts'
import { type ServedDepot, serveDepot } from '#tests/support/serve.ts'

const NOTES = 'tangki "utama" & <b>cadangan</b>'
/** The browser itself puts an answer of 422 on its console. */
const REFUSED = 'status of 422'

let depot: ServedDepot
let page: OldPage
beforeEach(async () => {
  depot = await serveDepot()
  const wati = await depot.signIn('wati')
  await deliver(wati, { location: 'GENSET', amount: '1000' })
  page = await openChromium64()
})
afterEach(async () => {
  await page.close()
  await depot.close()
})

test('books a double click and a double Enter once each', async () => {
  await signIn(CAST.sari.email)
  await page.fill('#amount', '350')
  await page.doubleClick('#usage-form button')
  await page.waitFor(`document.querySelector('#status').textContent.indexOf('350,00') > 0`)
  await page.fill('#amount', '100')
  await page.press('Enter')
  await page.press('Enter')
  await page.waitFor(`document.querySelector('#status').textContent.indexOf('100,00') > 0`)
  expect(await page.text('#status')).toContain('Sisa sekarang 550,00 liter.')
  expect(await countEntries(depot.db)).toBe(3)
  expect(await balanceOf(depot.db, 'GENSET')).toBe(55_000n)
})

test('keeps a refused form as it was typed and leads to its summary', async () => {
  await signIn(CAST.sari.email)
  await page.click('details.more summary')
  await page.fill('#notes', NOTES)
  await page.fill('#amount', '1.000,01')
  expect(await page.text('#amount-echo')).toBe(
    '= 1.000,01 liter · sisa tidak cukup: 1.000,00 liter',
  )
  await page.click('#usage-form button')
  await page.waitFor(`document.activeElement.hasAttribute('data-errors')`)
  expect(await page.text('[data-errors]')).toContain('Stok tidak mencukupi')
  expect(await page.evaluate(`document.querySelector('#amount').value`)).toBe('1.000,01')
  expect(await page.evaluate(`document.querySelector('#notes').value`)).toBe(NOTES)
  expect(await page.evaluate(`document.querySelector('details.more').open`)).toBe(true)
  await page.fill('#amount', '1000')
  await page.click('#usage-form button')
  await page.waitFor(`document.querySelector('#status').textContent !== ''`)
  expect(await page.text('#status')).toContain('Sisa sekarang 0,00 liter.')
  expect(await page.text('#last .c-notes')).toBe(NOTES)
  expect(page.problems.filter((problem) => !problem.includes(REFUSED))).toEqual([])
})

test('follows the chosen location, and filters the history in place', async () => {
  const sari = await depot.signIn('sari')
  for (let count = 0; count < 25; count += 1) await use(sari, { amount: '2' })
  await signIn(CAST.wati.email)
  await page.goto(`${depot.origin}/stock/out?location=GENSET`)
  await page.fill('#amount', '600')
  await page.evaluate(`(function () {
    var select = document.querySelector('#location')
    select.value = 'TUG_ASSIST'
    select.dispatchEvent(new Event('change', { bubbles: true }))
  })()`)
  expect(await page.text('#amount-echo')).toContain('sisa tidak cukup: 0,00 liter')
  await page.waitFor(`document.querySelector('#chosen').textContent.indexOf('TUG_ASSIST') >= 0`)

  await page.goto(`${depot.origin}/history`)
  await page.evaluate('window.isMarked = true')
  await page.click('.pager a[rel=next]')
  await page.waitFor(
    `location.search === '?page=2' && document.querySelectorAll('#history tbody tr').length < 10`,
  )
  expect(await page.evaluate('window.isMarked')).toBe(true)
  await page.evaluate('history.back()')
  await page.waitFor(
    `location.search === '' && document.querySelectorAll('#history tbody tr').length > 20`,
  )
  expect(await page.evaluate(`document.querySelectorAll('header.topbar').length`)).toBe(1)
  expect(page.problems).toEqual([])
})

test('keeps the head of the history in view, and shows what others book', async () => {
  const wati = await depot.signIn('wati')
  const at = (count: number) => `2026-11-${String(1 + count).padStart(2, '0')}T08:00`
  for (let count = 0; count < 22; count += 1)
    await deliver(wati, { location: 'GENSET', amount: '5', occurredAt: at(count) })
  await signIn(CAST.wati.email)
  await page.goto(`${depot.origin}/history`)
  await page.evaluate('window.scrollTo(0, 600)')
  const top = `document.querySelector('#history thead th').getBoundingClientRect().top`
  await page.waitFor(`window.scrollY > 500 && Math.abs(${top}) < 1`)
  await use(wati, { location: 'GENSET', amount: '77' })
  // Half a minute later.
  await page.evaluate(`(function () {
    var now = Date.now
    Date.now = function () { return now() + 31000 }
    document.dispatchEvent(new Event('visibilitychange'))
  })()`)
  await page.waitFor(`document.querySelector('#history tr.new') !== null`)
  expect(await page.text('#history tr.new .c-amount')).toContain('−77,00')
  expect(page.problems).toEqual([])
})

test('no page scrolls sideways, and nothing is cut', async () => {
  await signIn(CAST.sari.email)
  const found: unknown[] = []
  for (const [width, height] of [
    [1366, 768],
    [360, 740],
  ] as const) {
    await page.resize(width, height)
    for (const path of [
      '/',
      '/stock/out',
      '/history',
      '/charts',
      '/charts?view=consumers',
      '/reports',
      '/tidak-ada',
    ]) {
      await page.goto(`${depot.origin}${path}`)
      const faults = Faults.parse(await page.evaluate(FIND_FAULTS))
      const { wider, outside, cut, crossed, small } = faults
      const wrong = [...outside, ...cut, ...crossed, ...(width < 960 ? small : [])]
      if (wider > 0 || wrong.length > 0) found.push({ path, width, wider, wrong })
    }
  }
  expect(found).toEqual([])
})

async function signIn(email: string): Promise<void> {
  await page.goto(`${depot.origin}/`)
  await page.fill('#email', email)
  await page.fill('#password', PASSWORD)
  await page.click('main .primary')
  await page.waitFor(`location.pathname === '/' && document.readyState === 'complete'`)
}
