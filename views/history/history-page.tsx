import type { EntryView } from '#src/ledger/entry-view.ts'
import type { Day } from '#src/units/business-day.ts'
import { formatSigned, groupThousands, type Litres } from '#src/units/litres.ts'
import { type DayHeading, EntriesTable, type EntryGroup } from '#views/history/entries-table.tsx'
import {
  exportHref,
  HISTORY_PATH,
  type HistoryFilterValues,
  historyHref,
  isFiltered,
  sortOf,
} from '#views/history/filter.ts'
import { Filters, filterInWords } from '#views/history/filters.tsx'
import { Ranges } from '#views/history/ranges.tsx'
import { HISTORY_ID } from '#views/ids.ts'
import type { DayFigures } from '#views/stock/location-card.ts'
import { Signed } from '#views/stock/signed.tsx'
import { ButtonLink, Buttons } from '#views/ui/button.tsx'
import { Empty } from '#views/ui/empty.tsx'
import type { Errors } from '#views/ui/error-summary.tsx'
import { Loading } from '#views/ui/loading.tsx'
import { Pager } from '#views/ui/pager.tsx'

export type HistoryTotals = { entries: number; litresIn: Litres; litresOut: Litres; net: Litres }

export type HistoryPageProps = {
  rows: EntryView[]
  /** Sums of the days on this page; a day left out shows its date alone. */
  days: Record<Day, DayFigures>
  filter: HistoryFilterValues
  errors: Errors
  totals: HistoryTotals
  page: number
  limit: number
  totalPages: number
  today: Day
  locations: { code: string; name: string }[]
  /** Whether more than one location can be seen. */
  showLocation: boolean
  newEntryIds?: readonly number[]
  /** The entries of this page that this person may correct now. */
  correctable: ReadonlySet<number>
}

/** Heading, filter, totals, rows and pages: everything that changes with the filter, under one root. */
export function HistoryPage(props: HistoryPageProps) {
  const { filter, totals, today } = props
  const isRefused = Object.keys(props.errors).length > 0
  return (
    <div
      class="history"
      id={HISTORY_ID}
      tabindex={-1}
      hx-target={`#${HISTORY_ID}`}
      hx-select={`#${HISTORY_ID}`}
      hx-swap="outerHTML"
      hx-push-url="true"
      hx-indicator="#history-loading"
    >
      <div class="page-head">
        <h1>Riwayat</h1>
        <Ranges filter={filter} today={today} />
      </div>
      <div class="panel">
        <Filters {...props} />
        {isRefused ? null : <Totals totals={totals} filter={filter} />}
        <Loading id="history-loading" label="Memuat catatan" />
        {props.rows.length === 0 ? <NoRows {...props} /> : <Rows {...props} />}
      </div>
      <Pager
        label="Halaman riwayat"
        page={props.page}
        totalPages={props.totalPages}
        limit={props.limit}
        total={totals.entries}
        noun="catatan"
        hrefFor={(page) => historyHref(filter, { page, limit: props.limit })}
        enhance={(href) => ({ 'hx-get': href, 'hx-swap': `outerHTML show:#${HISTORY_ID}:top` })}
      />
    </div>
  )
}

function Totals({ totals, filter }: Pick<HistoryPageProps, 'totals' | 'filter'>) {
  return (
    <div class="totals">
      <dl>
        <div>
          <dt>Catatan</dt> <dd>{groupThousands(String(totals.entries))}</dd>
        </div>
        <div>
          <dt>Masuk</dt> <Signed as="dd" type="IN" litres={totals.litresIn} unit="L" />
        </div>
        <div>
          <dt>Pemakaian</dt> <Signed as="dd" type="OUT" litres={totals.litresOut} unit="L" />
        </div>
        <div>
          <dt>Bersih</dt> <dd>{formatSigned(totals.net)} L</dd>
        </div>
      </dl>
      {totals.entries > 0 ? (
        <Buttons>
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

function Rows(props: HistoryPageProps) {
  const isByDay = sortOf(props.filter).endsWith('date')
  const groups = isByDay ? groupByDay(props.rows, props.days) : [{ day: null, entries: props.rows }]
  return (
    <EntriesTable
      caption={`Riwayat stok, ${filterInWords(props)}`}
      groups={groups}
      showLocation
      isFull
      newEntryIds={props.newEntryIds ?? []}
      correctable={props.correctable}
      inlineFilter={historyHref(props.filter, props).slice(HISTORY_PATH.length + 1)}
      timeHead={<SortHead filter={props.filter} by="date" label="Waktu" class="c-time" />}
      amountHead={
        <SortHead filter={props.filter} by="amount" label="Jumlah (L)" class="num c-amount" />
      }
    />
  )
}

type SortHeadProps = {
  filter: HistoryFilterValues
  by: 'date' | 'amount'
  label: string
  class: string
}

/** The first click sorts downwards, the next turns it round. */
function SortHead({ filter, by, label, class: className }: SortHeadProps) {
  const current = sortOf(filter)
  const isDown = current === `-${by}`
  const isUp = current === by
  const href = historyHref({ ...filter, sort: isDown ? by : `-${by}` })
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

function NoRows({ filter, totals, errors }: HistoryPageProps) {
  if (Object.keys(errors).length > 0) {
    return (
      <Empty heading="Saringan ini belum bisa dipakai">
        <p>Perbaiki isian yang ditandai, lalu saring lagi.</p>
      </Empty>
    )
  }
  if (totals.entries > 0) {
    const href = historyHref(filter)
    return (
      <Empty heading="Tidak ada catatan di halaman ini">
        <p>Catatan yang cocok ada di halaman sebelumnya.</p>
        <a class="button" href={href} hx-get={href}>
          Ke halaman pertama
        </a>
      </Empty>
    )
  }
  if (!isFiltered(filter)) {
    return (
      <Empty heading="Belum ada catatan">
        <p>Stok masuk dan pemakaian yang dicatat muncul di sini.</p>
      </Empty>
    )
  }
  return (
    <Empty heading="Tidak ada catatan yang cocok">
      <p>Longgarkan saringan, atau hapus untuk melihat semuanya.</p>
      <a class="button" href={HISTORY_PATH} hx-get={HISTORY_PATH}>
        Hapus saringan
      </a>
    </Empty>
  )
}

function groupByDay(rows: EntryView[], days: Record<Day, DayFigures>): EntryGroup[] {
  const groups: (EntryGroup & { heading: DayHeading })[] = []
  for (const entry of rows) {
    const day = entry.occurredClock.slice(0, 10)
    const last = groups[groups.length - 1]
    if (last?.day === day) last.entries.push(entry)
    else groups.push({ day, entries: [entry], heading: { figures: days[day] } })
  }
  return groups
}
