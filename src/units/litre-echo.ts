import { groupThousands } from '#src/units/litres.ts'
import { readLitres } from '#src/units/typed-litres.ts'

/** How an amount that is being typed is understood, in the words of the screen. */
export type LitreEcho =
  | { kind: 'nothing' }
  | { kind: 'problem'; sentence: string }
  | { kind: 'amount'; amount: string; rest: string }

/** More digits than a Number holds exactly. */
const MAX_SAFE_DIGITS = 15

/**
 * Echoes typed litres: "1.250,50 liter" and what would be left. `balance` is a plain decimal ("18460.50").
 * Runs in the browser (Chromium 64), so it counts in whole hundredths as a Number instead of bigint.
 */
export function echoLitres(
  typed: string,
  balance: string | undefined,
  direction: string,
): LitreEcho {
  if (isHalfTyped(typed)) return { kind: 'nothing' }
  const read = readLitres(typed)
  if ('problem' in read) return { kind: 'problem', sentence: read.problem }
  const amount = `${format(read.decimal)} liter`
  return { kind: 'amount', amount, rest: restOf(read.decimal, balance, direction) }
}

/** A comma or point still waiting for its digits, or zeros that may become "0,5". */
function isHalfTyped(typed: string): boolean {
  const text = typed.replace(/\s/g, '')
  return /[.,]$/.test(text) || /^[-−]?0*[.,]?0*$/.test(text)
}

function restOf(amount: string, balance: string | undefined, direction: string): string {
  if (balance === undefined || digitsOf(balance).length > MAX_SAFE_DIGITS) return ''
  const left = Number(digitsOf(balance))
  const moved = Number(digitsOf(amount))
  if (direction === 'in') return `sisa menjadi ${format(decimalOf(left + moved))}`
  if (moved > left) return `sisa tidak cukup: ${format(balance)} liter`
  return `sisa menjadi ${format(decimalOf(left - moved))}`
}

const digitsOf = (decimal: string): string => decimal.replace('.', '')

function decimalOf(hundredths: number): string {
  const digits = `00${hundredths}`.slice(-Math.max(3, String(hundredths).length))
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

function format(decimal: string): string {
  const isNegative = decimal.charAt(0) === '-'
  const [whole = '0', fraction = '00'] = decimal.replace('-', '').split('.')
  return `${isNegative ? '−' : ''}${groupThousands(whole)},${fraction}`
}
