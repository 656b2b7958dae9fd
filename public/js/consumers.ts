import type { Colours } from './chart-colours.ts'
import { litresOf, type TrendChart } from './chart-options.ts'
import { sizeOf } from './trend.ts'

/** A row of the table: who, and what its cells say. `expected` is empty where nothing is usual yet. */
export type Use = { name: string; used: string; expected: string }

const LONGEST_NAME = 24

/** Reads the server's own table, so that the chart can show nothing but what stands there. */
export function readUses(figure: HTMLElement): Use[] {
  const table = document.getElementById(figure.dataset.chart || '')
  const rows = table ? Array.from(table.querySelectorAll('tbody tr:not(.day)')) : []
  const read = (row: Element, selector: string) => {
    const cell = row.querySelector(selector)
    return cell?.textContent ? cell.textContent.trim() : ''
  }
  return rows.map((row) => ({
    name: read(row, 'th'),
    used: read(row, '.c-used'),
    expected: read(row, '.c-expected'),
  }))
}

/** A pair of bars for each: what it used, and what it usually uses on as many days. */
export function consumersChartOf(uses: Use[], colours: Colours): TrendChart {
  const texts = [uses.map(({ used }) => used), uses.map(({ expected }) => expected)]
  const bars = texts.map((column) => column.map(sizeOf))
  const common = { maxBarThickness: 18, type: 'bar' } as const
  return {
    type: 'bar',
    data: {
      labels: uses.map(({ name }) => name),
      datasets: [
        { ...common, label: 'Pemakaian', data: bars[0] || [], backgroundColor: colours.out },
        {
          ...common,
          label: 'Biasanya',
          data: bars[1] || [],
          backgroundColor: 'transparent',
          borderColor: colours.soft,
          borderWidth: 1.5,
        },
      ],
    },
    options: {
      indexAxis: 'y',
      animation: false,
      maintainAspectRatio: false,
      interaction: { mode: 'index', axis: 'y', intersect: false },
      scales: {
        x: {
          beginAtZero: true,
          grid: { color: colours.line },
          border: { display: false },
          ticks: {
            color: colours.soft,
            maxTicksLimit: 6,
            maxRotation: 0,
            callback: (value) => litresOf(Number(value)),
          },
        },
        y: {
          grid: { display: false },
          border: { color: colours.soft },
          ticks: {
            color: colours.soft,
            autoSkip: false,
            callback: (at) => shorten(uses[Number(at)]),
          },
        },
      },
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
              `${dataset.label}: ${texts[datasetIndex]?.[dataIndex] || 'belum cukup data'}`,
          },
        },
      },
    },
  }
}

const shorten = (use: Use | undefined): string => {
  const name = use ? use.name : ''
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name
}
