import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { coverOf } from '#src/cover/rules.ts'

const TODAY = '2026-11-23'
const stock = (balance: bigint, lowStockLitres: bigint | null = null) => ({
  balance,
  lowStockLitres,
})
const daily = (litres: bigint, days: number) => Array<bigint>(days).fill(litres)

test('a stock lasts its litres divided by what a day uses', () => {
  expect(coverOf(stock(350_000n, 70_000n), daily(35_000n, 20), TODAY)).toEqual({
    recent: { usageDays: 14, mean: 35_000n, lowOn: '2026-12-01', emptyOn: '2026-12-03' },
    long: { usageDays: 20, mean: 35_000n, lowOn: '2026-12-01', emptyOn: '2026-12-03' },
  })
})

test('the short pace is of the last fourteen days, the long one of the last sixty', () => {
  const usage = [...daily(20_000n, 14), ...daily(5_000n, 46), ...daily(999_999n, 40)]
  expect(coverOf(stock(170_000n), usage, TODAY)).toEqual({
    recent: { usageDays: 14, mean: 20_000n, lowOn: null, emptyOn: '2026-12-01' },
    long: { usageDays: 60, mean: 8_500n, lowOn: null, emptyOn: '2026-12-13' },
  })
})

test('under seven days with usage nothing is told', () => {
  expect(coverOf(stock(350_000n), daily(35_000n, 6), TODAY)).toBeNull()
  expect(coverOf(stock(350_000n), [], TODAY)).toBeNull()
  expect(coverOf(stock(350_000n), daily(35_000n, 7), TODAY)).not.toBeNull()
})

test('means and days are rounded down, but a day is not reckoned from a rounded mean', () => {
  // Six days of 1,00 liter and one of 1,01: 1,0014… a day.
  const usage = [101n, ...daily(100n, 6)]
  const cover = coverOf(stock(1_001n), usage, TODAY)
  expect(cover?.recent.mean).toBe(100n)
  // 10,01 ÷ 1,0014… is 9,99…, though 10,01 ÷ 1,00 is 10,01.
  expect(cover?.recent.emptyOn).toBe('2026-12-02')
})

test('what lasts less than a day is empty today, an empty tank was before', () => {
  expect(coverOf(stock(34_999n), daily(35_000n, 7), TODAY)?.recent.emptyOn).toBe(TODAY)
  expect(coverOf(stock(0n), daily(35_000n, 7), TODAY)?.recent.emptyOn).toBe('passed')
})

describe('the threshold', () => {
  const lowOn = (balance: bigint) =>
    coverOf(stock(balance, 100_000n), daily(35_000n, 7), TODAY)?.recent.lowOn

  test('is passed below it, and reached today at it', () => {
    expect(lowOn(99_999n)).toBe('passed')
    expect(lowOn(100_000n)).toBe(TODAY)
    expect(lowOn(135_000n)).toBe('2026-11-24')
  })
})

test('more than ten years are no date', () => {
  expect(coverOf(stock(36_50n), daily(1n, 7), TODAY)?.recent.emptyOn).toBe('2036-11-20')
  expect(coverOf(stock(36_51n), daily(1n, 7), TODAY)?.recent.emptyOn).toBe('far')
  expect(coverOf(stock(10n ** 18n), daily(1n, 7), TODAY)?.recent.emptyOn).toBe('far')
})

test('more stock never lasts shorter, and the threshold comes before the end', () => {
  const litres = fc.bigInt({ min: 1n, max: 10n ** 7n })
  fc.assert(
    fc.property(
      fc.array(litres, { minLength: 7, maxLength: 80 }),
      litres,
      litres,
      (usage, less, more) => {
        const of = (balance: bigint) => coverOf(stock(balance, 1n), usage, TODAY)?.recent
        const [short, long] = [of(less), of(less + more)]
        // "far" sorts behind every date.
        expect((short?.emptyOn ?? '') <= (long?.emptyOn ?? '')).toBe(true)
        expect((long?.lowOn ?? '') <= (long?.emptyOn ?? '')).toBe(true)
      },
    ),
  )
})
