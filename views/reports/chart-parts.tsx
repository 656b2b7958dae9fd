/** For paper; on a screen the stylesheet has its own, by the classes. */
export const PAPER = {
  ink: '#10201f',
  soft: '#48595a',
  line: '#d0d9d9',
  stock: '#0a5a66',
  in: '#086a59',
  out: '#474c94',
  low: '#b87400',
} as const

export type LimitKind = 'low' | 'capacity'

type LimitProps = { kind: LimitKind; from: number; to: number; y: number }

export function Limit({ kind, from, to, y }: LimitProps) {
  return (
    <line
      class={`chart-${kind}`}
      x1={from}
      x2={to}
      y1={y.toFixed(1)}
      y2={y.toFixed(1)}
      stroke={kind === 'low' ? PAPER.low : PAPER.soft}
      stroke-width="1.25"
      stroke-dasharray={kind === 'low' ? '7 4' : '2 3'}
    />
  )
}

type WordProps = {
  x: number
  y: number
  anchor?: 'end' | 'middle'
  isStrong?: boolean
  children: string
}

export function Word({ x, y, anchor, isStrong = false, children }: WordProps) {
  return (
    <text
      class={isStrong ? 'chart-word' : 'chart-label'}
      x={x.toFixed(1)}
      y={y.toFixed(1)}
      text-anchor={anchor}
      fill={isStrong ? PAPER.ink : PAPER.soft}
    >
      {children}
    </text>
  )
}
