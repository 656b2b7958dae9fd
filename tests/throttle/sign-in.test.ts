import { describe, expect, test } from 'bun:test'
import { letGuess } from '#src/throttle/sign-in.ts'
import { refusalOf } from '#tests/support/answers.ts'
import { CAST, PASSWORD } from '#tests/support/cast.ts'
import { fieldValue, wordsOf } from '#tests/support/html.ts'
import { BUDI, elsewhere, HOME, SARI, someone, useGuesses, WRONG } from '#tests/throttle/guesses.ts'

const { depot, pass, attempt, fail, waitOf, noted } = useGuesses()

const NOBODY = 'siapa@depo.example'

describe('failures in a row', () => {
  test('make the next one wait from the fifth on: 1 s, doubling, 60 s at most', async () => {
    await fail(4)
    for (const seconds of [1, 2, 4, 8, 16, 32, 60, 60]) {
      await fail(1)
      expect(await waitOf({})).toBe(seconds)
      pass(seconds - 0.5)
      expect(await waitOf({})).toBe(1)
      pass(0.5)
    }
  })

  test('compare no password during the wait, not even the right one, and count nothing more', async () => {
    await fail(5)
    const before = await noted()
    for (let at = 0; at < 20; at++) expect(await waitOf({ password: PASSWORD })).toBe(1)
    expect(await noted()).toEqual(before)
    pass(1)
    expect((await attempt({ password: PASSWORD })).status).toBe(200)
    expect(await noted()).toEqual(['sign-in', ...before])
  })

  test('are told on the sign-in page itself, with the e-mail kept and when to try again', async () => {
    await fail(8, () => {
      pass(9)
      return {}
    })
    const client = depot().visit()
    const fields = { email: SARI, password: PASSWORD, next: '/history' }
    const response = await client.submit('/login', fields, { 'X-Real-IP': HOME })
    expect([response.status, response.headers.get('Retry-After')]).toEqual([429, '8'])
    const html = await response.text()
    expect(wordsOf(html)).toContain('Terlalu banyak percobaan. Coba lagi dalam 8 detik.')
    expect(html).toContain('role="alert"')
    expect(fieldValue(html, 'email')).toBe(SARI)
    expect(fieldValue(html, 'next')).toBe('/history')
    expect(html).not.toContain(PASSWORD)
    pass(8)
    const page = { ...fields, formToken: fieldValue(html, 'formToken') ?? '' }
    const again = await client.post('/login', page, { 'X-Real-IP': HOME })
    expect([again.status, again.headers.get('Location')]).toEqual([303, '/history'])
  })

  test('are told to a program in the shape of errors', async () => {
    await fail(5)
    const response = await attempt({})
    expect([response.status, response.headers.get('Retry-After')]).toEqual([429, '1'])
    expect(await refusalOf(response)).toEqual({
      error: 'Terlalu banyak percobaan. Coba lagi dalam 1 detik.',
      details: {},
    })
  })

  test('make wait from when they were found to be failures, however long that took', async () => {
    const guesser = { account: SARI, address: HOME, browser: null }
    for (let at = 0; at < 5; at++) {
      await letGuess(depot().system, guesser, async () => {
        pass(3)
        return false
      })
    }
    expect(await waitOf({})).toBe(1)
  })

  test('are forgotten an hour after the first of them', async () => {
    await fail(5)
    pass(3600)
    await fail(5)
    expect(await waitOf({})).toBe(1)
  })
})

describe('counted by account', () => {
  test('from whatever address they come', async () => {
    await fail(5, () => ({ from: elsewhere() }))
    expect(await waitOf({ from: elsewhere() })).toBe(1)
    expect(await waitOf({ email: BUDI, from: elsewhere() })).toBe(0)
  })

  test('however the e-mail is written', async () => {
    const spellings = [SARI.toUpperCase(), ` ${SARI}`, `${SARI} `, 'Sari@Depo.Example', SARI]
    await fail(5, () => ({ email: spellings.pop() ?? SARI, from: elsewhere() }))
    expect(await waitOf({ from: elsewhere() })).toBe(1)
    // The database alone would take this for Sari's.
    const accented = { email: 'sári@depo.example', password: PASSWORD, from: elsewhere() }
    expect((await attempt(accented)).status).toBe(401)
  })

  test('also of an account that does not exist or may not sign in, with no difference to be seen', async () => {
    const seen = async (email: string, password: string) => {
      const answers: [number, string | null, string][] = []
      for (let at = 0; at < 8; at++) {
        const answer = await attempt({ email, password, from: elsewhere() })
        answers.push([answer.status, answer.headers.get('Retry-After'), await answer.text()])
        pass(at === 6 ? 1 : 0)
      }
      return answers
    }
    const expected = await seen(SARI, WRONG)
    expect(expected.map(([status]) => status)).toEqual([401, 401, 401, 401, 401, 429, 429, 401])
    expect(await seen(NOBODY, WRONG)).toEqual(expected)
    expect(await seen(CAST.dewi.email, PASSWORD)).toEqual(expected)
  })

  test('begin anew after the right password', async () => {
    await fail(4, () => ({ from: elsewhere() }))
    expect((await attempt({ password: PASSWORD, from: elsewhere() })).status).toBe(200)
    await fail(5, () => ({ from: elsewhere() }))
    expect(await waitOf({ from: elsewhere() })).toBe(1)
  })
})

describe('counted by address', () => {
  test('whatever accounts are meant', async () => {
    await fail(5, someone)
    expect(await waitOf({ email: BUDI, password: PASSWORD })).toBe(1)
    expect(await waitOf({ email: BUDI, password: PASSWORD, from: elsewhere() })).toBe(0)
  })

  test('an IPv6 address together with all that its owner has', async () => {
    let last = 0
    await fail(5, () => ({ ...someone(), from: `2001:db8:1:2::${++last}` }))
    expect(await waitOf({ ...someone(), from: '2001:db8:1:2:ffff::1' })).toBe(1)
    expect(await waitOf({ ...someone(), from: '2001:db8:1:3::1' })).toBe(0)
  })

  test('are not cleared away by an account of one’s own', async () => {
    for (let at = 0; at < 4; at++) {
      await fail(1, someone)
      expect((await attempt({ email: BUDI, password: PASSWORD })).status).toBe(200)
    }
    await fail(1, someone)
    expect(await waitOf({ email: BUDI, password: PASSWORD })).toBe(1)
  })

  test('but whoever comes in at last takes back what they mistyped, for the office behind it', async () => {
    await fail(3, () => ({ email: BUDI }))
    await fail(1, someone)
    expect((await attempt({ email: BUDI, password: PASSWORD })).status).toBe(200)
    await fail(4)
    expect(await waitOf({})).toBe(1)
  })

  test('let nobody take a turn from an account while the address waits', async () => {
    await fail(5, someone)
    await fail(4, () => ({ from: elsewhere() }))
    for (let at = 0; at < 5; at++) expect(await waitOf({})).toBe(1)
    expect((await attempt({ password: PASSWORD, from: elsewhere() })).status).toBe(200)
  })
})
