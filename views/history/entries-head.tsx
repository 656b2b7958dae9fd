import { type HistoryFilterValues, historyHref, sortOf } from '#views/history/filter.ts'
import { drawnOnce } from '#views/ui/drawn-once.tsx'

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
          <SortHead {...sorts} by="date" label="Waktu" class="c-time" />
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
          <SortHead {...sorts} by="amount" label="Jumlah (L)" class="num c-amount" />
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

type SortHeadProps = {
  filter: HistoryFilterValues
  limit: number
  by: 'date' | 'amount'
  label: string
  class: string
}

/** The first click sorts downwards, the next turns it round. */
function SortHead({ filter, limit, by, label, class: className }: SortHeadProps) {
  const current = sortOf(filter)
  const isDown = current === `-${by}`
  const isUp = current === by
  const href = historyHref({ ...filter, sort: isDown ? by : `-${by}` }, { limit })
  return (
    <th
      scope="col"
      class={className}
      aria-sort={isDown ? 'descending' : isUp ? 'ascending' : undefined}
    >
      <a class={isDown ? 'sort-down' : isUp ? 'sort-up' : undefined} href={href} hx-get={href}>
        {label}
      </a>
    </th>
  )
}
