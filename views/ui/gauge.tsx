import { formatLitres, formatRound, type Litres, percentOf } from '#src/units/litres.ts'

const TICKS = Array.from({ length: 21 }, (_, at) => at * 5)
const QUARTERS = [0n, 1n, 2n, 3n, 4n] as const

export type GaugeProps = {
  name: string
  litres: Litres
  capacityLitres: Litres
  lowStockLitres: Litres | null
}

/** The sounding tape. An SVG without viewBox, every x in per cent, so that it reflows with its plate. */
export function Gauge(props: GaugeProps) {
  const level = `${percentOf(props.litres, props.capacityLitres)}%`
  return (
    <svg class="gauge" role="img" aria-label={sentence(props)}>
      <rect class="gauge-well" y="18" width="100%" height="24" />
      <rect class="gauge-level" y="18" width={level} height="24" />
      <line class="gauge-edge" x1={level} x2={level} y1="18" y2="42" />
      <LowMark {...props} />
      {TICKS.map((at) => (
        <line
          class="gauge-tick"
          x1={`${at}%`}
          x2={`${at}%`}
          y1="42"
          y2={at % 25 === 0 ? '52' : '47'}
        />
      ))}
      {QUARTERS.map((quarter) => (
        <>
          {' '}
          <Mark quarter={quarter} capacity={props.capacityLitres} />
        </>
      ))}
    </svg>
  )
}

function LowMark({ lowStockLitres, capacityLitres }: GaugeProps) {
  if (lowStockLitres === null || lowStockLitres <= 0n || lowStockLitres > capacityLitres)
    return null
  const percent = percentOf(lowStockLitres, capacityLitres)
  const at = `${percent}%`
  return (
    <>
      <line class="gauge-low" x1={at} x2={at} y1="10" y2="42" />
      <text class="gauge-low-text" x={at} y="9" text-anchor={anchorAt(Number(percent))}>
        {`batas ${formatRound(lowStockLitres)}`}
      </text>
    </>
  )
}

function Mark({ quarter, capacity }: { quarter: bigint; capacity: Litres }) {
  const at = Number(quarter) * 25
  const text = formatRound((capacity * quarter) / 4n)
  return (
    <text
      x={`${at}%`}
      y="65"
      text-anchor={anchorAt(at)}
      class={at % 50 === 0 ? undefined : 'gauge-minor'}
    >
      {quarter === 0n ? '0' : quarter === 4n ? `${text} L` : text}
    </text>
  )
}

function anchorAt(percent: number): 'start' | 'middle' | 'end' {
  if (percent < 12) return 'start'
  return percent > 88 ? 'end' : 'middle'
}

function sentence({ name, litres, capacityLitres, lowStockLitres }: GaugeProps): string {
  const share = capacityLitres > 0n ? ((litres * 100n) / capacityLitres).toString() : '0'
  const filled = `Tangki ${name} terisi ${share}% dari kapasitas ${formatLitres(capacityLitres)} liter.`
  if (lowStockLitres === null) return filled
  return `${filled} Batas stok menipis ${formatLitres(lowStockLitres)} liter.`
}
