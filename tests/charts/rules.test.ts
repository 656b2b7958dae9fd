import { describe, expect, test } from 'bun:test'
import { stepOf, sumUp } from '#src/charts/rules.ts'
import { addDays } from '#src/units/business-day.ts'

describe('stepOf', () => {
  test.each([
    ['2026-11-23', '2026-11-23', 'day'],
    ['2026-08-24', '2026-11-23', 'day'],
    ['2026-08-23', '2026-11-23', 'week'],
    ['2025-11-24', '2026-11-23', 'week'],
    ['2024-01-01', '2025-12-31', 'week'],
    ['2024-11-23', '2026-11-23', 'week'],
    ['2024-01-01', '2026-01-01', 'month'],
    ['2016-11-16', '2026-11-23', 'month'],
  ] as const)('from %s to %s goes by %s', (first, last, step) => {
    expect(stepOf({ first, last })).toBe(step)
  })
})

/** Day number n brings n litres in and takes one hundredth out. */
const daysFrom = (first: string, count: number) => {
  let opening = 0n
  return Array.from({ length: count }, (_, at) => {
    const day = {
      date: addDays(first, at),
      opening,
      in: BigInt(at + 1) * 100n,
      out: 1n,
      closing: 0n,
    }
    day.closing = day.opening + day.in - day.out
    opening = day.closing
    return day
  })
}

describe('sumUp', () => {
  test('leaves days as they are', () => {
    const days = daysFrom('2026-11-21', 3)
    expect(sumUp(days, 'day')).toEqual(
      days.map(({ date, ...figures }) => ({ first: date, last: date, ...figures })),
    )
  })

  test('cuts weeks on Mondays, the first and the last as short as the period makes them', () => {
    // A Thursday, then a whole week, then a Monday.
    expect(sumUp(daysFrom('2026-11-12', 12), 'week')).toEqual([
      { first: '2026-11-12', last: '2026-11-15', opening: 0n, in: 1000n, out: 4n, closing: 996n },
      {
        first: '2026-11-16',
        last: '2026-11-22',
        opening: 996n,
        in: 5600n,
        out: 7n,
        closing: 6589n,
      },
      {
        first: '2026-11-23',
        last: '2026-11-23',
        opening: 6589n,
        in: 1200n,
        out: 1n,
        closing: 7788n,
      },
    ])
  })

  test('cuts months by the calendar, leap years and the turn of the year too', () => {
    const rows = sumUp(daysFrom('2023-12-31', 62), 'month')
    expect(rows.map(({ first, last }) => [first, last])).toEqual([
      ['2023-12-31', '2023-12-31'],
      ['2024-01-01', '2024-01-31'],
      ['2024-02-01', '2024-02-29'],
      ['2024-03-01', '2024-03-01'],
    ])
    expect(rows.reduce((sum, row) => sum + row.in, 0n)).toBe(100n * 31n * 63n)
    for (const [at, row] of rows.entries()) {
      expect(row.closing).toBe(row.opening + row.in - row.out)
      expect(row.opening).toBe(rows[at - 1]?.closing ?? 0n)
    }
  })

  test('a week over the turn of the year is one week', () => {
    expect(sumUp(daysFrom('2026-12-28', 7), 'week')).toHaveLength(1)
  })
})
