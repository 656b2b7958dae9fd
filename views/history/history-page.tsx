import type { EntryView } from '#src/ledger/entry-view.ts'
import type { Day } from '#src/units/business-day.ts'
import { type HistoryFilterValues, historyHref, isByDay } from '#views/history/filter.ts'
import { type Consumer, filterInWords, type Person } from '#views/history/filter-words.ts'
import { Filters } from '#views/history/filters.tsx'
import { HistoryRows } from '#views/history/history-rows.tsx'
import { Jump } from '#views/history/jump.tsx'
import { type Printed, PrintHead } from '#views/history/print-head.tsx'
import { Ranges } from '#views/history/ranges.tsx'
import { searchInWords, type Turn } from '#views/history/searched.tsx'
import { type HistoryTotals, Totals } from '#views/history/totals.tsx'
import {
  HISTORY_ID,
  HISTORY_NEWS_ID,
  HISTORY_PAGER_ID,
  HISTORY_RANGES_ID,
  HISTORY_ROWS_ID,
  HISTORY_TOTALS_ID,
  LOW_STOCK_ID,
} from '#views/ids.ts'
import type { DayFigures } from '#views/stock/location-card.ts'
import { drawnOnce } from '#views/ui/drawn-once.tsx'
import type { Errors } from '#views/ui/error-summary.tsx'
import { Freshness } from '#views/ui/freshness.tsx'
import { Loading } from '#views/ui/loading.tsx'
import { Pager } from '#views/ui/pager.tsx'

export type HistoryPageProps = {
  rows: EntryView[]
  /** Sums of the days on this page; a day left out shows its date alone. */
  days: Record<Day, DayFigures>
  filter: HistoryFilterValues
  errors: Errors
  totals: HistoryTotals
  page: number
  totalPages: number
  limit: number
  /** Cursors of the pages beside this one, where words are looked for: then pages have no numbers. */
  turn: Turn | null
  /** The cursor in the address, if any, and the day that was asked for. */
  place: { before: string; after: string; date: string }
  today: Day
  locations: { code: string; name: string }[]
  people: Person[]
  consumers: Consumer[]
  /** Whether more than one location can be seen. */
  showLocation: boolean
  newEntryIds?: readonly number[]
  /** The entries of this page that this person may correct now. */
  correctable: ReadonlySet<number>
  printed: Printed
  /** What the server knew when it read the books; left out where nothing new is to be waited for. */
  version?: string | undefined
}

const SIZES = [20, 50, 100]

/** Parts that new entries change. The forms are none of them. */
const FRESH_PARTS = [
  LOW_STOCK_ID,
  HISTORY_RANGES_ID,
  HISTORY_TOTALS_ID,
  HISTORY_ROWS_ID,
  HISTORY_PAGER_ID,
]

/** Heading, filter, totals, rows and pages: everything that changes with the filter, under one root. */
export function HistoryPage(props: HistoryPageProps) {
  const { filter, errors, limit } = props
  const isRefused = Object.keys(errors).length > 0
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
      <PrintHead printed={props.printed} filterWords={filterInWords(props)} />
      <div class="page-head">
        <h1>Riwayat</h1>
        <div id={HISTORY_RANGES_ID}>
          <Ranges filter={filter} today={props.today} limit={limit} />
        </div>
      </div>
      <div class="panel">
        <Filters
          filter={filter}
          errors={errors}
          limit={limit}
          locations={props.locations}
          people={props.people}
          consumers={props.consumers}
          showLocation={props.showLocation}
        />
        <div id={HISTORY_TOTALS_ID}>{isRefused ? null : <Totals {...props} />}</div>
        <Loading id="history-loading" label="Memuat catatan" />
        <div class="news" id={HISTORY_NEWS_ID} aria-live="polite" />
        <div id={HISTORY_ROWS_ID}>
          <HistoryRows {...props} />
        </div>
      </div>
      <div class="history-foot">
        <div id={HISTORY_PAGER_ID}>
          <Pages
            filter={filter}
            entries={props.totals.entries}
            isMore={props.totals.isMore}
            told={searchInWords(props.totals, props.turn)}
            shown={props.rows.length}
            turn={props.turn}
            page={props.page}
            totalPages={props.totalPages}
            limit={limit}
          />
        </div>
        <DayJump {...props} />
      </div>
      {isOpenEnded(props) ? (
        <Freshness
          version={props.version ?? ''}
          href={historyHref(filter, { limit })}
          parts={FRESH_PARTS}
        />
      ) : null}
    </div>
  )
}

/** Only the first page of what goes on until today can have something new. */
function isOpenEnded({ version, page, place, filter, errors, today }: HistoryPageProps): boolean {
  const isFirst = page === 1 && place.before === '' && place.after === ''
  const isRefused = Object.keys(errors).length > 0
  const reachesToday = filter.endDate === '' || filter.endDate >= today
  return version !== undefined && isFirst && !isRefused && reachesToday
}

type PagesProps = Pick<HistoryPageProps, 'filter' | 'turn' | 'page' | 'totalPages' | 'limit'> & {
  entries: number
  isMore: boolean
  told: string | undefined
  /** How many rows this page holds. */
  shown: number
}

const MOST = 64

const Pages = drawnOnce(MOST, (props: PagesProps) => {
  const { filter, entries, isMore, shown, turn, page, totalPages, limit } = props
  const turned = turn && {
    newer: turn.newer === null ? null : historyHref(filter, { limit, before: turn.newer }),
    older: turn.older === null ? null : historyHref(filter, { limit, after: turn.older }),
  }
  return (
    <Pager
      label="Halaman riwayat"
      page={page}
      totalPages={totalPages}
      limit={limit}
      shown={shown}
      total={entries}
      isMore={isMore}
      turn={turned}
      told={props.told}
      sizes={SIZES.map((size) => ({ size, href: historyHref(filter, { limit: size }) }))}
      noun="catatan"
      hrefFor={(to) => historyHref(filter, { page: to, limit })}
      enhance={(href) => ({ 'hx-get': href, 'hx-swap': `outerHTML show:#${HISTORY_ID}:top` })}
    />
  )
})

/** Days follow each other only where entries are sorted by them, and have pages to lead to only where those have numbers. */
function DayJump({ filter, errors, totals, turn, place, limit }: HistoryPageProps) {
  const hasPages = isByDay(filter) && !turn && totals.entries > limit
  if (!hasPages && errors.date === undefined) return null
  return <Jump filter={filter} limit={limit} value={place.date} error={errors.date} />
}
