import type { Litres } from '#src/units/litres.ts'
import { Limit, PAPER, Word } from '#views/reports/chart-parts.tsx'

export type Limits = { low: Litres | null; capacity: Litres | null }

type Mark = { kind: 'stock' | 'in' | 'out' | 'low' | 'capacity'; word: string; width: number }

const MARK = 24
const ROW = 16

/** What each line and bar means, over as many rows as the width needs. */
export function ChartLegend({ limits, width }: { limits: Limits; width: number }) {
  return (
    <>
      {placed(limits, width).map(({ kind, word, x, row }) => (
        <>
          <Sign kind={kind} x={x} y={10 + row * ROW} />
          <Word x={x + MARK} y={13.5 + row * ROW} isStrong>
            {word}
          </Word>
        </>
      ))}
    </>
  )
}

export const legendRows = (limits: Limits, width: number): number =>
  Math.max(...placed(limits, width).map(({ row }) => row)) + 1

function placed(limits: Limits, width: number): (Mark & { x: number; row: number })[] {
  let x = 4
  let row = 0
  return marksOf(limits).map((mark) => {
    if (x + mark.width > width) {
      x = 4
      row += 1
    }
    const at = { ...mark, x, row }
    x += mark.width
    return at
  })
}

function marksOf({ low, capacity }: Limits): Mark[] {
  return [
    { kind: 'stock', word: 'Stok akhir', width: 92 },
    { kind: 'in', word: 'Stok masuk', width: 100 },
    { kind: 'out', word: 'Pemakaian', width: 98 },
    ...(low === null ? [] : [{ kind: 'low', word: 'Batas stok menipis', width: 134 } as const]),
    ...(capacity === null ? [] : [{ kind: 'capacity', word: 'Kapasitas', width: 92 } as const]),
  ]
}

function Sign({ kind, x, y }: { kind: Mark['kind']; x: number; y: number }) {
  if (kind === 'low' || kind === 'capacity') return <Limit kind={kind} from={x} to={x + 18} y={y} />
  if (kind === 'stock') {
    const line = { x1: x, x2: x + 18, y1: y, y2: y }
    return <line class="chart-stock" {...line} stroke={PAPER.stock} stroke-width="2" />
  }
  const box = { x: x + 7, y: y - 5, width: 10, height: 10 }
  if (kind === 'in') return <rect class="chart-in" {...box} fill={PAPER.in} />
  return <rect class="chart-out" {...box} fill="none" stroke={PAPER.out} stroke-width="1" />
}
