import { describe, expect, test } from 'bun:test'
import { echoLitres } from '#src/units/litre-echo.ts'

const NOTHING = { kind: 'nothing' } as const

describe('the echo of litres being typed', () => {
  test.each(['', ' ', '0', '0,', '0,0', '1250,', '1.250.', '-'])(
    'says nothing yet to "%s"',
    (typed) => {
      expect(echoLitres(typed, '100.00', 'out')).toEqual(NOTHING)
    },
  )

  test.each([
    ['1250,5', 'out', 'sisa menjadi 17.210,00'],
    ['1.250,50', 'in', 'sisa menjadi 19.711,00'],
    ['18460,50', 'out', 'sisa menjadi 0,00'],
    ['18460,51', 'out', 'sisa tidak cukup: 18.460,50 liter'],
    ['0,05', 'out', 'sisa menjadi 18.460,45'],
  ])('tells what is left after "%s" %s', (typed, direction, rest) => {
    expect(echoLitres(typed, '18460.50', direction)).toMatchObject({ kind: 'amount', rest })
  })

  test('names both readings of what could be read two ways', () => {
    expect(echoLitres('1,250', '18460.50', 'out')).toEqual({
      kind: 'problem',
      sentence: 'Maksudnya 1,25 liter atau 1.250 liter? Tulis 1,25 atau 1250.',
    })
  })

  test('leaves the rest out where no location is chosen or the balance is beyond exact counting', () => {
    const amount = { kind: 'amount', amount: '5,00 liter', rest: '' } as const
    expect(echoLitres('5', undefined, 'out')).toEqual(amount)
    expect(echoLitres('5', '9999999999999999.99', 'out')).toEqual(amount)
  })
})
