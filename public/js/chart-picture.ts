import type { Chart } from 'chart.js'
import { type Colours, readColours } from './chart-colours.ts'

const MARGIN = 16
const HEAD = 56

export type PictureWords = {
  title: string
  name: string
  hasLow: boolean
  hasCapacity: boolean
  isOfConsumers: boolean
}

/** Saves the chart as a picture that says by itself what it shows: title, legend, ground. */
export function savePicture(chart: Chart, picture: PictureWords): void {
  drawPicture(chart, picture).toBlob((blob) => {
    if (!blob) return
    const address = URL.createObjectURL(blob)
    const link = document.createElement('a')
    link.href = address
    link.download = picture.name
    document.body.appendChild(link)
    link.click()
    link.remove()
    setTimeout(() => URL.revokeObjectURL(address), 60_000)
  }, 'image/png')
}

function drawPicture(chart: Chart, words: PictureWords): HTMLCanvasElement {
  const ratio = chart.currentDevicePixelRatio
  const picture = document.createElement('canvas')
  picture.width = (chart.width + 2 * MARGIN) * ratio
  picture.height = (chart.height + HEAD + 2 * MARGIN) * ratio
  const context = picture.getContext('2d')
  if (!context) return picture
  const colours = readColours()
  const { fontFamily } = getComputedStyle(document.body)
  context.scale(ratio, ratio)
  context.fillStyle = colours.surface
  context.fillRect(0, 0, picture.width, picture.height)
  context.textBaseline = 'middle'
  context.fillStyle = colours.ink
  context.font = `600 16px ${fontFamily}`
  context.fillText(words.title, MARGIN, MARGIN + 10, chart.width)
  context.font = `13px ${fontFamily}`
  drawLegend(context, marksOf(words, colours))
  context.drawImage(chart.canvas, MARGIN, MARGIN + HEAD, chart.width, chart.height)
  return picture
}

type Mark = { word: string; colour: string; shape: 'line' | 'dashed' | 'filled' | 'hollow' }

function marksOf(words: PictureWords, colours: Colours): Mark[] {
  const { hasLow, hasCapacity, isOfConsumers } = words
  if (isOfConsumers) {
    return [
      { word: 'Pemakaian di rentang ini', colour: colours.out, shape: 'filled' },
      { word: 'Biasanya, untuk hari pakai sebanyak itu', colour: colours.soft, shape: 'hollow' },
    ]
  }
  const marks: Mark[] = [
    { word: 'Stok akhir', colour: colours.stock, shape: 'line' },
    { word: 'Stok masuk', colour: colours.in, shape: 'filled' },
    { word: 'Pemakaian', colour: colours.out, shape: 'hollow' },
  ]
  if (hasLow) marks.push({ word: 'Batas stok menipis', colour: colours.low, shape: 'dashed' })
  if (hasCapacity) marks.push({ word: 'Kapasitas', colour: colours.soft, shape: 'dashed' })
  return marks
}

function drawLegend(context: CanvasRenderingContext2D, marks: Mark[]): void {
  const y = MARGIN + 36
  let x = MARGIN
  for (const { word, colour, shape } of marks) {
    context.fillStyle = colour
    context.strokeStyle = colour
    context.lineWidth = 1.5
    if (shape === 'line') context.fillRect(x, y - 1, 12, 3)
    if (shape === 'dashed') for (const at of [0, 7]) context.fillRect(x + at, y - 1, 5, 2)
    if (shape === 'filled') context.fillRect(x, y - 6, 12, 12)
    if (shape === 'hollow') context.strokeRect(x + 1, y - 5, 10, 10)
    context.fillText(word, x + 18, y)
    x += 18 + context.measureText(word).width + 24
  }
}
