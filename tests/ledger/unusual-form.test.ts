import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { balanceOf, countEntries, deliver, use } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'
import { fieldValue, hiddenFields, isMarkedWrong, wordsOf } from '#tests/support/html.ts'

const HX = { 'HX-Request': 'true' }
const TYPED = { amount: '3.500', notes: 'uji "beban"', reference: 'BA 1' }
const ASKED = 'Periksa dulu: 3.500,00 liter'
const BUTTON = 'name="confirmUnusual" value="3500.00">Ya, catat 3.500,00 liter</button>'

let depot: Depot
let sari: Client
let usageId: number
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  await deliver(await depot.signIn('wati'), { location: 'GENSET', amount: 20_000 })
  sari = await depot.signIn('sari')
  for (let count = 0; count < 11; count += 1) usageId = (await use(sari, { amount: 100 })).id
})
afterAll(() => depot.close())

describe.each([
  ['home', '/', {}],
  ['home, by htmx', '/', HX],
  ['the page', '/stock/out', {}],
  ['the page, by htmx', '/stock/out', HX],
] as const)('the form of %s', (_, path, headers) => {
  const open = async () => hiddenFields(await (await sari.get(path)).text(), '/stock/out')

  test('is shown again with all that was typed and a button that says what it books', async () => {
    const fields = await open()
    const response = await sari.post('/stock/out', { ...fields, ...TYPED }, headers)
    const html = await response.text()
    expect(response.status).toBe(422)
    expect(wordsOf(html)).toContain(ASKED)
    expect(wordsOf(html)).toContain('(100,00 liter). Angkanya benar?')
    expect(html).toContain(BUTTON)
    expect(wordsOf(html)).not.toContain('perlu diperbaiki')
    expect(isMarkedWrong(html, 'amount')).toBe(false)
    for (const [name, value] of Object.entries(TYPED)) expect(fieldValue(html, name)).toBe(value)
    expect(hiddenFields(html, '/stock/out')).toEqual(fields)
    expect(await countEntries(depot.db)).toBe(12)

    const confirmed = { ...fields, ...TYPED, confirmUnusual: '3500.00' }
    const booked = await sari.post('/stock/out', confirmed, headers)
    expect(booked.status).toBeLessThan(400)
    expect(await balanceOf(depot.db, 'GENSET')).toBe(1_540_000n)
  })

  test('asks again where the amount was changed since', async () => {
    const fields = { ...(await open()), ...TYPED, amount: '4.000', confirmUnusual: '3500.00' }
    const response = await sari.post('/stock/out', fields, headers)
    expect(response.status).toBe(422)
    expect(await response.text()).toContain('value="4000.00">Ya, catat 4.000,00 liter</button>')
    expect(await countEntries(depot.db)).toBe(12)
    const usual = { ...fields, amount: '400' }
    expect((await sari.post('/stock/out', usual, headers)).status).toBeLessThan(400)
  })
})

test('the form of a correction asks about the right figure, and heeds the answer', async () => {
  const action = '/stock/corrections'
  const page = await (await sari.get(`/history/${usageId}/correction`)).text()
  const typed = { reason: 'kurang satu nol', mode: 'replace', 'replacement.amount': '1.000' }
  const fields = { ...hiddenFields(page, action), ...typed }
  for (const headers of [{}, HX]) {
    const response = await sari.post(action, fields, headers)
    const html = await response.text()
    expect(response.status).toBe(422)
    expect(html).toContain('value="1000.00">Ya, bukukan 1.000,00 liter</button>')
    expect(wordsOf(html)).not.toContain('Belum diperbaiki.')
    expect(fieldValue(html, 'reason')).toBe(typed.reason)
    expect(hiddenFields(html, action)).toEqual(hiddenFields(page, action))
  }
  const other = { ...fields, 'replacement.amount': '1.001', confirmUnusual: '1000.00' }
  expect((await sari.post(action, other)).status).toBe(422)
  expect((await sari.post(action, { ...fields, confirmUnusual: '1000.00' })).status).toBe(303)
  expect(await balanceOf(depot.db, 'GENSET')).toBe(1_800_000n)
})
