/** Lets so many do something at a time. */
export type Turns = { take<T>(work: () => Promise<T>): Promise<T> }

/**
 * Whoever comes while all turns are taken waits, in the order of coming, for `patience` milliseconds at most; then
 * `tooLate` says what they are told.
 */
export function openTurns(most: number, patience: number, tooLate: () => Error): Turns {
  const waiting: (() => void)[] = []
  let taken = 0

  function begin(): Promise<void> {
    if (taken < most) {
      taken++
      return Promise.resolve()
    }
    return new Promise((go, fail) => {
      const next = () => {
        clearTimeout(deadline)
        go()
      }
      const deadline = setTimeout(() => {
        waiting.splice(waiting.indexOf(next), 1)
        fail(tooLate())
      }, patience)
      waiting.push(next)
    })
  }

  /** A turn goes from hand to hand where somebody waits for it. */
  function end(): void {
    const next = waiting.shift()
    if (next) next()
    else taken--
  }

  return {
    async take(work) {
      await begin()
      try {
        return await work()
      } finally {
        end()
      }
    },
  }
}
