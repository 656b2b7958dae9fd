import type { Rejected } from '#src/rejected.ts'
import { type Litres, parseDecimal } from '#src/units/litres.ts'
import { readLitres } from '#src/units/typed-litres.ts'

/** What a refused form asks about instead of finding it wrong, or null. */
export function questionOf(
  { details }: Rejected,
  typedAmount = '',
): { sentence: string; litres: Litres } | null {
  const sentence = details.confirmUnusual
  const read = readLitres(typedAmount)
  if (sentence === undefined || 'problem' in read) return null
  return { sentence, litres: parseDecimal(read.decimal) }
}
