import type { ChartRow, Step } from '#src/charts/rules.ts'
import { CHARTS_PATH } from '#views/charts/filter.ts'
import { type Limits, TrendFigure } from '#views/charts/trend-figure.tsx'
import { TrendTable } from '#views/charts/trend-table.tsx'
import { Panel } from '#views/ui/panel.tsx'

export type RecentTrendProps = {
  step: Step
  rows: ChartRow[]
  location: (Limits & { name: string }) | null
}

/** The last seven days on the dashboard. Nothing where there is no location yet. */
export function RecentTrend({ step, rows, location }: RecentTrendProps) {
  if (rows.length === 0) return null
  const heading = `7 hari terakhir, ${location?.name ?? 'semua lokasi'}`
  return (
    <Panel id="trend" heading={heading} aside={<a href={CHARTS_PATH}>Semua grafik</a>}>
      <div class="desk desk-charts">
        <TrendFigure title={heading} step={step} limits={location} isSmall />
        <div>
          <TrendTable caption={heading} step={step} rows={rows} />
        </div>
      </div>
    </Panel>
  )
}
