import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { locations } from '#src/database/schema/locations.ts'
import { fallLow, limit } from '#tests/alerts/setting.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { deliver } from '#tests/support/books.ts'
import type { Name } from '#tests/support/cast.ts'
import { wordsOf } from '#tests/support/html.ts'

const PAGES = ['/', '/history', '/charts', '/stock/out', '/tidak-ada']
const GENSET_IS_LOW = 'GENSET di bawah batas. Sisa 4.200,00 liter, batas 5.000,00 liter.'

let depot: Depot
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
})
afterAll(() => depot.close())

async function read(name: Name, path: string): Promise<string> {
  return wordsOf(await (await (await depot.signIn(name)).get(path)).text())
}

describe('stock that runs out', () => {
  beforeEach(() => fallLow(depot))

  test.each(['sari', 'wati', 'agus'] as const)('is told %s on every page', async (name) => {
    for (const path of PAGES) expect(await read(name, path)).toContain(GENSET_IS_LOW)
  })

  test('does not concern the clerk of another location, nor a visitor', async () => {
    for (const path of PAGES) expect(await read('budi', path)).not.toContain('di bawah batas')
    const login = await (await depot.visit().get('/login')).text()
    expect(login).not.toContain('low-stock')
  })

  test('is told with the way to a delivery only to those who may record one', async () => {
    const link = 'href="/stock/in?location=GENSET">Catat stok masuk</a>'
    const bannerOf = async (name: Name) =>
      /<aside.*?<\/aside>/s.exec(
        await (await (await depot.signIn(name)).get('/history')).text(),
      )?.[0]
    expect(await bannerOf('wati')).toContain(link)
    expect(await bannerOf('sari')).not.toContain('href')
  })

  test('is no longer told when it recovers, or the location is closed', async () => {
    await depot.db.update(locations).set({ active: false }).where(eq(locations.code, 'GENSET'))
    expect(await read('wati', '/history')).not.toContain('di bawah batas')
    await depot.db.update(locations).set({ active: true }).where(eq(locations.code, 'GENSET'))
    await deliver(await depot.signIn('wati'), { location: 'GENSET', amount: 800 })
    expect(await read('wati', '/history')).not.toContain('di bawah batas')
  })

  test('comes with the answer to the booking that led to it, and with that which ends it', async () => {
    const wati = await depot.signIn('wati')
    const book = async (path: string, amount: string) => {
      const fields = { location: 'GENSET', amount }
      return (await wati.submit(path, fields, { 'HX-Request': 'true' })).text()
    }
    expect(await book('/stock/in', '5000')).toMatch(
      /<div id="low-stock" hx-swap-oob="true"><\/div>/,
    )
    expect(wordsOf(await book('/stock/out', '5000'))).toContain(GENSET_IS_LOW)
  })

  test('is told of three locations by name, and how many more there are', async () => {
    const agus = await depot.signIn('agus')
    for (const code of ['A1', 'A2', 'A3', 'A4']) {
      const made = { code, name: `Tangki ${code}`, lowStockThreshold: 10 }
      expect((await agus.api('POST', '/api/locations', made)).status).toBe(201)
      await deliver(agus, { location: code, amount: 5 })
    }
    const words = await read('agus', '/history')
    for (const code of ['A1', 'A2', 'A3']) expect(words).toContain(`Tangki ${code} di bawah batas`)
    expect(words).toContain('2 lokasi lain di bawah batas.')
    expect(words).not.toContain('GENSET di bawah batas')
  })
})

test('where nothing is low, a page costs no statement more', async () => {
  await limit(depot, 'GENSET', 100)
  const wati = await depot.signIn('wati')
  await deliver(wati, { location: 'GENSET', amount: 150 })
  let statements = 0
  depot.database.pool.on('acquire', () => {
    statements += 1
  })
  const cost = async () => {
    statements = 0
    expect((await wati.get('/tidak-ada')).status).toBe(404)
    return statements
  }
  expect(await cost()).toBe(1)
  await limit(depot, 'GENSET', 200)
  expect(await cost()).toBeGreaterThan(1)
})
