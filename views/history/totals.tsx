import { formatSigned, type Litres } from '#src/units/litres.ts'
import { exportHref, type HistoryFilterValues } from '#views/history/filter.ts'
import { countInWords, type Turn } from '#views/history/searched.tsx'
import { Signed } from '#views/stock/signed.tsx'
import { ButtonLink, Buttons } from '#views/ui/button.tsx'
import { drawnOnce } from '#views/ui/drawn-once.tsx'

export type HistoryTotals = {
  entries: number
  /** There are more than `entries`: nobody counted to the end. */
  isMore: boolean
  /** Only these were found where it was looked; whether there are others nobody knows yet. */
  isPartial?: boolean
  /** Null where too many rows would have to be added up. */
  litres: { in: Litres; out: Litres; net: Litres } | null
}

type TotalsProps = {
  totals: HistoryTotals
  filter: HistoryFilterValues
  turn: Turn | null
}

/** What the filter chooses, over all its pages, and ways to take it along. */
export function Totals({ totals, filter, turn }: TotalsProps) {
  const { entries, isPartial, litres } = totals
  return (
    <div class="totals">
      <dl>
        <div>
          <dt>Catatan</dt> <dd>{countInWords(totals, { turn })}</dd>
        </div>
        {isPartial ? null : <LitreTotals litres={litres} />}
      </dl>
      {entries > 0 || isPartial ? <Downloads filter={filter} /> : null}
    </div>
  )
}

function LitreTotals({ litres }: Pick<HistoryTotals, 'litres'>) {
  if (litres === null) {
    return (
      <div>
        <dt>Jumlah liter</dt> <dd class="uncounted">persempit saringan untuk menghitungnya</dd>
      </div>
    )
  }
  return (
    <>
      <div>
        <dt>Masuk</dt> <Signed as="dd" type="IN" litres={litres.in} unit="L" />
      </div>
      <div>
        <dt>Pemakaian</dt> <Signed as="dd" type="OUT" litres={litres.out} unit="L" />
      </div>
      <div>
        <dt>Bersih</dt> <dd>{formatSigned(litres.net)} L</dd>
      </div>
    </>
  )
}

const MOST = 64

const Downloads = drawnOnce(MOST, ({ filter }: { filter: HistoryFilterValues }) => (
  <Buttons>
    <button type="button" class="button compact" hidden data-copy-link aria-live="polite">
      Salin tautan
    </button>{' '}
    <ButtonLink size="compact" href={exportHref(filter, 'xlsx')}>
      Unduh Excel
    </ButtonLink>{' '}
    <ButtonLink size="compact" href={exportHref(filter, 'csv-id')}>
      Unduh CSV
    </ButtonLink>
  </Buttons>
))
