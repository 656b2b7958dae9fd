import './polyfills.ts'
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from 'chart.js'
import { type Colours, readColours } from './chart-colours.ts'
import { chartOf, type TrendChart } from './chart-options.ts'
import { savePicture } from './chart-picture.ts'
import { consumersChartOf, readUses } from './consumers.ts'
import { onContent, onEach } from './dom.ts'
import { readTrend } from './trend.ts'

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
)

let drawn: Chart<'bar' | 'line', number[], string> | null = null

onContent(() => {
  const canvas = document.querySelector('[data-chart] canvas')
  if (!drawn || drawn.canvas !== canvas) draw()
})
window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw)
onEach('click', '[data-chart-png]', (button) => {
  const figure = document.querySelector<HTMLElement>('[data-chart]')
  if (!drawn || !figure) return
  const name = button.getAttribute('data-chart-png') || 'grafik.png'
  const { title = '', low, capacity } = figure.dataset
  const hasLow = low !== undefined
  const isOfConsumers = isOfUses(figure)
  savePicture(drawn, { title, name, hasLow, hasCapacity: capacity !== undefined, isOfConsumers })
})

function draw(): void {
  if (drawn) drawn.destroy()
  drawn = null
  const figure = document.querySelector<HTMLElement>('[data-chart]')
  const canvas = figure?.querySelector('canvas')
  if (!figure || !canvas) return
  const colours = readColours()
  if (colours.stock === '') {
    // Chromium 64 may run scripts before it has read the stylesheet.
    window.addEventListener('load', draw, { once: true })
    return
  }
  // Only what is shown has a size.
  figure.hidden = false
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily
  drawn = new Chart(canvas, chartFor(figure, colours))
  const button = document.querySelector<HTMLElement>('[data-chart-png]')
  if (button) button.hidden = false
}

const chartFor = (figure: HTMLElement, colours: Colours): TrendChart =>
  isOfUses(figure)
    ? consumersChartOf(readUses(figure), colours)
    : chartOf(readTrend(figure), colours)

const isOfUses = (figure: HTMLElement): boolean => figure.dataset.chartKind === 'consumers'
