import type { Child } from 'hono/jsx'
import type { Day } from '#src/units/business-day.ts'
import { ChartsFilter, rangesUpTo } from '#views/charts/charts-filter.tsx'
import { type ChartsFilterValues, type ChartsView, chartsHref } from '#views/charts/filter.ts'
import { CHARTS_ID } from '#views/ids.ts'
import { Empty } from '#views/ui/empty.tsx'
import type { Errors } from '#views/ui/error-summary.tsx'
import { Loading } from '#views/ui/loading.tsx'
import { RangeLinks } from '#views/ui/range-links.tsx'

export type ChartsFrameProps = {
  filter: ChartsFilterValues
  errors: Errors
  today: Day
  locations: { code: string; name: string }[]
  /** Whether more than one location can be seen. */
  showLocation: boolean
}

type Framed = ChartsFrameProps & {
  heading: string
  /** Null where there is nothing to draw. */
  children: Child | null
}

const VIEWS: { view: ChartsView; label: string }[] = [
  { view: '', label: 'Stok' },
  { view: 'consumers', label: 'Per genset/kapal' },
]

/** Heading, ranges and filter around what is charted: everything that changes with the filter, under one root. */
export function ChartsFrame(props: Framed) {
  return (
    <div
      class="charts"
      id={CHARTS_ID}
      tabindex={-1}
      hx-target={`#${CHARTS_ID}`}
      hx-select={`#${CHARTS_ID}`}
      hx-swap="outerHTML"
      hx-push-url="true"
      hx-indicator="#charts-loading"
    >
      <div class="page-head">
        <h1>{props.heading}</h1>
        <Ranges {...props} />
      </div>
      <div class="panel">
        <Views {...props} />
        <ChartsFilter {...props} />
        <Loading id="charts-loading" label="Memuat grafik" />
        {props.children === null ? <Nothing {...props} /> : null}
      </div>
      {props.children}
    </div>
  )
}

function Ranges({ filter, today }: ChartsFrameProps) {
  const ranges = rangesUpTo(today).map(({ label, ...range }) => ({
    label,
    href: chartsHref({ ...filter, ...range }),
    isCurrent: filter.startDate === range.startDate && filter.endDate === range.endDate,
  }))
  return <RangeLinks ranges={ranges} />
}

function Views({ filter }: ChartsFrameProps) {
  return (
    <nav class="ranges chart-views" aria-label="Jenis grafik">
      {VIEWS.map(({ view, label }) => {
        const href = chartsHref({ ...filter, view })
        return (
          <>
            <a href={href} hx-get={href} aria-current={filter.view === view ? 'page' : undefined}>
              {label}
            </a>{' '}
          </>
        )
      })}
    </nav>
  )
}

function Nothing({ errors, locations }: ChartsFrameProps) {
  if (Object.keys(errors).length > 0) {
    return (
      <Empty heading="Grafik belum bisa ditampilkan">
        <p>Perbaiki isian yang ditandai, lalu tampilkan lagi.</p>
      </Empty>
    )
  }
  if (locations.length === 0) {
    return (
      <Empty heading="Belum ada lokasi">
        <p>Minta admin menambah lokasi lebih dulu.</p>
      </Empty>
    )
  }
  return (
    <Empty heading="Rentang ini belum mulai">
      <p>Pilih tanggal awal hari ini atau sebelumnya.</p>
    </Empty>
  )
}
