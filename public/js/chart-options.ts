import type { ChartConfiguration, ChartDataset, Plugin } from 'chart.js'
import { groupThousands } from '#src/units/litres.ts'
import type { Colours } from './chart-colours.ts'
import { sizeOf, type Trend, type TrendRow } from './trend.ts'

export type TrendChart = ChartConfiguration<'bar' | 'line', number[], string>
type Dataset = ChartDataset<'bar' | 'line', number[]>

const WIDEST_BAR = 48

/** Stock above as a stepped line, what came and went below as bars, on one row of days. */
export function chartOf(trend: Trend, colours: Colours): TrendChart {
  const { rows } = trend
  return {
    type: 'bar',
    data: { labels: rows.map(({ label }) => label), datasets: datasetsOf(rows, colours) },
    plugins: [limitsOf(trend, colours)],
    options: {
      animation: false,
      maintainAspectRatio: false,
      color: colours.soft,
      interaction: { mode: 'index', intersect: false },
      scales: scalesOf(trend, colours),
      plugins: {
        tooltip: {
          backgroundColor: colours.ink,
          titleColor: colours.surface,
          bodyColor: colours.surface,
          cornerRadius: 3,
          displayColors: false,
          // The very figures of the table: what is drawn has been rounded.
          callbacks: {
            label: ({ dataset, dataIndex, datasetIndex }) =>
              `${dataset.label}: ${textOf(rows[dataIndex], datasetIndex)} L`,
          },
        },
      },
    },
  }
}

const textOf = (row: TrendRow | undefined, series: number): string =>
  (row && [row.stock, row.in, row.out][series]) || ''

function datasetsOf(rows: TrendRow[], colours: Colours): Dataset[] {
  return [
    {
      type: 'line',
      label: 'Stok akhir',
      yAxisID: 'stock',
      data: rows.map((row) => sizeOf(row.stock)),
      stepped: 'middle',
      borderColor: colours.stock,
      backgroundColor: colours.stock,
      borderWidth: 2.5,
      // One day alone makes no line.
      pointRadius: rows.length === 1 ? 4 : 0,
    },
    {
      type: 'bar',
      label: 'Stok masuk',
      yAxisID: 'moves',
      data: rows.map((row) => sizeOf(row.in)),
      maxBarThickness: WIDEST_BAR,
      backgroundColor: colours.in,
    },
    {
      type: 'bar',
      label: 'Pemakaian',
      yAxisID: 'moves',
      data: rows.map((row) => sizeOf(row.out)),
      maxBarThickness: WIDEST_BAR,
      backgroundColor: 'transparent',
      borderColor: colours.out,
      borderWidth: 1.5,
    },
  ]
}

function scalesOf({ capacity, low }: Trend, { soft, line }: Colours) {
  const axis = {
    position: 'left',
    stack: 'litres',
    beginAtZero: true,
    border: { display: false },
  } as const
  const litres = (value: number | string) => litresOf(Number(value))
  return {
    x: {
      grid: { display: false },
      border: { color: soft },
      ticks: { color: soft, maxRotation: 0, autoSkipPadding: 12 },
    },
    // The last that is named comes uppermost.
    moves: {
      ...axis,
      stackWeight: 2,
      grid: { color: line },
      ticks: { color: soft, maxTicksLimit: 4, callback: litres },
    },
    stock: {
      ...axis,
      stackWeight: 3,
      offset: true,
      suggestedMax: Math.max(capacity || 0, low || 0),
      grid: { color: line },
      ticks: { color: soft, maxTicksLimit: 6, callback: litres },
    },
  }
}

/** Capacity and threshold go through the whole width, also where there is one day only. */
function limitsOf({ capacity, low }: Trend, colours: Colours): Plugin<'bar' | 'line'> {
  return {
    id: 'limits',
    afterDatasetsDraw: (chart) => {
      const scale = chart.scales.stock
      if (!scale) return
      const { ctx, chartArea } = chart
      const lines = [
        { at: capacity, colour: colours.soft, dash: [2, 4] },
        { at: low, colour: colours.low, dash: [8, 4] },
      ]
      for (const { at, colour, dash } of lines) {
        if (at === null) continue
        const y = scale.getPixelForValue(at)
        ctx.save()
        ctx.strokeStyle = colour
        ctx.lineWidth = 1.5
        ctx.setLineDash(dash)
        ctx.beginPath()
        ctx.moveTo(chartArea.left, y)
        ctx.lineTo(chartArea.right, y)
        ctx.stroke()
        ctx.restore()
      }
    },
  }
}

export function litresOf(value: number): string {
  const [whole = '', fraction] = String(Math.round(value * 100) / 100).split('.')
  return fraction === undefined ? groupThousands(whole) : `${groupThousands(whole)},${fraction}`
}
