import { expect, test } from 'bun:test'
import { openTurns } from '#src/database/turns.ts'

const LONG = 60_000
const tooLate = () => new Error('too late')

function gate() {
  let open = () => {}
  const opened = new Promise<void>((done) => {
    open = done
  })
  return { open, opened }
}

test('lets so many work at a time, the others in the order of coming', async () => {
  const turns = openTurns(2, LONG, tooLate)
  const gates = [gate(), gate(), gate(), gate()]
  const begun: number[] = []
  const works = gates.map(({ opened }, at) =>
    turns.take(async () => {
      begun.push(at)
      await opened
      return at
    }),
  )
  await Bun.sleep(1)
  expect(begun).toEqual([0, 1])
  gates[1]?.open()
  await works[1]
  await Bun.sleep(1)
  expect(begun).toEqual([0, 1, 2])
  for (const { open } of gates) open()
  expect(await Promise.all(works)).toEqual([0, 1, 2, 3])
})

test('gives a turn on where the work fails', async () => {
  const turns = openTurns(1, LONG, tooLate)
  const failed = turns.take(() => Promise.reject(new Error('no')))
  const next = turns.take(async () => 'yes')
  await expect(failed).rejects.toThrow('no')
  expect(await next).toBe('yes')
})

test('tells who waited too long so, and keeps no turn for them', async () => {
  const turns = openTurns(1, 20, tooLate)
  const { open, opened } = gate()
  const first = turns.take(() => opened)
  await expect(turns.take(async () => 'never')).rejects.toThrow('too late')
  open()
  await first
  expect(await turns.take(async () => 'again')).toBe('again')
})
