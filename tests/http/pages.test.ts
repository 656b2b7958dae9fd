import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { routes } from '#src/app.tsx'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { deliver, everythingIn, use } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'

let depot: Depot
let people: Record<'sari' | 'wati' | 'agus', Client>
let entryId: number
beforeAll(async () => {
  depot = await openDepot()
  people = {
    sari: await depot.signIn('sari'),
    wati: await depot.signIn('wati'),
    agus: await depot.signIn('agus'),
  }
  entryId = (await deliver(people.wati, { location: 'GENSET', amount: 9000 })).id
  for (let at = 0; at < 30; at++) {
    const notes = `Pengisian genset ${at} oleh regu ${at % 3}, cuaca cerah`
    await use(people.sari, { amount: `${at + 1}.5`, notes, reference: `SJ-${1000 + at}` })
  }
})
afterAll(() => depot.close())

const PAGES: ['sari' | 'wati' | 'agus', string][] = [
  ['sari', '/'],
  ['wati', '/'],
  ['agus', '/'],
  ['sari', '/stock/out'],
  ['wati', '/stock/out'],
  ['wati', '/stock/in'],
  ['wati', '/stock/in?kind=opening&location=TUG_ASSIST'],
  ['sari', '/history'],
  ['wati', '/history'],
  ['wati', '/history?page=2&sort=amount'],
  ['wati', '/history?startDate=2026-02-30'],
  ['sari', '/history/:id'],
  ['sari', '/charts'],
  ['wati', '/charts?startDate=2025-11-24'],
  ['wati', '/charts?startDate=2026-02-30'],
  ['wati', '/charts?view=consumers'],
  ['sari', '/reports'],
  ['wati', '/reports/2026-10?location=GENSET'],
  ['wati', '/reports/2026-12'],
  ['agus', '/settings'],
  ['agus', '/imports'],
  ['wati', '/tidak-ada'],
  ['sari', '/stock/in'],
]
const at = (path: string) => path.replace(':id', String(entryId))

/** The one way out: today's figures, handed to WhatsApp by a click. */
const SUMMARY_LINK = /<a [^>]*href="https:\/\/wa\.me\/\?text=[^"]*" target="_blank" rel="noopener">/

const POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

