import { expect, test } from 'bun:test'
import { refusalOf } from '#tests/support/answers.ts'
import { CAST, PASSWORD } from '#tests/support/cast.ts'
import type { Client } from '#tests/support/client.ts'
import { wordsOf } from '#tests/support/html.ts'
import { SARI, useGuesses, WRONG } from '#tests/throttle/guesses.ts'

const { depot, pass, attempt, noted } = useGuesses()

const PATH = '/account/password'
const fieldsWith = (oldPassword: string) => ({ oldPassword, newPassword: 'kuda-makan-rumput' })
const change = (client: Client, oldPassword: string) =>
  client.api('POST', '/api/auth/password', fieldsWith(oldPassword))

async function guessFiveTimes(client: Client): Promise<void> {
  for (let at = 0; at < 5; at++) expect((await change(client, WRONG)).status).toBe(422)
}

test('whoever sits at a screen that was left may guess the old password no faster than a stranger', async () => {
  const sari = await depot().signIn('sari')
  await guessFiveTimes(sari)
  const before = await noted()
  const program = await change(sari, PASSWORD)
  expect([program.status, program.headers.get('Retry-After')]).toEqual([429, '1'])
  expect((await refusalOf(program)).error).toBe(
    'Terlalu banyak percobaan. Coba lagi dalam 1 detik.',
  )
  const page = await sari.submit(PATH, fieldsWith(PASSWORD))
  expect([page.status, page.headers.get('Retry-After')]).toEqual([429, '1'])
  const html = await page.text()
  expect(wordsOf(html)).toContain('Coba lagi dalam 1 detik.')
  expect(html).not.toContain(PASSWORD)
  expect(html).toContain(`href="${PATH}">Kembali ke formulir`)
  expect(await noted()).toEqual(before)
  pass(1)
  expect((await change(sari, PASSWORD)).status).toBe(200)
})

test('keeps nobody from signing in, and no other session from its own password', async () => {
  await guessFiveTimes(await depot().signIn('sari'))
  expect((await attempt({ email: SARI, password: PASSWORD })).status).toBe(200)
  expect((await change(await depot().signIn('sari'), PASSWORD)).status).toBe(200)
  expect((await attempt({ email: CAST.budi.email, password: PASSWORD })).status).toBe(200)
})
