/**
 * Litres are counted in whole hundredths of a litre, as a bigint: `125050n` is 1.250,50 L.
 * No float ever holds an amount, so sums are exact for any number of entries.
 */
export type Litres = bigint

/** What a request of the API may carry, and what DECIMAL columns hold: a plain decimal, at most two places. */
export const DECIMAL_PATTERN = /^\d{1,10}(\.\d{1,2})?$/

/** The largest amount of one entry, in hundredths: DECIMAL(12,2). */
export const MAX_ENTRY_LITRES: Litres = 999_999_999_999n

/** Reads a DECIMAL as the database or a program writes it ("-1250.5"). Throws a RangeError on anything else. */
export function parseDecimal(text: string): Litres {
  const match = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(text)
  if (!match) throw new RangeError(`not a decimal with at most two places: ${text}`)
  const [, sign, whole, fraction = ''] = match
  const hundredths = BigInt(`${whole}${fraction.padEnd(2, '0')}`)
  return sign === '-' ? -hundredths : hundredths
}

/** Writes litres as a plain decimal with two places ("-1250.50"): for the database, the API and files. */
export function toDecimal(litres: Litres): string {
  const digits = absolute(litres).toString().padStart(3, '0')
  return `${litres < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** Writes litres as a person in Indonesia reads them: "1.250,50", with the real minus sign (U+2212). */
export function formatLitres(litres: Litres): string {
  const [whole = '0', fraction = '00'] = toDecimal(absolute(litres)).split('.')
  return `${litres < 0n ? '−' : ''}${groupThousands(whole)},${fraction}`
}

/** Like formatLitres, with a plus or minus before anything but zero: "+5.000,00", "−350,00", "0,00". */
export function formatSigned(litres: Litres): string {
  return `${litres > 0n ? '+' : ''}${formatLitres(litres)}`
}

/** Litres without hundredths where there are none, for the marks of a gauge: "25.000". */
export function formatRound(litres: Litres): string {
  return formatLitres(litres).replace(/,00$/, '')
}

export function groupThousands(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, '.')
}

/** The share of `part` in `whole` in per cent with two decimals ("73.84"), cut to 0–100. For drawing only. */
export function percentOf(part: Litres, whole: Litres): string {
  if (whole <= 0n || part <= 0n) return '0'
  if (part >= whole) return '100'
  return toDecimal((part * 10_000n) / whole)
}

/** For sorting, the smaller first. */
export const compareLitres = (a: Litres, b: Litres): number => (a < b ? -1 : a > b ? 1 : 0)
export const smallest = (a: Litres, b: Litres): Litres => (a < b ? a : b)
export const largest = (a: Litres, b: Litres): Litres => (a > b ? a : b)
const absolute = (litres: Litres): Litres => (litres < 0n ? -litres : litres)
