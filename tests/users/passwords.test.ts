import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { refusalOf } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { everythingIn } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'

let depot: Depot
let agus: Client
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  agus = await depot.signIn('agus')
})
afterAll(() => depot.close())

const RINA = { email: 'rina@depo.example', name: 'Rina Hartati', role: 'supervisor' }

/** Refused at its field, with this sentence, and nothing was changed. */
async function expectRefused(sentence: string, method: string, path: string, body: unknown) {
  const before = await everythingIn(depot.db)
  const response = await agus.api(method, path, body)
  const { details } = await refusalOf(response)
  expect([response.status, Object.keys(details)]).toEqual([422, ['password']])
  expect(details.password).toContain(sentence)
  expect(await everythingIn(depot.db)).toEqual(before)
}

const GUESSED: [string, string][] = [
  ['password123', 'paling sering dipakai'],
  ['1111111111', 'hanya mengulang'],
]

describe('a password that others would guess', () => {
  test.each([...GUESSED, ['solar-hartati', 'memuat nama'], ['rina-1-rina', 'memuat nama']])(
    'makes nobody: %j',
    (password, sentence) => expectRefused(sentence, 'POST', '/api/users', { ...RINA, password }),
  )

  test.each([...GUESSED, ['solar-wulandari', 'memuat nama']])(
    'replaces no other: %j',
    (password, sentence) =>
      expectRefused(sentence, 'PATCH', `/api/users/${depot.ids.sari}`, { password }),
  )

  test('is judged by the name and the address that the person will have', async () => {
    const path = `/api/users/${depot.ids.sari}`
    const { name, email } = RINA
    await expectRefused('memuat nama', 'PATCH', path, { name, password: 'solar-hartati' })
    await expectRefused('memuat nama', 'PATCH', path, { email, password: 'solar-rina-7' })
    const renamed = await agus.api('PATCH', path, { ...RINA, password: 'solar-wulandari' })
    expect(renamed.status).toBe(200)
  })
})
