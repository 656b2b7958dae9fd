import type { Child } from 'hono/jsx'
import type { EntryView } from '#src/ledger/entry-view.ts'
import { formatClock, formatLongDay, type WallClock } from '#src/units/business-day.ts'
import { formatLitres } from '#src/units/litres.ts'
import { EntryKindMark } from '#views/history/entry-row.tsx'
import { Signed } from '#views/stock/signed.tsx'

export type EntryFactsProps = { entry: EntryView; zoneLabel: string }

/** What an entry itself says. The notes of a reversal are the reason for it. */
export function EntryFacts({ entry, zoneLabel }: EntryFactsProps) {
  return (
    <>
      <Fact label="Jenis">
        <EntryKindMark entry={entry} />
      </Fact>
      <Fact label="Jumlah">
        <Signed as="b" type={entry.type} litres={entry.litres} unit="L" />
      </Fact>
      <Fact label="Sisa sesudahnya">{formatLitres(entry.balanceAfter)} L</Fact>
      <Fact label="Lokasi">{entry.locationName}</Fact>
      <Fact label="Untuk">{entry.consumer}</Fact>
      <Fact label="Surat jalan / DO">{entry.reference}</Fact>
      <Fact label={entry.kind === 'reversal' ? 'Alasan' : 'Keterangan'}>
        {entry.notes === null ? null : <span class="as-typed">{entry.notes}</span>}
      </Fact>
      <Fact label="Dicatat oleh">{entry.userName}</Fact>
      <Fact label="Dicatat pada">{inWords(entry.recordedClock, zoneLabel)}</Fact>
    </>
  )
}

/** Left out where there is nothing to tell. */
export function Fact(props: { label: string; children: Child }) {
  if (props.children === null) return null
  return (
    <div>
      <dt>{props.label}</dt>
      <dd>{props.children}</dd>
    </div>
  )
}

/** "Senin, 23 November 2026 pukul 14.05 WITA". */
export const inWords = (clock: WallClock, zoneLabel: string): string =>
  `${formatLongDay(clock.slice(0, 10))} pukul ${formatClock(clock)} ${zoneLabel}`
