/** Waits so long, or until the signal comes. */
export function pause(ms: number, stopping: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      stopping.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    if (stopping.aborted) end()
    else stopping.addEventListener('abort', end)
  })
}
