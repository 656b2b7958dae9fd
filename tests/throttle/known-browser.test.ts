import { describe, expect, test } from 'bun:test'
import { eq } from 'drizzle-orm'
import { hashPassword } from '#src/auth/passwords.ts'
import { users } from '#src/database/schema/users.ts'
import { CAST, PASSWORD } from '#tests/support/cast.ts'
import { createClient } from '#tests/support/client.ts'
import { BUDI, elsewhere, SARI, useGuesses } from '#tests/throttle/guesses.ts'

const { depot, pass, attempt, fail, waitOf, signedInBefore, attack } = useGuesses()

describe('a browser that has signed in to the account before', () => {
  test('is let in at the first right password, whatever strangers do at its account and address', async () => {
    const by = await signedInBefore(SARI)
    await attack()
    expect(await waitOf({ password: PASSWORD })).toBe(60)
    expect((await attempt({ password: PASSWORD, by })).status).toBe(200)
    // Nothing is given to the strangers by that.
    expect(await waitOf({})).toBe(60)
  })

  test('waits for its own failures, and for nobody else’s sake', async () => {
    const by = await signedInBefore(SARI)
    await fail(5, () => ({ by, from: elsewhere() }))
    expect(await waitOf({ by, password: PASSWORD, from: elsewhere() })).toBe(1)
    expect((await attempt({ password: PASSWORD })).status).toBe(200)
    pass(1)
    await fail(1, () => ({ by }))
    expect(await waitOf({ by })).toBe(2)
    pass(2)
    expect((await attempt({ by, password: PASSWORD })).status).toBe(200)
    await fail(5, () => ({ by }))
  })

  test('is a stranger at the account of somebody else', async () => {
    const by = await signedInBefore(BUDI)
    await attack()
    expect(await waitOf({ by, password: PASSWORD })).toBe(60)
  })

  test('is a stranger again once the password is another', async () => {
    const by = await signedInBefore(SARI)
    const passwordHash = await hashPassword('kuda-makan-rumput')
    await depot().db.update(users).set({ passwordHash }).where(eq(users.email, SARI))
    await attack()
    expect(await waitOf({ by, password: 'kuda-makan-rumput' })).toBe(60)
  })

  test.each(['page', 'API'])(
    'stays known where its person changes the password by the %s',
    async (way) => {
      const by = await signedInBefore(SARI)
      const change = { oldPassword: PASSWORD, newPassword: 'kuda-makan-rumput' }
      expect((await attempt({ password: PASSWORD, by })).status).toBe(200)
      if (way === 'page') expect((await by.submit('/account/password', change)).status).toBe(303)
      else expect((await by.api('POST', '/api/auth/password', change)).status).toBe(200)
      await attack()
      expect((await attempt({ by, password: 'kuda-makan-rumput' })).status).toBe(200)
    },
  )

  test('may be one PC for all of them', async () => {
    const by = await signedInBefore(SARI)
    const people = [BUDI, CAST.wati.email, CAST.agus.email]
    for (const email of people) await attempt({ email, password: PASSWORD, by })
    await attack()
    for (const email of [SARI, ...people])
      expect((await attempt({ email, password: PASSWORD, by })).status).toBe(200)
  })

  test.each([
    ['made up', (_: string) => `${'0'.repeat(32)}.1.${'x'.repeat(43)}`],
    ['of nothing', (_: string) => '..'],
    [
      'with another account in it',
      (own: string) => own.replace(/\.\d+\./, `.${depot().ids.sari}.`),
    ],
    ['with another browser in it', (own: string) => `0${own.slice(1)}`],
    ['cut off', (own: string) => own.slice(0, -1)],
  ])('is not one with a cookie that is %s', async (_, forge) => {
    const own = (await signedInBefore(BUDI)).jar.get('bbm_browser_4111') ?? ''
    const by = createClient(depot().app, new Map([['bbm_browser_4111', forge(own)]]))
    await attack()
    expect(await waitOf({ by, password: PASSWORD })).toBe(60)
  })

  test('is not one under another secret', async () => {
    const { jar } = await signedInBefore(SARI)
    const app = depot().reconfigured({ jwtSecret: 'rahasia-orang-lain-yang-lain-sekali' })
    await attack()
    expect(await waitOf({ by: createClient(app, jar), password: PASSWORD })).toBe(60)
  })
})
