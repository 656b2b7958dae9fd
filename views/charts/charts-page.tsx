import type { ChartRow, Step } from '#src/charts/rules.ts'
import type { Day } from '#src/units/business-day.ts'
import { ChartsFilter, rangesUpTo } from '#views/charts/charts-filter.tsx'
import {
  CHARTS_CSV_PATH,
  type ChartsFilterValues,
  chartsHref,
  fileNameOf,
} from '#views/charts/filter.ts'
import { type Limits, TrendFigure } from '#views/charts/trend-figure.tsx'
import { TrendTable } from '#views/charts/trend-table.tsx'
import { EACH_STEP, periodInWords } from '#views/charts/words.ts'
import { CHARTS_ID } from '#views/ids.ts'
import { ButtonLink, Buttons } from '#views/ui/button.tsx'
import { Empty } from '#views/ui/empty.tsx'
import type { Errors } from '#views/ui/error-summary.tsx'
import { Loading } from '#views/ui/loading.tsx'
import { Panel } from '#views/ui/panel.tsx'
import { RangeLinks } from '#views/ui/range-links.tsx'

export type ChartsPageProps = {
  filter: ChartsFilterValues
  errors: Errors
  today: Day
  step: Step
  /** Oldest first. */
  rows: ChartRow[]
  /** The one location that is charted; null for several together. */
  location: (Limits & { code: string; name: string }) | null
  locations: { code: string; name: string }[]
  /** Whether more than one location can be seen. */
  showLocation: boolean
}

/** Heading, ranges, filter, chart and table: everything that changes with the filter, under one root. */
export function ChartsPage(props: ChartsPageProps) {
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
        <h1>{headingOf(props)}</h1>
        <Ranges {...props} />
      </div>
      <div class="panel">
        <ChartsFilter {...props} />
        <Loading id="charts-loading" label="Memuat grafik" />
        {props.rows.length === 0 ? <NoRows {...props} /> : null}
      </div>
      {props.rows.length === 0 ? null : <Trend {...props} />}
    </div>
  )
}

function Ranges({ filter, today }: ChartsPageProps) {
  const ranges = rangesUpTo(today).map(({ label, ...range }) => ({
    label,
    href: chartsHref({ ...filter, ...range }),
    isCurrent: filter.startDate === range.startDate && filter.endDate === range.endDate,
  }))
  return <RangeLinks ranges={ranges} />
}

function Trend(props: ChartsPageProps) {
  const { step, rows, location } = props
  const first = rows[0]?.first ?? ''
  const last = rows[rows.length - 1]?.last ?? ''
  const period = periodInWords({ first, last })
  const title = `${headingOf(props)}, ${period}`
  return (
    <div class="desk desk-charts">
      <Panel id="chart" heading={period} aside={<Downloads {...props} />}>
        <TrendFigure title={title} step={step} limits={location} />
      </Panel>
      <Panel id="figures" heading="Angkanya">
        <TrendTable caption={`${title}, ${EACH_STEP[step]}`} step={step} rows={rows} />
      </Panel>
    </div>
  )
}

/** The picture is made of the canvas, so its button comes with the script. */
function Downloads({ filter, rows, location }: ChartsPageProps) {
  return (
    <Buttons>
      <button
        class="button compact"
        type="button"
        hidden
        data-chart-png={`${fileNameOf({ rows, location })}.png`}
      >
        Unduh PNG
      </button>{' '}
      <ButtonLink size="compact" href={chartsHref(filter, CHARTS_CSV_PATH)}>
        Unduh CSV
      </ButtonLink>
    </Buttons>
  )
}

function NoRows({ errors, locations }: ChartsPageProps) {
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

function headingOf({ location, errors }: ChartsPageProps): string {
  if (Object.keys(errors).length > 0) return 'Grafik stok'
  return `Grafik stok ${location?.name ?? 'semua lokasi'}`
}
