import type { Rejected } from '#src/rejected.ts'
import { type Litres, parseDecimal } from '#src/units/litres.ts'
import { readLitres } from '#src/units/typed-litres.ts'

/** What a refused form asks about instead of finding it wrong, or null. No amount means that an entry is taken back. */
export function questionOf(
  { details }: Rejected,
  typedAmount: string | null = '',
): { sentence: string; litres: Litres | null } | null {
  const sentence = details.confirmUnusual
  if (sentence === undefined) return null
  if (typedAmount === null) return { sentence, litres: null }
  const read = readLitres(typedAmount)
  return 'problem' in read ? null : { sentence, litres: parseDecimal(read.decimal) }
}
