import { expect, test } from 'bun:test'
import { openDrawings } from '#src/http/drawings.ts'

/** Drawings that end when they are told to, each with the number of its beginning as its text. */
function openBoard({ most = 8, restMs = 0 } = {}) {
  const drawings = openDrawings({ most, restMs })
  const ends: { done: (text: string) => void; fail: (error: Error) => void }[] = []
  const draw = () => new Promise<string>((done, fail) => void ends.push({ done, fail }))
  return {
    ask: (changes: number, key = 'page') => drawings.find(key, { changes, draw }),
    begun: () => ends.length,
    end: (at: number) => ends[at]?.done(`drawing ${at}`),
    fail: (at: number) => ends[at]?.fail(new Error(`drawing ${at}`)),
  }
}

const settle = () => Bun.sleep(0)

test('those who ask for the same share one drawing, and it is kept', async () => {
  const board = openBoard()
  const first = [board.ask(1), board.ask(1)]
  board.end(0)
  for (const text of await Promise.all([...first, board.ask(1)])) expect(text).toBe('drawing 0')
  expect(board.begun()).toBe(1)
})

test('whoever knows of a later change never gets what was begun before it', async () => {
  const board = openBoard()
  const early = board.ask(1)
  const late = [board.ask(2), board.ask(4), board.ask(3)]
  await settle()
  expect(board.begun()).toBe(1)
  board.end(0)
  expect(await early).toBe('drawing 0')
  await settle()
  expect(board.begun()).toBe(2)
  board.end(1)
  for (const text of await Promise.all(late)) expect(text).toBe('drawing 1')
  expect(await board.ask(4)).toBe('drawing 1')
  expect(board.begun()).toBe(2)
})

test('who comes once the next has begun waits for the one after it', async () => {
  const board = openBoard()
  board.ask(1)
  const second = board.ask(2)
  board.end(0)
  await settle()
  const third = board.ask(3)
  board.end(1)
  expect(await second).toBe('drawing 1')
  await settle()
  board.end(2)
  expect(await third).toBe('drawing 2')
})

test('a failure is told to those who waited, keeps nobody else waiting, and is not kept', async () => {
  const board = openBoard()
  const first = board.ask(1)
  const second = board.ask(2)
  board.fail(0)
  expect(first).rejects.toThrow('drawing 0')
  await settle()
  board.fail(1)
  expect(second).rejects.toThrow('drawing 1')
  await settle()
  const third = board.ask(2)
  board.end(2)
  expect(await third).toBe('drawing 2')
})

test('keys are apart, and only so many are kept', async () => {
  const board = openBoard({ most: 1 })
  const one = board.ask(1, 'one')
  const two = board.ask(1, 'two')
  board.end(1)
  board.end(0)
  expect([await one, await two]).toEqual(['drawing 0', 'drawing 1'])
  board.ask(1, 'two')
  expect(board.begun()).toBe(2)
  board.ask(1, 'one')
  expect(board.begun()).toBe(3)
})

test('who asks soon after a drawing began waits a little for the next, and shares it', async () => {
  const board = openBoard({ restMs: 60 })
  const first = board.ask(1)
  board.end(0)
  await first
  const soon = [board.ask(2), board.ask(3)]
  await settle()
  expect(board.begun()).toBe(1)
  await Bun.sleep(80)
  expect(board.begun()).toBe(2)
  board.end(1)
  for (const text of await Promise.all(soon)) expect(text).toBe('drawing 1')
  await Bun.sleep(80)
  board.ask(4)
  expect(board.begun()).toBe(3)
})
