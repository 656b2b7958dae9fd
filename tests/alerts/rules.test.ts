import { describe, expect, test } from 'bun:test'
import { isUnder, nextTry } from '#src/alerts/rules.ts'

test('a location is low below its threshold, not at it, and never without one', () => {
  expect(isUnder(499_999n, 500_000n)).toBe(true)
  expect(isUnder(500_000n, 500_000n)).toBe(false)
  expect(isUnder(0n, null)).toBe(false)
})

describe('the next try', () => {
  const createdAt = new Date('2026-11-23T06:00:00Z')
  const waits = (attempts: number) =>
    Number(nextTry({ createdAt, attempts, now: createdAt })) - Number(createdAt)

  test('comes after 30 s, then twice as long each time, up to an hour', () => {
    expect([1, 2, 3, 7, 8, 50, 2_000].map((attempts) => waits(attempts) / 1000)).toEqual([
      30, 60, 120, 1920, 3600, 3600, 3600,
    ])
  })

  test('is not made once the message is three days old', () => {
    const after = (hours: number) =>
      nextTry({ createdAt, attempts: 80, now: new Date(createdAt.getTime() + hours * 3_600_000) })
    expect(after(71.9)).toEqual(new Date('2026-11-26T06:54:00Z'))
    expect(after(72)).toBeNull()
  })
})
