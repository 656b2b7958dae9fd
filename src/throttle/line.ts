import type { Rejected } from '#src/rejected.ts'

/** Does a piece of work when its turn has come. */
export type Line = <T>(work: () => Promise<T>) => Promise<T>

/** One piece of work after the other, in the order in which they came; whoever finds too many waiting is refused. */
export function openLine(options: { mostWaiting: number; refusal: () => Rejected }): Line {
  const waiting: (() => void)[] = []
  let isBusy = false
  return async (work) => {
    if (isBusy && waiting.length >= options.mostWaiting) throw options.refusal()
    if (isBusy) await new Promise<void>((begin) => waiting.push(begin))
    isBusy = true
    try {
      return await work()
    } finally {
      // Whoever waits takes the place over: it is not free in between.
      const next = waiting.shift()
      if (next) next()
      else isBusy = false
    }
  }
}
