import type { EntryView } from '#src/ledger/entry-view.ts'
import type { Day } from '#src/units/business-day.ts'
import { type DayHeading, EntriesTable, type EntryGroup } from '#views/history/entries-table.tsx'
import { HISTORY_PATH, historyHref, isByDay, isFiltered } from '#views/history/filter.ts'
import { filterInWords } from '#views/history/filter-words.ts'
import type { HistoryPageProps } from '#views/history/history-page.tsx'
import { NotFoundYet } from '#views/history/searched.tsx'
import type { DayFigures } from '#views/stock/location-card.ts'
import { Empty } from '#views/ui/empty.tsx'

/** The table of a page, or why there is none. */
export const HistoryRows = (props: HistoryPageProps) =>
  props.rows.length === 0 ? <NoRows {...props} /> : <Rows {...props} />

function Rows(props: HistoryPageProps) {
  const { filter, limit, page, place } = props
  const inlineFilter = historyHref(filter, { limit, page, ...place })
  const groups = isByDay(filter)
    ? groupByDay(props.rows, props.days)
    : [{ day: null, entries: props.rows }]
  // What words find comes newest first, and has plain heads.
  return (
    <EntriesTable
      caption={`Riwayat stok, ${filterInWords(props)}`}
      groups={groups}
      showLocation
      isFull
      newEntryIds={props.newEntryIds ?? []}
      correctable={props.correctable}
      inlineFilter={inlineFilter.slice(HISTORY_PATH.length + 1)}
      sorts={props.turn ? undefined : { filter, limit }}
    />
  )
}

function NoRows(props: HistoryPageProps) {
  const { filter, totals, errors, limit, turn } = props
  if (Object.keys(errors).length > 0) {
    return (
      <Empty heading="Saringan ini belum bisa dipakai">
        <p>Perbaiki isian yang ditandai, lalu saring lagi.</p>
      </Empty>
    )
  }
  if (turn && totals.isPartial) return <NotFoundYet {...props} turn={turn} />
  if (totals.entries > 0) {
    const href = historyHref(filter, { limit })
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
