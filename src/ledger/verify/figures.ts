import type { UseRow } from '#src/ledger/verify/sums.ts'
import type { Day } from '#src/units/business-day.ts'
import { formatLitres, type Litres } from '#src/units/litres.ts'

/** One figure that is not what the entries come to: of a day, of one who used fuel on a day, or, both null, of another. */
export type WrongFigure = {
  day: Day | null
  use: Pick<UseRow, 'businessDay' | 'consumerId'> | null
  sentence: string
  change: string
}

type Figure = Litres | number | Date | null
type Compared = { is: Figure; should: Figure } & Partial<Pick<WrongFigure, 'day' | 'use'>>

/** The figure in words, where it differs. */
export function compareFigure(
  what: string,
  { is, should, day = null, use = null }: Compared,
): WrongFigure[] {
  const [from, to] = [show(is), show(should)]
  if (from === to) return []
  const sentence = `${what} tersimpan ${from}, seharusnya ${to}`
  return [{ day, use, sentence, change: `${what} ${from} menjadi ${to}` }]
}

function show(figure: Figure): string {
  if (typeof figure === 'bigint') return `${formatLitres(figure)} liter`
  return figure instanceof Date ? figure.toISOString() : String(figure ?? 'kosong')
}
