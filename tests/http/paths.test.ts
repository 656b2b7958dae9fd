import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { type Depot, ORIGIN, openDepot } from '#tests/support/app.ts'
import { booksOf } from '#tests/support/books.ts'

let depot: Depot
beforeAll(async () => {
  depot = await openDepot()
})
afterAll(() => depot.close())

/** Paths that a browser, a proxy or a file system might read as something else. */
const TRICKS = [
  '//evil.example/x',
  '/\\evil.example',
  '/%2f%2fevil.example',
  '/%5c%5cevil.example',
  '/%2f..',
  '/..%2f..%2fetc/passwd',
  '/%2e%2e/%2e%2e/etc/passwd',
  '/build/..%2f..%2f..%2fetc%2fpasswd',
  '/build/%2e%2e%2fpackage.json',
  '/%0d%0aSet-Cookie:%20x=1',
  '/history%0d%0aX-Forged:%201',
  '/%00',
  '/history/1%00',
  '/login%2f..%2fhistory',
  '/;/history',
  '/api/../login',
  '/%e0%80%af',
]

describe.each(TRICKS)('the path %s', (path) => {
  const targetOf = ({ headers }: Response) =>
    new URL(headers.get('Location') ?? headers.get('HX-Redirect') ?? '/', ORIGIN)

  test('leads a stranger to the sign-in of this site, and nowhere else', async () => {
    const visitor = depot.visit()
    for (const headers of [{}, { 'HX-Request': 'true' }]) {
      for (const response of [
        await visitor.get(path, headers),
        await visitor.post(path, { a: '1' }, headers),
      ]) {
        expect([200, 303, 403, 404]).toContain(response.status)
        expect(targetOf(response).origin).toBe(ORIGIN)
        expect(response.headers.has('X-Forged')).toBe(false)
        expect(response.headers.getSetCookie().join()).not.toContain('x=1')
        expect(await response.text()).not.toMatch(/root:|"dependencies"/)
      }
    }
  })

  test('shows and changes nothing for somebody who is signed in', async () => {
    const agus = await depot.signIn('agus')
    const before = await booksOf(depot.db)
    for (const response of [await agus.get(path), await agus.post(path, { a: '1' })]) {
      expect([303, 403, 404]).toContain(response.status)
      expect(targetOf(response).origin).toBe(ORIGIN)
      expect(response.headers.has('X-Forged')).toBe(false)
      expect(await response.text()).not.toMatch(/root:|"dependencies"|evil\.example"/)
    }
    expect(await booksOf(depot.db)).toEqual(before)
  })
})

describe('a header with a line break', () => {
  const BREAKS = ['x%0d%0aX-Forged: 1', 'x\u2028X-Forged: 1', '"><script>']

  test.each(BREAKS)('in a cookie (%j) is no header of the answer', async (value) => {
    const names = ['visitor', 'access', 'refresh', 'people'].map((name) => `bbm_${name}_4111`)
    const Cookie = names.map((name) => `${name}=${encodeURIComponent(value)}`).join('; ')
    for (const path of ['/login', '/history', '/api/auth/me']) {
      const response = await depot.visit().get(path, { Cookie })
      expect([200, 303, 401]).toContain(response.status)
      expect(response.headers.has('X-Forged')).toBe(false)
      expect(await response.text()).not.toContain('<script>')
    }
  })

  test.each(BREAKS)('in the way to go on (%j) is none either', async (next) => {
    const response = await depot.visit().get(`/login?next=${encodeURIComponent(`/${next}`)}&as=x`)
    expect([response.status, response.headers.has('X-Forged')]).toEqual([200, false])
    expect(await response.text()).not.toContain('<script>')
  })
})
