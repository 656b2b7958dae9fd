import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { provenMark, readAmount } from '#src/imports/amounts.ts'
import { formatLitres, formatRound, MAX_ENTRY_LITRES, toDecimal } from '#src/units/litres.ts'

const litres = fc.bigInt({ min: 1n, max: MAX_ENTRY_LITRES })
const swapMarks = (text: string) => text.replace(/[.,]/g, (mark) => (mark === '.' ? ',' : '.'))

test('an amount reads back as what was written, in either style, grouped or not', () => {
  fc.assert(
    fc.property(litres, (amount) => {
      const expected = { decimal: toDecimal(amount) }
      for (const text of [
        formatLitres(amount),
        formatRound(amount),
        formatLitres(amount).replaceAll('.', ''),
      ]) {
        expect(readAmount(text, 'comma')).toEqual(expected)
        expect(readAmount(swapMarks(text), 'point')).toEqual(expected)
      }
    }),
  )
})

test('an amount with hundredths proves its style and is refused under the other one', () => {
  fc.assert(
    fc.property(litres, (amount) => {
      const text = formatLitres(amount)
      expect(provenMark(text)).toBe('comma')
      expect(provenMark(swapMarks(text))).toBe('point')
      expect(readAmount(text, 'point')).toHaveProperty('problem')
      expect(readAmount(swapMarks(text), 'comma')).toHaveProperty('problem')
    }),
  )
})
