import type { ChartRow, Step } from '#src/charts/rules.ts'
import { ChartsFrame, type ChartsFrameProps } from '#views/charts/charts-frame.tsx'
import { Downloads } from '#views/charts/downloads.tsx'
import { fileNameOf } from '#views/charts/filter.ts'
import { type Limits, TrendFigure } from '#views/charts/trend-figure.tsx'
import { TrendTable } from '#views/charts/trend-table.tsx'
import { EACH_STEP, periodInWords } from '#views/charts/words.ts'
import { Panel } from '#views/ui/panel.tsx'

export type ChartsPageProps = ChartsFrameProps & {
  step: Step
  /** Oldest first. */
  rows: ChartRow[]
  /** The one location that is charted; null for several together. */
  location: (Limits & { code: string; name: string }) | null
}

/** The stock of one location, or of all together: chart and table. */
export function ChartsPage(props: ChartsPageProps) {
  return (
    <ChartsFrame {...props} heading={headingOf(props)}>
      {props.rows.length === 0 ? null : <Trend {...props} />}
    </ChartsFrame>
  )
}

function Trend(props: ChartsPageProps) {
  const { step, rows, location, filter } = props
  const first = rows[0]?.first ?? ''
  const last = rows[rows.length - 1]?.last ?? ''
  const period = periodInWords({ first, last })
  const title = `${headingOf(props)}, ${period}`
  const fileName = fileNameOf({ noun: 'grafik', location, first, last })
  return (
    <div class="desk desk-charts">
      <Panel id="chart" heading={period} aside={<Downloads filter={filter} fileName={fileName} />}>
        <TrendFigure title={title} step={step} limits={location} />
      </Panel>
      <Panel id="figures" heading="Angkanya">
        <TrendTable caption={`${title}, ${EACH_STEP[step]}`} step={step} rows={rows} />
      </Panel>
    </div>
  )
}

function headingOf({ location, errors }: ChartsPageProps): string {
  if (Object.keys(errors).length > 0) return 'Grafik stok'
  return `Grafik stok ${location?.name ?? 'semua lokasi'}`
}
