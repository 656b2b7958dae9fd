import { type HistoryFilterValues, historyHref, sortOf } from '#views/history/filter.ts'
import { drawnOnce } from '#views/ui/drawn-once.tsx'
import { SortHead } from '#views/ui/sort-head.tsx'

export type EntriesHeadProps = {
  showLocation: boolean
  isFull: boolean
  /** Under which filter the columns time and litres sort; plain words otherwise. */
  sorts?: { filter: HistoryFilterValues; limit: number } | undefined
}

const MOST = 64

export const EntriesHead = drawnOnce(MOST, ({ showLocation, isFull, sorts }: EntriesHeadProps) => {
  return (
    <thead>
      <tr>
        {sorts ? (
          <EntriesSort {...sorts} by="date" label="Waktu" class="c-time" />
        ) : (
          <th scope="col" class="c-time">
            Waktu
          </th>
        )}
        <th scope="col" class="c-type">
          Jenis
        </th>
        {showLocation ? (
          <th scope="col" class="c-place">
            Lokasi
          </th>
        ) : null}
        {sorts ? (
          <EntriesSort {...sorts} by="amount" label="Jumlah (L)" class="num c-amount" />
        ) : (
          <th scope="col" class="num c-amount">
            Jumlah (L)
          </th>
        )}
        <th scope="col" class="num c-balance">
          Sisa (L)
        </th>
        <th scope="col" class="c-use">
          Untuk
        </th>
        <th scope="col">Keterangan</th>
        {isFull ? <th scope="col">Surat jalan / DO</th> : null}
        {isFull ? <th scope="col">Oleh</th> : null}
        <th scope="col" class="c-end">
          <span class="visually-hidden">Tindakan</span>
        </th>
      </tr>
    </thead>
  )
})

type EntriesSortProps = {
  filter: HistoryFilterValues
  limit: number
  by: 'date' | 'amount'
  label: string
  class: string
}

/** The first click sorts downwards, the next turns it round. */
function EntriesSort({ filter, limit, by, label, class: className }: EntriesSortProps) {
  const current = sortOf(filter)
  const isDown = current === `-${by}`
  const order = isDown ? 'down' : current === by ? 'up' : null
  const href = historyHref({ ...filter, sort: isDown ? by : `-${by}` }, { limit })
  return <SortHead label={label} class={className} order={order} href={href} />
}
