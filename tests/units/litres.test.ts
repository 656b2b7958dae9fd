import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import {
  formatLitres,
  formatRound,
  formatSigned,
  MAX_ENTRY_LITRES,
  parseDecimal,
  percentOf,
  toDecimal,
} from '#src/units/litres.ts'
import { readLitres } from '#src/units/typed-litres.ts'

const anyLitres = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n })
const entryLitres = fc.bigInt({ min: 1n, max: MAX_ENTRY_LITRES })

describe('decimals', () => {
  test('written and read again are the same litres', () => {
    fc.assert(fc.property(anyLitres, (litres) => parseDecimal(toDecimal(litres)) === litres))
  })

  test('have two places and add up as whole numbers do', () => {
    fc.assert(
      fc.property(anyLitres, anyLitres, (a, b) => {
        expect(toDecimal(a)).toMatch(/^-?\d+\.\d{2}$/)
        expect(toDecimal(parseDecimal(toDecimal(a)) + parseDecimal(toDecimal(b)))).toBe(
          toDecimal(a + b),
        )
      }),
    )
  })

  test.each([
    ['0', 0n],
    ['0.1', 10n],
    ['1250.5', 125_050n],
    ['-0.01', -1n],
    ['007', 700n],
  ])('read %s exactly', (text, litres) => expect(parseDecimal(text)).toBe(litres))

  test.each(['', '.', '1.', '.5', '1.234', '1e3', '0x10', ' 1', '1,5', '--1', '+1', 'NaN', '1\n'])(
    'refuse %j',
    (text) => expect(() => parseDecimal(text)).toThrow(RangeError),
  )
})

describe('litres on screen', () => {
  test.each([
    [0n, '0,00'],
    [5n, '0,05'],
    [123_456n, '1.234,56'],
    [-123_456n, '\u22121.234,56'],
    [MAX_ENTRY_LITRES, '9.999.999.999,99'],
    [100_000n, '1.000,00'],
    [99_999n, '999,99'],
  ])('%s is shown as %s', (litres, shown) => expect(formatLitres(litres)).toBe(shown))

  test('carry their sign where it says which way fuel moved', () => {
    expect([5n, -5n, 0n].map(formatSigned)).toEqual(['+0,05', '\u22120,05', '0,00'])
  })

  test('leave hundredths out on the marks of a gauge where there are none', () => {
    expect([2_500_000n, 2_500_050n].map(formatRound)).toEqual(['25.000', '25.000,50'])
  })

  test('typed as they are shown are read as the same litres', () => {
    fc.assert(
      fc.property(entryLitres, (litres) => {
        expect(readLitres(formatLitres(litres))).toEqual({ decimal: toDecimal(litres) })
        expect(readLitres(toDecimal(litres))).toEqual({ decimal: toDecimal(litres) })
      }),
    )
  })
})

describe('what a person types', () => {
  test.each([
    ['1250', '1250.00'],
    ['1250,5', '1250.50'],
    ['1.250,50', '1250.50'],
    ['1250.50', '1250.50'],
    ['1,250.50', '1250.50'],
    ['1.250', '1250.00'],
    ['1.005', '1005.00'],
    ['1.250.000', '1250000.00'],
    ['1,250,000', '1250000.00'],
    ['0,5', '0.50'],
    [',5', '0.50'],
    ['.5', '0.50'],
    ['007', '7.00'],
    [' 1 250 ', '1250.00'],
    ['1\u00a0250', '1250.00'],
    ['50 liter', '50.00'],
    ['50L', '50.00'],
    ['50 ltr', '50.00'],
    ['13,75', '13.75'],
    ['9.999.999.999,99', '9999999999.99'],
    ['0000000000001', '1.00'],
  ])('as %j means %s', (typed, decimal) => expect(readLitres(typed)).toEqual({ decimal }))

  test.each([
    ['', 'Isi jumlah liter'],
    ['   ', 'Isi jumlah liter'],
    ['liter', 'Isi jumlah liter'],
    ['0', 'lebih dari 0'],
    ['0,00', 'lebih dari 0'],
    ['0.000', 'dua angka'],
    ['-5', 'lebih dari 0'],
    ['\u22125', 'lebih dari 0'],
    ['1250,555', 'dua angka'],
    ['1.250,555', 'dua angka'],
    ['1250.5555', 'dua angka'],
    ['99999999999', 'terlalu besar'],
    ['seribu', 'angka saja'],
    ['1e3', 'angka saja'],
    ['0x10', 'angka saja'],
    ['NaN', 'angka saja'],
    ['+5', 'angka saja'],
    ['5%', 'angka saja'],
    ['1.2.3', 'angka saja'],
    ['1..5', 'angka saja'],
    ['5,', 'angka saja'],
    [',', 'angka saja'],
    ['1.25,0.5', 'angka saja'],
    ['12.50,5', 'angka saja'],
    ['1.250.00', 'angka saja'],
    ['\u0665', 'angka saja'],
  ])('as %j is refused', (typed, sentence) => {
    expect(readLitres(typed)).toEqual({ problem: expect.stringContaining(sentence) })
  })

  test('that could be read two ways is refused with both readings', () => {
    expect(readLitres('1,250')).toEqual({
      problem: 'Maksudnya 1,25 liter atau 1.250 liter? Tulis 1,25 atau 1250.',
    })
    expect(readLitres('1,255')).toEqual({
      problem: expect.stringContaining('1,255 liter atau 1.255 liter'),
    })
  })

  test('is never read as something else than digits, marks and a unit say', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (typed) => {
        const read = readLitres(typed)
        if ('decimal' in read) expect(typed).toMatch(/^[\s\d.,]*\d[\s\d.,]*(liter|ltr|l)?\s*$/i)
        else expect(read.problem.length).toBeGreaterThan(5)
      }),
    )
  })
})

test('a share is cut to 0 to 100', () => {
  expect([
    percentOf(1n, 3n),
    percentOf(5n, 5n),
    percentOf(9n, 5n),
    percentOf(-1n, 5n),
    percentOf(1n, 0n),
  ]).toEqual(['33.33', '100', '100', '0', '0'])
})
