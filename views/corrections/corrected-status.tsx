import type { EntryView } from '#src/ledger/entry-view.ts'
import { formatClock } from '#src/units/business-day.ts'
import { formatLitres, type Litres } from '#src/units/litres.ts'
import type { CorrectionLinks } from '#views/history/entry-page.tsx'
import { STATUS_ID } from '#views/ids.ts'
import { KIND_LABELS } from '#views/stock/kind-labels.ts'

export type CorrectedStatusProps = {
  original: EntryView
  correction: Pick<CorrectionLinks, 'reversal' | 'replacement'>
  /** What is left now. */
  balance: Litres
  /** The same request came again and was not booked a second time. */
  isRepeated: boolean
  /** Sent along with the answer to a write: fills the permanent status line of the page. */
  isOutOfBand?: boolean
}

export function CorrectedStatus(props: CorrectedStatusProps) {
  if (!props.isOutOfBand) return <Sentence {...props} />
  return (
    <div hx-swap-oob={`innerHTML:#${STATUS_ID}`}>
      <Sentence {...props} />
    </div>
  )
}

function Sentence({ original, correction, balance, isRepeated }: CorrectedStatusProps) {
  const what = `${KIND_LABELS[original.kind].toLowerCase()} ${formatLitres(original.litres)} liter`
  return (
    <>
      <strong>Perbaikan tercatat pukul {formatClock(correction.reversal.recordedClock)}:</strong>{' '}
      {what} {outcomeOf(original, correction.replacement)}
      {isRepeated ? ', dibukukan sekali saja' : ''}. Sisa sekarang {formatLitres(balance)} liter.
    </>
  )
}

function outcomeOf(original: EntryView, replacement: EntryView | null): string {
  if (replacement === null) return 'dibatalkan'
  if (replacement.litres === original.litres) return 'diganti, jumlahnya tetap'
  return `menjadi ${formatLitres(replacement.litres)} liter`
}
