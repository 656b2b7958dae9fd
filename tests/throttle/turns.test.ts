import { describe, expect, test } from 'bun:test'
import { takeTurn, waitForTurn } from '#src/throttle/turns.ts'
import { PASSWORD } from '#tests/support/cast.ts'
import { BUDI, elsewhere, useGuesses } from '#tests/throttle/guesses.ts'

const { depot, pass, attempt, fail, waitOf, attack } = useGuesses()

const NEW_PLACE = '192.0.2.7'
const right = { password: PASSWORD, from: NEW_PLACE }

describe('a browser that was never here, while a stranger guesses at the account without end', () => {
  test('is let in once it has waited as long as it was told, whatever the stranger did meanwhile', async () => {
    await attack()
    expect(await waitOf(right)).toBe(60)
    pass(60)
    // The stranger is there first, as always, and the next minute begins.
    await fail(1)
    expect(await waitOf({ from: elsewhere() })).toBe(60)
    expect((await attempt(right)).status).toBe(200)
  })

  test('may mistype, and waits anew', async () => {
    await attack()
    expect(await waitOf(right)).toBe(60)
    for (let at = 0; at < 4; at++) {
      pass(60)
      await fail(1)
      await fail(1, () => ({ from: NEW_PLACE }))
      expect(await waitOf(right)).toBe(60)
    }
    pass(60)
    await fail(1)
    expect((await attempt(right)).status).toBe(200)
  })

  test('gets no more guesses by asking often, or at once', async () => {
    await attack()
    for (let at = 0; at < 5; at++) expect(await waitOf({ from: NEW_PLACE })).toBe(60)
    pass(30)
    expect(await waitOf({ from: NEW_PLACE })).toBe(30)
    pass(30)
    await fail(1)
    const answers = await Promise.all(Array.from({ length: 6 }, () => attempt({ from: NEW_PLACE })))
    expect(answers.map(({ status }) => status).sort()).toEqual([401, 429, 429, 429, 429, 429])
  })

  test('has no such turn after five failures of its own', async () => {
    await attack()
    await waitOf({ from: NEW_PLACE })
    for (let at = 0; at < 5; at++) {
      pass(60)
      await fail(1)
      await fail(1, () => ({ from: NEW_PLACE }))
      await waitOf({ from: NEW_PLACE })
    }
    pass(60)
    await fail(1)
    expect(await waitOf(right)).toBe(60)
  })

  test('has its turn at that account alone', async () => {
    await attack()
    expect(await waitOf(right)).toBe(60)
    await fail(5, () => ({ email: BUDI, from: elsewhere() }))
    expect(await waitOf({ ...right, email: BUDI })).toBe(1)
  })
})

describe('a turn', () => {
  const wait = (endsInMs: number) => ({ points: 1, endsInMs })
  const give = (key: string) => waitForTurn(depot().system, key, wait(1000))
  const take = (key: string, isFirst = false) =>
    takeTurn(depot().system, key, { account: 'account', isFirst })

  test('comes even where the wait has just ended', async () => {
    await waitForTurn(depot().system, 'here', wait(0))
    pass(1)
    expect(await waitForTurn(depot().system, 'here', wait(60_000))).toBe(null)
  })

  test('is not the one that somebody else of the same place waits for by now', async () => {
    await give('here')
    pass(1)
    expect(await take('here')).toBe(true)
    await give('here')
    expect(await take('here')).toBe(false)
    pass(1)
    expect(await take('here')).toBe(true)
  })

  test('is had three hundred times an hour at one account, from however many places', async () => {
    const places = Array.from({ length: 301 }, (_, at) => `place ${at}`)
    for (const place of places) await give(place)
    pass(1)
    const taken: boolean[] = []
    for (const place of places) taken.push(await take(place))
    expect(taken.filter(Boolean)).toHaveLength(300)
    expect(taken.at(-1)).toBe(false)
    await give('new place')
    pass(1)
    expect(await take('new place', true)).toBe(true)
    pass(3600)
    await give('place 0')
    pass(1)
    expect(await take('place 0')).toBe(true)
  })
})