describe.each(PAGES)('for %s the page %s', (name, path) => {
  test('is a whole page in Indonesian', async () => {
    const html = await (await people[name].get(at(path))).text()
    expect(html).toStartWith('<!doctype html><html lang="id">')
    expect(html).toMatch(/<title>[^<]+<\/title>/)
    expect(html.match(/<h1\b/g)).toHaveLength(1)
    expect(html.match(/<main\b/g)).toHaveLength(1)
    expect(html.match(/role="status"/g)).toHaveLength(1)
  })

  test('is a fragment for htmx, and whole again on history restore and boost', async () => {
    const client = people[name]
    const asked = { 'HX-Request': 'true' }
    const fragment = await client.get(at(path), asked)
    expect(await fragment.text()).not.toMatch(/<html|<head|<body/)
    for (const header of ['HX-History-Restore-Request', 'HX-Boosted']) {
      const whole = await client.get(at(path), { ...asked, [header]: 'true' })
      expect(await whole.text()).toStartWith('<!doctype html>')
    }
  })

  test('tells caches to keep nothing, and apart what htmx gets', async () => {
    for (const headers of [{}, { 'HX-Request': 'true' }]) {
      const response = await people[name].get(at(path), headers)
      expect(response.headers.get('Cache-Control')).toBe('no-store')
      if (response.ok)
        expect(response.headers.get('Vary')).toBe('HX-Request, HX-History-Restore-Request')
    }
  })

  test('allows nothing that is not its own', async () => {
    const response = await people[name].get(at(path))
    expect(response.headers.get('Content-Security-Policy')).toBe(POLICY)
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(response.headers.get('Referrer-Policy')).toBe('same-origin')
    const html = (await response.text()).replace(SUMMARY_LINK, '')
    const targets = [...html.matchAll(/\b(?:href|src|action|srcset|hx-get|hx-post)="([^"]*)"/g)]
    expect(targets.length).toBeGreaterThan(5)
    for (const [, target = ''] of targets) expect(target).toMatch(/^(?:\/(?![/\\])|#|\?)/)
    expect(html).not.toMatch(
      /\sstyle="|<style|\son[a-z]+="|javascript:|hx-on|<script(?![^>]*\bsrc=)/,
    )
    expect(html).not.toMatch(/https?:\/\//)
  })

  test('is under 20 kB when packed', async () => {
    const html = await (await people[name].get(at(path))).text()
    expect(Bun.gzipSync(html).byteLength).toBeLessThan(20_000)
  })
})

test('the sign-in is a whole page under the same rules', async () => {
  const response = await depot.visit().get('/login')
  const html = await response.text()
  expect(response.headers.get('Content-Security-Policy')).toBe(POLICY)
  expect(html).toStartWith('<!doctype html><html lang="id">')
  expect(html).not.toMatch(/\sstyle="|<style|\son[a-z]+="|https?:\/\//)
})

test('what a page links to as its own files is there and may be kept forever', async () => {
  const html = await (await people.wati.get('/')).text()
  const files = [...html.matchAll(/"(\/build\/[^"]+)"/g)].map(([, path = '']) => path)
  expect(files.map((path) => path.split('.').pop()).sort()).toEqual(['css', 'js', 'js', 'svg'])
  for (const path of files) {
    const response = await depot.visit().get(path)
    expect([path, response.status]).toEqual([path, 200])
    expect(response.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable')
    const packed = await depot.visit().get(path, { 'Accept-Encoding': 'gzip' })
    expect(packed.headers.get('Content-Encoding')).toBe('gzip')
    const unpacked = Bun.gunzipSync(new Uint8Array(await packed.arrayBuffer()))
    expect(Buffer.from(unpacked).equals(Buffer.from(await response.arrayBuffer()))).toBe(true)
  }
})

test.each([
  '/build/..%2Fmanifest.json',
  '/build/manifest.json',
  '/build/%2e%2e%2f%2e%2e%2fpackage.json',
  '/build/none-000.js',
])('no file but a built one can be had by %s', async (path) => {
  const response = await people.agus.get(path)
  expect(response.status).toBe(404)
  expect(response.headers.get('Cache-Control')).toBe('no-store')
})

test('what is not there leads a stranger to the sign-in, and is 404 for those who are in', async () => {
  const stranger = await depot.visit().get('/tidak-ada?a=1')
  expect(stranger.status).toBe(303)
  expect(stranger.headers.get('Location')).toBe('/login?next=%2Ftidak-ada%3Fa%3D1')
  for (const path of [
    '/tidak-ada',
    '/history/0',
    '/history/x',
    '/history/1e3',
    '/history/99999999',
    '/stock',
  ])
    expect([path, (await people.wati.get(path)).status]).toEqual([path, 404])
  expect((await people.wati.post('/history', {})).status).toBe(404)
})

test('reading never writes, and what was refused is written down once for each refusal', async () => {
  const { access: noted, ...before } = await everythingIn(depot.db)
  let refusals = 0
  for (const { method, path } of routes) {
    if (method !== 'GET') continue
    for (const client of [...Object.values(people), depot.visit()]) {
      const target = path.replace(/:id.*$/, String(entryId))
      for (const headers of [{}, { 'HX-Request': 'true' }]) {
        if ((await client.get(target, headers)).status === 403) refusals++
      }
      await client.send(target, { method: 'HEAD' })
    }
  }
  const { access, ...after } = await everythingIn(depot.db)
  expect(after).toEqual(before)
  expect(refusals).toBeGreaterThan(0)
  const fresh = access.slice(noted.length).filter(({ detail }) => detail.startsWith('GET '))
  expect(fresh.map(({ action }) => action)).toEqual(Array(refusals).fill('refused'))
})
