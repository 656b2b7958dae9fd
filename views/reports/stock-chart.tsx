import type { ReportDay, ReportPlace } from '#src/reports/rules.ts'
import type { Litres } from '#src/units/litres.ts'
import { ChartLegend, legendRows } from '#views/reports/chart-legend.tsx'
import { Limit, PAPER, Word } from '#views/reports/chart-parts.tsx'
import { type Scale, scaleFor, toNumber } from '#views/reports/chart-scale.ts'

export type StockChartProps = {
  location: ReportPlace
  days: ReportDay[]
  /** For a phone, where the letters of the wide one would be too small to read. */
  isNarrow?: boolean
}

const HEIGHTS = { gap: 14, stock: 130, between: 18, moves: 60, labels: 24 }
const LETTER = 5.8

/** Where things stand: the two areas lie above one another, on one row of days. */
type Areas = { left: number; right: number; band: number; stock: Area; moves: Area }
type Area = { top: number; bottom: number; scale: Scale }

/**
 * Stock above as a stepped line, what came and went below as bars, from the figures of the table: one drawing for the
 * page, its print and the PDF. Its colours are attributes, since the policy allows no style of its own.
 */
export function StockChart({ location, days, isNarrow = false }: StockChartProps) {
  const { capacityLitres: capacity, lowStockLitres: low } = location
  const width = isNarrow ? 330 : 700
  const limits = { low, capacity }
  const areas = areasOf({ location, days }, { width, top: legendRows(limits, width) * 16 })
  const { stock, moves, left, right, band } = areas
  const height = moves.bottom + HEIGHTS.labels
  return (
    <svg
      class={`stock-chart${isNarrow ? ' stock-chart-narrow' : ''}`}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`Grafik stok akhir, stok masuk dan pemakaian ${location.name} tiap hari; angkanya ada di tabel per hari.`}
      font-family="Roboto"
      font-size="10"
    >
      <ChartLegend limits={limits} width={width} />
      <Axis area={stock} left={left} right={right} />
      <Axis area={moves} left={left} right={right} />
      {days.map((day, at) => (
        <Bars day={day} x={left + at * band} band={band} area={moves} />
      ))}
      {days.map((day, at) =>
        isNarrow && (at + 1) % 5 !== 0 && at !== 0 ? null : (
          <Word x={left + (at + 0.5) * band} y={height - 8} anchor="middle">
            {String(Number(day.date.slice(8)))}
          </Word>
        ),
      )}
      <path
        class="chart-stock"
        d={stepsOf(days, areas)}
        fill="none"
        stroke={PAPER.stock}
        stroke-width="2"
      />
      {low === null ? null : <Limit kind="low" from={left} to={right} y={yOf(low, stock)} />}
      {capacity === null ? null : (
        <Limit kind="capacity" from={left} to={right} y={yOf(capacity, stock)} />
      )}
    </svg>
  )
}

function areasOf(
  { location, days }: StockChartProps,
  { width, top }: { width: number; top: number },
): Areas {
  const { capacityLitres, lowStockLitres } = location
  const levels = [...days.map(({ closing }) => closing), capacityLitres, lowStockLitres]
  const scales = {
    stock: scaleFor(levels),
    moves: scaleFor(days.flatMap((day) => [day.in, day.out])),
  }
  const labels = [...scales.stock.ticks, ...scales.moves.ticks].map(({ label }) => label.length)
  const left = Math.round(Math.max(...labels) * LETTER) + 8
  const right = width - 4
  const begin = top + HEIGHTS.gap
  const end = begin + HEIGHTS.stock
  return {
    left,
    right,
    band: (right - left) / Math.max(days.length, 1),
    stock: { top: begin, bottom: end, scale: scales.stock },
    moves: {
      top: end + HEIGHTS.between,
      bottom: end + HEIGHTS.between + HEIGHTS.moves,
      scale: scales.moves,
    },
  }
}

const place = (value: number, { top, bottom, scale }: Area): number =>
  bottom - (value / scale.top) * (bottom - top)

const yOf = (litres: Litres, area: Area): number => place(toNumber(litres), area)

function stepsOf(days: ReportDay[], { left, band, stock }: Areas): string {
  const heights = days.map(({ closing }) => yOf(closing, stock).toFixed(1))
  const steps = heights.map((y, at) => `V${y}H${(left + (at + 1) * band).toFixed(1)}`)
  return `M${left} ${heights[0] ?? stock.bottom}${steps.join('')}`
}

function Axis({ area, left, right }: { area: Area; left: number; right: number }) {
  return (
    <>
      {area.scale.ticks.map(({ at, label }) => {
        const y = place(at, area)
        return (
          <>
            <line
              class={at === 0 ? 'chart-base' : 'chart-grid'}
              x1={left}
              x2={right}
              y1={y.toFixed(1)}
              y2={y.toFixed(1)}
              stroke={at === 0 ? PAPER.soft : PAPER.line}
              stroke-width="0.75"
            />
            <Word x={left - 6} y={y + 3.5} anchor="end">
              {label}
            </Word>
          </>
        )
      })}
    </>
  )
}

type BarsProps = { day: ReportDay; x: number; band: number; area: Area }

function Bars({ day, x, band, area }: BarsProps) {
  const width = Math.min(band * 0.38, 12)
  const middle = x + band / 2
  const barOf = (litres: Litres) => {
    const y = yOf(litres, area)
    return { y: y.toFixed(1), height: (area.bottom - y).toFixed(1), width: width.toFixed(1) }
  }
  return (
    <>
      {day.in === 0n ? null : (
        <rect class="chart-in" x={(middle - width).toFixed(1)} {...barOf(day.in)} fill={PAPER.in} />
      )}
      {day.out === 0n ? null : (
        <rect
          class="chart-out"
          x={middle.toFixed(1)}
          {...barOf(day.out)}
          fill="none"
          stroke={PAPER.out}
          stroke-width="1"
        />
      )}
    </>
  )
}
