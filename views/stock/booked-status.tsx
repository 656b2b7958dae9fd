import type { EntryKind } from '#src/ledger/entry-view.ts'
import { formatClock, type WallClock } from '#src/units/business-day.ts'
import { formatLitres, type Litres } from '#src/units/litres.ts'
import { STATUS_ID } from '#views/ids.ts'
import { KIND_LABELS } from '#views/stock/kind-labels.ts'

export type BookedStatusProps = {
  kind: EntryKind
  litres: Litres
  /** What is left now. */
  balance: Litres
  /** When it was booked. */
  clock: WallClock
  /** The same request came again and was not booked a second time. */
  isRepeated: boolean
  /** Sent along with the answer to a write: fills the permanent status line of the page. */
  isOutOfBand?: boolean
}

/** Goes into Layout's `status`, or beside a fragment with `isOutOfBand`. */
export function BookedStatus(props: BookedStatusProps) {
  if (!props.isOutOfBand) return <Sentence {...props} />
  return (
    <div hx-swap-oob={`innerHTML:#${STATUS_ID}`}>
      <Sentence {...props} />
    </div>
  )
}

function Sentence({ kind, litres, balance, clock, isRepeated }: BookedStatusProps) {
  const what = `${KIND_LABELS[kind].toLowerCase()} ${formatLitres(litres)} liter`
  return (
    <>
      <strong>Sudah tercatat pukul {formatClock(clock)}:</strong> {what}
      {isRepeated ? ', dibukukan sekali saja' : ''}. Sisa sekarang {formatLitres(balance)} liter.
    </>
  )
}
