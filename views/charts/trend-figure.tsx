import type { Step } from '#src/charts/rules.ts'
import { formatRound, type Litres, toDecimal } from '#src/units/litres.ts'
import { EACH_STEP } from '#views/charts/words.ts'
import { TREND_TABLE_ID } from '#views/ids.ts'
import { drawnOnce } from '#views/ui/drawn-once.tsx'

export type Limits = { capacityLitres: Litres | null; lowStockLitres: Litres | null }

export type TrendFigureProps = {
  /** What a picture of it says above: the place and the period. */
  title: string
  step: Step
  /** Of the one location charted; null for several. */
  limits: Limits | null
  isSmall?: boolean
}

const MOST = 64

/** Hidden until the script draws the chart: without one the table says it all. */
export const TrendFigure = drawnOnce(MOST, (props: TrendFigureProps) => {
  const { title, step, limits, isSmall = false } = props
  const { capacityLitres = null, lowStockLitres = null } = limits ?? {}
  return (
    <figure
      class="panel-body"
      hidden
      data-chart={TREND_TABLE_ID}
      data-title={title}
      data-capacity={capacityLitres === null ? undefined : toDecimal(capacityLitres)}
      data-low={lowStockLitres === null ? undefined : toDecimal(lowStockLitres)}
    >
      <ul class="legend">
        <li class="line stock">Stok akhir</li>
        <li>
          <span class="move in">Stok masuk (+)</span>
        </li>
        <li>
          <span class="move out">Pemakaian (−)</span>
        </li>
        {lowStockLitres === null ? null : <li class="line limit">Batas stok menipis</li>}
        {capacityLitres === null ? null : <li class="line capacity">Kapasitas</li>}
      </ul>
      <div class={isSmall ? 'chart chart-small' : 'chart'}>
        <canvas
          role="img"
          aria-label={`Grafik stok akhir, stok masuk dan pemakaian ${EACH_STEP[step]}; angkanya ada di tabel.`}
        />
      </div>
      <figcaption class="hint">{captionOf(step, limits)}</figcaption>
    </figure>
  )
})

function captionOf(step: Step, limits: Limits | null): string {
  const { capacityLitres = null, lowStockLitres = null } = limits ?? {}
  const sentences = [
    'Garis: stok akhir, dalam liter.',
    `Batang: liter masuk dan dipakai ${EACH_STEP[step]}.`,
    capacityLitres === null ? '' : `Kapasitas ${formatRound(capacityLitres)} L.`,
    lowStockLitres === null ? '' : `Batas ${formatRound(lowStockLitres)} L.`,
  ]
  return sentences.filter((sentence) => sentence !== '').join(' ')
}
