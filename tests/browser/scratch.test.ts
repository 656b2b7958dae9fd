import { test } from 'bun:test'
import { read, readStatus, useDepot } from '#tests/browser/visit.ts'
import { countEntries, deliver } from '#tests/support/books.ts'
const { depot, visit } = useDepot(async ({ signIn }) =>
  deliver(await signIn('wati'), { location: 'GENSET', amount: '1000' }),
)
const log = (...a: unknown[]) => process.stdout.write(a.map((x) => typeof x === 'string' ? x : JSON.stringify(x)).join(' ') + '\n')
for (const js of [true, false]) {
  test('back ' + js, async () => {
    const { page } = await visit({ as: 'sari', javaScriptEnabled: js })
    await page.goto('/')
    await page.fill('#amount', '350')
    if (js) await page.evaluate(`window.addEventListener('pageshow', e => console.log('persisted', e.persisted)); window.mark = 1`)
    page.on('console', m => log('console', m.text()))
    await page.click('#usage-form button')
    await readStatus(page)
    log(page.url(), await page.inputValue('#amount'), 'req', await page.inputValue('[name=requestId]'))
    if (js) { await page.fill('#amount', '77'); await page.click('.nav a[href="/history"]'); await page.waitForURL('**/history') }
    await page.goBack({ waitUntil: 'commit' })
    if (js) log('mark', String(await page.evaluate('window.mark')))
    log(page.url(), 'amount', await page.inputValue('#amount'), 'req', await page.inputValue('[name=requestId]'), await page.locator('#usage-form button').isEnabled())
    await page.click('#usage-form button')
    await Bun.sleep(500)
    log(page.url(), await read(page, '#status'), 'entries', await countEntries(depot().db), 'errors', await page.locator('[data-errors]').count())
  })
  test('refused, then back ' + js, async () => {
    const { page } = await visit({ as: 'wati', javaScriptEnabled: js })
    await page.goto('/stock/out?location=GENSET')
    await page.fill('#amount', '5000')
    await page.click('#usage-form button')
    await page.locator('[data-errors]').waitFor()
    log(page.url(), await page.inputValue('#amount'), 'req', await page.inputValue('[name=requestId]'))
    await page.fill('#amount', '350')
    await page.click('#usage-form button')
    await readStatus(page)
    log(page.url(), await page.inputValue('#amount'), 'req', await page.inputValue('[name=requestId]'))
    await page.goBack({ waitUntil: 'commit' }).catch((e) => log('goBack', String(e)))
    log(page.url())
    if (page.url().includes('stock')) {
    log(page.url(), 'amount', await page.inputValue('#amount'), 'req', await page.inputValue('[name=requestId]'), await page.locator('#usage-form button').isEnabled())
    await page.click('#usage-form button')
    await Bun.sleep(500)
    log(page.url(), await read(page, '#status'), 'entries', await countEntries(depot().db), 'errors', await page.locator('[data-errors]').count())
    }
  })
}
