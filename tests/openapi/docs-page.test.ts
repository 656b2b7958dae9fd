import { afterAll, beforeAll, expect, test } from 'bun:test'
import { documented } from '#tests/openapi/checking.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { unescapeHtml, wordsOf } from '#tests/support/html.ts'
import { makeKey } from '#tests/support/programs.ts'

let depot: Depot
beforeAll(async () => {
  depot = await openDepot()
})
afterAll(() => depot.close())

const PATH = '/api/docs'

test('the page shows every route with who may, what it takes and a command, and loads nothing from elsewhere', async () => {
  const response = await (await depot.signIn('sari')).get(PATH)
  expect(response.status).toBe(200)
  expect(response.headers.get('Content-Type')).toStartWith('text/html')
  const html = await response.text()
  const words = wordsOf(html)
  for (const { method, path, api } of documented) {
    expect(words).toContain(`${method} ${path.replace(/:(\w+)/, '{$1}')}`)
    expect(html).toContain(`id="${api?.operationId}"`)
  }
  expect(words).toContain('Boleh dipakai oleh: Supervisor, Admin, Kunci yang mencatat')
  expect(unescapeHtml(html)).toContain(
    `curl -H 'Authorization: Bearer KUNCI' http://127.0.0.1:4111/api/stock/summary`,
  )
  const ids = Array.from(html.matchAll(/ id="([^"]+)"/g), ([, id]) => id)
  expect(ids).toEqual([...new Set(ids)])
  const targets = Array.from(html.matchAll(/href="#([^"]+)"/g), ([, id]) => id)
  expect(targets.filter((target) => !ids.includes(target))).toEqual([])
  expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
  expect(html).not.toMatch(/undefined|\[object|NaN/)
})

test('is a fragment for htmx, and a page like any other for those who are not signed in', async () => {
  const sari = await depot.signIn('sari')
  expect(await (await sari.fragment(PATH)).text()).not.toContain('<html')
  const visitor = depot.visit()
  const { headers } = await makeKey(await depot.signIn('agus'), { scope: 'read' })
  for (const sent of [{}, headers, { Authorization: 'Bearer salah' }]) {
    const response = await visitor.get(PATH, sent)
    expect(response.status).toBe(303)
    expect(response.headers.get('Location')).toBe('/login?next=%2Fapi%2Fdocs')
  }
})
