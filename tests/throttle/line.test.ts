import { expect, test } from 'bun:test'
import { tooSoon } from '#src/rejected.ts'
import { openLine } from '#src/throttle/line.ts'

const openShortLine = () => openLine({ mostWaiting: 2, refusal: () => tooSoon('Penuh.', 5_000) })

test('one works at a time, in the order in which they came', async () => {
  const line = openShortLine()
  const seen: string[] = []
  const work = (name: string) => async () => {
    seen.push(`${name} begins`)
    await Bun.sleep(1)
    seen.push(`${name} ends`)
    return name
  }
  expect(await Promise.all(['a', 'b', 'c'].map((name) => line(work(name))))).toEqual([
    'a',
    'b',
    'c',
  ])
  expect(seen).toEqual(['a', 'b', 'c'].flatMap((name) => [`${name} begins`, `${name} ends`]))
})

test('whoever finds too many waiting is told to come again, and the place is free afterwards', async () => {
  const line = openShortLine()
  const gate = Promise.withResolvers<void>()
  const first = Array.from({ length: 3 }, () => line(() => gate.promise))
  await expect(line(async () => {})).rejects.toMatchObject({ status: 429, retryAfterSeconds: 5 })
  gate.resolve()
  await Promise.all(first)
  expect(await line(async () => 'free')).toBe('free')
})

test('work that fails gives its place to the next', async () => {
  const line = openShortLine()
  const broken = line(() => Promise.reject(new Error('broken')))
  const next = line(async () => 'next')
  await expect(broken).rejects.toThrow('broken')
  expect(await next).toBe('next')
})
