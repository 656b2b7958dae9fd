import { expect, test } from 'bun:test'
import { shareBatches } from '#src/share-batches.ts'

/** Look-ups that end when they are told to, and the keys that each was asked for. */
function openLookUps(most: number) {
  const asked: string[][] = []
  const ends: { done: () => void; fail: (error: Error) => void }[] = []
  const ask = shareBatches(most, async (keys) => {
    const number = asked.push(keys) - 1
    await new Promise<void>((done, fail) => void ends.push({ done, fail }))
    return new Map(keys.filter((key) => key !== 'nobody').map((key) => [key, `${key} ${number}`]))
  })
  return {
    ask,
    asked,
    end: (at: number) => ends[at]?.done(),
    fail: (at: number) => ends[at]?.fail(new Error('away')),
  }
}

const settle = () => Bun.sleep(0)

test('who asks while all places are taken is looked up with the others, after they asked', async () => {
  const { ask, asked, end } = openLookUps(1)
  const first = ask('a')
  const later = [ask('a'), ask('b'), ask('b'), ask('nobody')]
  expect(asked).toEqual([['a']])
  end(0)
  expect(await first).toBe('a 0')
  await settle()
  expect(asked).toEqual([['a'], ['a', 'b', 'nobody']])
  end(1)
  expect(await Promise.all(later)).toEqual(['a 1', 'b 1', 'b 1', null])
})

test('so many are under way at once, and nothing is kept', async () => {
  const { ask, asked, end } = openLookUps(2)
  const both = [ask('a'), ask('b')]
  expect(asked).toEqual([['a'], ['b']])
  for (const at of [0, 1]) end(at)
  expect(await Promise.all(both)).toEqual(['a 0', 'b 1'])
  const again = ask('a')
  await settle()
  end(2)
  expect(await again).toBe('a 2')
})

test('a look-up that fails fails those who had it, and the next one begins', async () => {
  const { ask, end, fail } = openLookUps(1)
  const first = ask('a')
  const second = ask('b')
  fail(0)
  expect(first).rejects.toThrow('away')
  await settle()
  end(1)
  expect(await second).toBe('b 1')
})
