import { expect, test } from 'bun:test'
import { read, readStatus, useDepot } from '#tests/browser/visit.ts'
import { balanceOf, countEntries, deliver } from '#tests/support/books.ts'
import { CAST, PASSWORD } from '#tests/support/cast.ts'
import { openChromium64 } from '#tests/support/chromium-64.ts'
import { tabs, typed, typeInLynx, WHOLE_SCREEN } from '#tests/support/lynx.ts'

const NOTES = 'genset utama'

const { depot, visit, expectQuiet } = useDepot(async ({ signIn }) =>
  deliver(await signIn('wati'), { location: 'GENSET', amount: '18810.5' }),
)

test("a clerk signs in, records usage and finds it in the history, in today's Chromium", async () => {
  const seen = await visit()
  const { page } = seen
  await page.goto('/history')
  await page.waitForURL('**/login?next=%2Fhistory')
  await page.fill('#email', CAST.sari.email)
  await page.fill('#password', PASSWORD)
  await page.click('main .primary')
  await page.waitForURL('**/history')
  await page.click('.nav a[href="/"]')
  expect(await read(page, '#balance')).toContain('18.810,50')
  await page.fill('#amount', '350')
  await page.click('details.more summary')
  await page.fill('#notes', NOTES)
  await page.click('#usage-form button')
  expect(await readStatus(page)).toBe(
    'Sudah tercatat pukul 14.05: pemakaian 350,00 liter. Sisa sekarang 18.460,50 liter.',
  )
  expect(await read(page, '#balance')).toContain('18.460,50')
  expect(await read(page, '#balance-day')).toContain('−350,00')
  expect(await read(page, '#last tr.new')).toContain(NOTES)
  await page.click('.nav a[href="/history"]')
  const row = await read(page, '#history tbody tr:not(.day)')
  for (const part of ['14.05', 'Pemakaian', '−350,00', '18.460,50', NOTES, CAST.sari.name]) {
    expect(row).toContain(part)
  }
  expectQuiet(seen)
})

test('a clerk signs in, records usage and finds it in the history, in Chromium 64', async () => {
  const page = await openChromium64()
  try {
    await page.goto(`${depot().origin}/`)
    await page.waitFor(`location.pathname === '/login'`)
    await page.fill('#email', CAST.sari.email)
    await page.fill('#password', PASSWORD)
    await page.click('main .primary')
    await page.waitFor(`document.querySelector('#usage-form') !== null`)
    await page.fill('#amount', '1.250,5')
    expect(await page.text('#amount-echo')).toBe('= 1.250,50 liter · sisa menjadi 17.560,00')
    await page.click('#usage-form button')
    await page.waitFor(`document.querySelector('#status').textContent !== ''`)
    expect(await page.text('#status')).toBe(
      'Sudah tercatat pukul 14.05: pemakaian 1.250,50 liter. Sisa sekarang 17.560,00 liter.',
    )
    expect(await page.evaluate('location.pathname')).toBe('/')
    expect(await page.text('#balance')).toContain('17.560,00')
    await page.click('.nav a[href="/history"]')
    await page.waitFor(`document.querySelector('#history') !== null`)
    expect(await page.text('#history tbody tr:not(.day)')).toContain('−1.250,50')
    expect(page.problems).toEqual([])
    const strangers = page.requests.filter((url) => new URL(url).origin !== depot().origin)
    expect(strangers).toEqual([])
  } finally {
    await page.close()
  }
})

test('a clerk signs in, records usage and finds it in the history, in lynx', async () => {
  const screen = await typeInLynx(`${depot().origin}/`, [
    // Past the link that leads to the content.
    ...tabs(1),
    ...typed(CAST.sari.email),
    ...tabs(1),
    ...typed(PASSWORD),
    ...tabs(1),
    '^J',
    // Past the same link, the brand, the navigation, the account, "Keluar", "Ganti pengguna" and "Kirim ringkasan".
    ...tabs(10),
    ...typed('350,5'),
    ...tabs(1),
    '^J',
    WHOLE_SCREEN,
    // Past the same link, the brand and "Beranda".
    ...tabs(3),
    '^J',
    // Past the filter, whose fields would take a space for something typed.
    'Page Down',
    'Page Down',
    WHOLE_SCREEN,
  ])
  expect(screen).toContain(
    'Sudah tercatat pukul 14.05: pemakaian 350,50 liter. Sisa sekarang 18.460,00 liter.',
  )
  const history = screen.slice(screen.lastIndexOf('Bersih'))
  expect(history).toMatch(/14\.05.*Pemakaian.*−350,50.*18\.460,00/s)
  expect(await countEntries(depot().db)).toBe(2)
  expect(await balanceOf(depot().db, 'GENSET')).toBe(1_846_000n)
})
