import type { Child } from 'hono/jsx'
import type { EntryView } from '#src/ledger/entry-view.ts'
import { formatClock, formatLongDay, type WallClock } from '#src/units/business-day.ts'
import { formatLitres } from '#src/units/litres.ts'
import { EntryKindMark } from '#views/history/entry-row.tsx'
import { HISTORY_PATH } from '#views/history/filter.ts'
import { Signed } from '#views/stock/signed.tsx'

export type EntryPageProps = { entry: EntryView; zoneLabel: string }

/** One entry with everything that is known of it. */
export function EntryPage({ entry, zoneLabel }: EntryPageProps) {
  return (
    <>
      <div class="page-head">
        <div>
          <h1>Catatan nomor {entry.id}</h1>
          <p>{inWords(entry.occurredClock, zoneLabel)}</p>
        </div>
        <p>
          <a href={HISTORY_PATH}>Semua riwayat</a>
        </p>
      </div>
      <section class="panel" aria-label={`Rincian catatan nomor ${entry.id}`}>
        <dl class="facts">
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
          <Fact label="Keterangan">
            {entry.notes === null ? null : <span class="as-typed">{entry.notes}</span>}
          </Fact>
          <Fact label="Dicatat oleh">{entry.userName}</Fact>
          <Fact label="Dicatat pada">{inWords(entry.recordedClock, zoneLabel)}</Fact>
          <Fact label="Memperbaiki">{linkTo(entry.reversesId)}</Fact>
          <Fact label="Diperbaiki oleh">{linkTo(entry.reversedById)}</Fact>
          <Fact label="Pengganti dari">{linkTo(entry.replacesId)}</Fact>
        </dl>
      </section>
    </>
  )
}

/** Left out where there is nothing to tell. */
function Fact(props: { label: string; children: Child }) {
  if (props.children === null) return null
  return (
    <div>
      <dt>{props.label}</dt>
      <dd>{props.children}</dd>
    </div>
  )
}

const linkTo = (id: number | null): Child =>
  id === null ? null : <a href={`${HISTORY_PATH}/${id}`}>Catatan nomor {id}</a>

const inWords = (clock: WallClock, zoneLabel: string): string =>
  `${formatLongDay(clock.slice(0, 10))} pukul ${formatClock(clock)} ${zoneLabel}`
