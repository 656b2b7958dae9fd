import type { EntryView } from '#src/ledger/entry-view.ts'
import { type Day, formatClock, formatDayClock } from '#src/units/business-day.ts'
import { formatLitres } from '#src/units/litres.ts'
import { entryRowId } from '#views/ids.ts'
import { KIND_LABELS } from '#views/stock/kind-labels.ts'
import { moveClass, signedText } from '#views/stock/signed.tsx'
import { Badge } from '#views/ui/badge.tsx'
import { Code } from '#views/ui/code.tsx'

export type EntryRowProps = {
  entry: EntryView
  /** The day that stands above the row; of another day the row tells the date as well. */
  day: Day | null
  showLocation: boolean
  isFull: boolean
  /** Just booked: marked. */
  isNew: boolean
}

export function EntryRow({ entry, day, showLocation, isFull, isNew }: EntryRowProps) {
  const clock = entry.occurredClock
  return (
    <tr id={entryRowId(entry.id)} class={rowClass(entry, isNew)}>
      <th class="c-time" scope="row">
        <a href={`/history/${entry.id}`}>
          {day !== null && clock.startsWith(day) ? formatClock(clock) : formatDayClock(clock)}
        </a>
      </th>
      <td class="c-type">
        <EntryKindMark entry={entry} />
      </td>
      {showLocation ? (
        <td class="c-place">
          <Code code={entry.locationName} />
        </td>
      ) : null}
      <td class={`c-amount num amount ${moveClass(entry.type)}`}>
        {signedText(entry.type, entry.litres)}
      </td>
      <td class="c-balance num">{formatLitres(entry.balanceAfter)}</td>
      <td class="c-use">{entry.consumer}</td>
      <td class="c-notes">{entry.notes}</td>
      {isFull ? <td class="c-ref">{entry.reference}</td> : null}
      {isFull ? <td class="c-who">{entry.userName}</td> : null}
    </tr>
  )
}

/** In or out by shape, word and colour, with what became of the entry. */
export function EntryKindMark({ entry }: { entry: EntryView }) {
  return (
    <>
      <span class={`move ${moveClass(entry.type)}`}>{KIND_LABELS[entry.kind]}</span>
      {entry.replacesId === null ? null : (
        <>
          {' '}
          <Badge tone="on">Pengganti</Badge>
        </>
      )}
      {entry.reversedById === null ? null : (
        <>
          {' '}
          <Badge>Diperbaiki</Badge>
        </>
      )}
      {entry.isOverCapacity ? (
        <>
          {' '}
          <Badge tone="low">Melebihi kapasitas</Badge>
        </>
      ) : null}
    </>
  )
}

function rowClass(entry: EntryView, isNew: boolean): string | undefined {
  const parts = [
    isNew ? 'new' : '',
    entry.reversedById === null ? '' : 'reversed',
    entry.kind === 'reversal' ? 'reversal' : '',
  ].filter((part) => part !== '')
  return parts.length > 0 ? parts.join(' ') : undefined
}
