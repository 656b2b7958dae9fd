import { formatSigned, groupThousands, type Litres } from '#src/units/litres.ts'
import { exportHref, type HistoryFilterValues } from '#views/history/filter.ts'
import { Signed } from '#views/stock/signed.tsx'
import { ButtonLink, Buttons } from '#views/ui/button.tsx'

export type HistoryTotals = {
  entries: number
  /** There are more than `entries`: nobody counted to the end. */
  isMore: boolean
  /** Null where too many rows would have to be added up. */
  litres: { in: Litres; out: Litres; net: Litres } | null
}

/** What the filter chooses, over all its pages, and ways to take it along. */
export function Totals(props: { totals: HistoryTotals; filter: HistoryFilterValues }) {
  const { totals, filter } = props
  const { entries, isMore, litres } = totals
  return (
    <div class="totals">
      <dl>
        <div>
          <dt>Catatan</dt>{' '}
          <dd>{`${isMore ? 'lebih dari ' : ''}${groupThousands(String(entries))}`}</dd>
        </div>
        <LitreTotals litres={litres} />
      </dl>
      {entries > 0 ? (
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
      ) : null}
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
