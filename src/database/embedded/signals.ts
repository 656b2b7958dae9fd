const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const STOPPED_BY_SIGNAL = 130

/**
 * Lets a program that is stopped halfway clean up before it ends, so that it leaves no server behind.
 * Returns what takes the watch off again.
 */
export function onStop(cleanUp: () => Promise<void>): () => void {
  const stop = () => {
    cleanUp().finally(() => process.exit(STOPPED_BY_SIGNAL))
  }
  for (const signal of SIGNALS) process.once(signal, stop)
  return () => {
    for (const signal of SIGNALS) process.off(signal, stop)
  }
}
