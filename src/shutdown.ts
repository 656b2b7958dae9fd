const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

export type Shutdown = ReturnType<typeof openShutdown>

/**
 * Keeps account of what a program has begun, and ends it on a signal, last things first.
 * `report` gets what goes wrong while ending; it does not keep the next thing from being ended.
 */
export function openShutdown(report: (error: unknown) => void) {
  const endings: (() => Promise<unknown>)[] = []
  let underWay: Promise<unknown> = Promise.resolve()
  let isStopping = false

  const end = async (status: number): Promise<never> => {
    isStopping = true
    await underWay.catch(() => {})
    for (const ending of endings.reverse()) await ending().catch(report)
    process.exit(status)
  }
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (!isStopping) void end(0)
    })
  }

  return {
    end,
    isStopping: () => isStopping,
    /** Takes in what a stop must end, before it ends what was begun earlier. */
    atEnd: (ending: () => Promise<unknown>): void => void endings.push(ending),
    /** A step of the start that must not be broken off: a stop waits for it, and nothing comes after it. */
    async step<T>(work: () => Promise<T>): Promise<T> {
      const result = work()
      underWay = result
      const done = await result
      return isStopping ? new Promise<never>(() => {}) : done
    },
  }
}
