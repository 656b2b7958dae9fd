import { describe, expect, test } from 'bun:test'
import { PASSWORD } from '#tests/support/cast.ts'
import { createClient } from '#tests/support/client.ts'
import { type Attempt, elsewhere, useGuesses } from '#tests/throttle/guesses.ts'

const { depot, pass, attempt, fail, waitOf, noted } = useGuesses()

describe('many at once', () => {
  const statusesOf = async (attempts: Attempt[]) =>
    (await Promise.all(attempts.map(attempt))).map(({ status }) => status)

  test('find no gap: of fifty guesses at an account five are compared', async () => {
    const statuses = await statusesOf(Array.from({ length: 50 }, () => ({ from: elsewhere() })))
    expect(statuses.filter((status) => status === 401)).toHaveLength(5)
    expect(statuses.filter((status) => status === 429)).toHaveLength(45)
    expect(await noted()).toHaveLength(5)
  })

  test('find none either from one address at fifty accounts', async () => {
    const emails = Array.from({ length: 50 }, (_, at) => `orang-${at}@depo.example`)
    await statusesOf(emails.map((email) => ({ email })))
    expect(await noted()).toHaveLength(5)
  })

  test('find none between two processes', async () => {
    const apps = [depot().app, depot().reconfigured({}), depot().reconfigured({})]
    const statuses = await statusesOf(
      Array.from({ length: 60 }, (_, at) => ({
        by: createClient(apps[at % 3] ?? depot().app),
        from: elsewhere(),
      })),
    )
    const compared = statuses.filter((status) => status === 401)
    expect(compared.length).toBeLessThanOrEqual(6)
    expect(await noted()).toHaveLength(compared.length)
  })

  test('with the right password all come in', async () => {
    const right = Array.from({ length: 20 }, () => ({ password: PASSWORD }))
    expect(await statusesOf(right)).toEqual(Array(20).fill(200))
    await fail(5)
    expect(await waitOf({})).toBe(1)
  })
})

describe('two processes on one database', () => {
  test('share what is counted, and a restart forgets nothing', async () => {
    const other = createClient(depot().reconfigured({}))
    await fail(3)
    await fail(2, () => ({ by: other }))
    expect(await waitOf({})).toBe(1)
    const restarted = createClient(depot().reconfigured({}))
    expect(await waitOf({ by: restarted, password: PASSWORD })).toBe(1)
    pass(1)
    expect((await attempt({ by: restarted, password: PASSWORD })).status).toBe(200)
    await fail(4)
  })
})
