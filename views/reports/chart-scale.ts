import { formatRound, type Litres } from '#src/units/litres.ts'

/** An axis of litres: the top of it, and where its lines are drawn. For drawing only, so numbers will do. */
export type Scale = { top: number; ticks: { at: number; label: string }[] }

const MOST_TICKS = 4
const STEPS = [1, 2, 2.5, 5, 10]

/** An axis from zero that holds the largest of these, in steps that people count by. */
export function scaleFor(values: (Litres | null)[]): Scale {
  const largest = Math.max(MOST_TICKS, ...values.map((value) => toNumber(value ?? 0n)))
  const step = stepFor(largest / MOST_TICKS)
  const count = Math.ceil(largest / step)
  return {
    top: count * step,
    ticks: Array.from({ length: count + 1 }, (_, at) => ({
      at: at * step,
      label: formatRound(BigInt(Math.round(at * step * 100))),
    })),
  }
}

export const toNumber = (litres: Litres): number => Number(litres) / 100

function stepFor(size: number): number {
  const power = 10 ** Math.floor(Math.log10(size))
  const step = STEPS.find((each) => each * power >= size) ?? 10
  return step * power
}
