import type { EntryView } from '#src/ledger/entry-view.ts'
import {
  type Day,
  formatClock,
  formatDay,
  formatDayClock,
  type WallClock,
} from '#src/units/business-day.ts'
import { formatLitres } from '#src/units/litres.ts'
import { correctionHref, HISTORY_PATH } from '#views/history/filter.ts'
import { entryRowId } from '#views/ids.ts'
import { KIND_LABELS } from '#views/stock/kind-labels.ts'
import { moveClass, signedText } from '#views/stock/signed.tsx'
import { Badge } from '#views/ui/badge.tsx'
import { Code } from '#views/ui/code.tsx'
import { drawnOnce } from '#views/ui/drawn-once.tsx'

export type EntryRowProps = {
  entry: EntryView
  /** The day that stands above the row; of another day the row tells the date as well. */
  day: Day | null
  showLocation: boolean
  isFull: boolean
  /** Just booked: marked. */
  isNew: boolean
  isCorrectable: boolean
  inlineFilter: string | undefined
}

/** Of the rows of some forty pages. */
const MOST = 1_000

export const EntryRow = drawnOnce(MOST, (props: EntryRowProps) => {
  const { entry, day, showLocation, isFull, isNew } = props
  const clock = entry.occurredClock
  return (
    <tr id={entryRowId(entry.id)} class={rowClass(entry, isNew)}>
      <th class="c-time" scope="row">
        <a href={`/history/${entry.id}`}>
          <Clock clock={clock} day={day} isFull={isFull} />
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
      <td class="c-end">
        <Action {...props} />
      </td>
    </tr>
  )
})

/** Under the heading of its day the clock alone; the date comes back on paper, where a sheet may begin below that. */
function Clock({ clock, day, isFull }: { clock: WallClock; day: Day | null; isFull: boolean }) {
  if (day === null || !clock.startsWith(day)) return <>{formatDayClock(clock)}</>
  return (
    <>
      {isFull ? <span class="print-day">{`${formatDay(day).slice(0, 5)} `}</span> : null}
      {formatClock(clock)}
    </>
  )
}

/** Names its row, since twenty links of one page would else sound alike. */
function Action({ entry, isCorrectable, inlineFilter }: EntryRowProps) {
  const row = `${KIND_LABELS[entry.kind]} pukul ${formatClock(entry.occurredClock)}`
  if (!isCorrectable) {
    return (
      <a href={`${HISTORY_PATH}/${entry.id}`} aria-label={`Rincian ${row}`}>
        Rincian
      </a>
    )
  }
  const href = correctionHref(entry.id, inlineFilter)
  return (
    <a
      href={href}
      aria-label={`Perbaiki ${row}`}
      {...(inlineFilter === undefined ? {} : openBelow(href))}
    >
      Perbaiki
    </a>
  )
}

const openBelow = (href: string) => ({
  'hx-get': href,
  'hx-target': 'closest tr',
  'hx-select': 'unset',
  'hx-swap': 'afterend',
  'hx-push-url': 'false',
  'hx-sync': 'this:drop',
})

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
