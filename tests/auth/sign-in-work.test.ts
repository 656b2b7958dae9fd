import { afterAll, beforeAll, expect, mock, test } from 'bun:test'
import * as bcrypt from '@node-rs/bcrypt'
import { eq } from 'drizzle-orm'
import { users } from '#src/database/schema/users.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { CAST, PASSWORD } from '#tests/support/cast.ts'

/** The hashes that passwords were compared with. */
const compared: string[] = []
const { verify } = bcrypt
mock.module('@node-rs/bcrypt', () => ({
  ...bcrypt,
  verify: (password: string, hash: string) => {
    compared.push(hash)
    return verify(password, hash)
  },
}))
const { DUMMY_HASH, hashPassword } = await import('#src/auth/passwords.ts')
const { IMPORT_ACCOUNT_EMAIL } = await import('#src/company.ts')

let visitors = 0
const WHOLE = /^\$2b\$12\$[./0-9A-Za-z]{53}$/

let depot: Depot
beforeAll(async () => {
  depot = await openDepot()
  // The cast's own hashes are cheap, so that the other tests are quick.
  const passwordHash = await hashPassword(PASSWORD)
  await depot.db.update(users).set({ passwordHash }).where(eq(users.builtIn, false))
})
afterAll(() => depot.close())

test("the hash for nobody costs as much as everybody else's", async () => {
  expect(await hashPassword('kuda-makan-rumput')).toMatch(WHOLE)
  expect(DUMMY_HASH).toMatch(WHOLE)
})

test.each([
  ['the right password', CAST.sari.email, PASSWORD, 200],
  ['a wrong password', CAST.sari.email, 'solar-untuk-kapal', 401],
  ['an unknown address', 'siapa@depo.example', PASSWORD, 401],
  ['an inactive account', CAST.dewi.email, PASSWORD, 401],
  ['an inactive account and a wrong password', CAST.dewi.email, 'solar-untuk-kapal', 401],
  ['the built-in account of imports', IMPORT_ACCOUNT_EMAIL, PASSWORD, 401],
  ['no password', CAST.sari.email, '', 401],
  ['a password that is too long', CAST.sari.email, PASSWORD.repeat(50), 401],
  ['a password that is too long for nobody', 'siapa@depo.example', PASSWORD.repeat(50), 401],
])('signing in with %s compares one hash of the full cost', async (_, email, password, status) => {
  compared.length = 0
  // From an address of its own: too many failures from one are not compared any more.
  const from = { 'X-Real-IP': `203.0.113.${++visitors}` }
  const response = await depot.visit().api('POST', '/api/auth/login', { email, password }, from)
  expect(response.status).toBe(status)
  expect(compared).toEqual([expect.stringMatching(WHOLE)])
})
