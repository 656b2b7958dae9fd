import { expect, test } from 'bun:test'
import { shareNext } from '#src/share-next.ts'

/** Work that ends when it is told to, with the number of its beginning. */
function openWork() {
  const ends: { done: (value: string) => void; fail: (error: Error) => void }[] = []
  const ask = shareNext((key) =>
    new Promise<string>((done, fail) => void ends.push({ done, fail })).then(
      (at) => `${key} ${at}`,
    ),
  )
  return {
    ask,
    begun: () => ends.length,
    end: (at: number) => ends[at]?.done(String(at)),
    fail: (at: number) => ends[at]?.fail(new Error(`work ${at}`)),
  }
}

const settle = () => Bun.sleep(0)

test('who asks meanwhile shares the next turn, never the one under way', async () => {
  const work = openWork()
  const first = work.ask('a')
  const later = [work.ask('a'), work.ask('a')]
  expect(work.begun()).toBe(1)
  work.end(0)
  expect(await first).toBe('a 0')
  await settle()
  expect(work.begun()).toBe(2)
  const latest = work.ask('a')
  work.end(1)
  for (const value of await Promise.all(later)) expect(value).toBe('a 1')
  await settle()
  work.end(2)
  expect(await latest).toBe('a 2')
})

test('nothing is kept: who asks afterwards has a turn of their own', async () => {
  const work = openWork()
  const first = work.ask('a')
  work.end(0)
  await first
  const again = work.ask('a')
  expect(work.begun()).toBe(2)
  work.end(1)
  expect(await again).toBe('a 1')
})

test('a turn that fails fails those who had it, and the next one begins', async () => {
  const work = openWork()
  const first = work.ask('a')
  const second = work.ask('a')
  work.fail(0)
  expect(first).rejects.toThrow('work 0')
  await settle()
  work.end(1)
  expect(await second).toBe('a 1')
})

test('keys do not wait for one another', () => {
  const work = openWork()
  work.ask('a')
  work.ask('b')
  expect(work.begun()).toBe(2)
})
