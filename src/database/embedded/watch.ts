import { findServerProcess, serves } from '#src/database/embedded/server.ts'

const POLL_MS = 500
/** A server that cannot be brought up now will hardly be by the next look. */
const PAUSE_MS = 5_000

type Watched = {
  data: string
  /** Brings the server up again, with the number of the process that died. */
  revive: (dead: number | undefined) => Promise<void>
  say: (line: string) => void
}

/** Has the server of a folder brought up again whenever it dies. Returns what ends the watch. */
export function watchServer({ data, revive, say }: Watched): () => void {
  let pid = findServerProcess(data)
  let nextLook = 0
  let isBusy = false
  const look = async () => {
    const isAlive = pid !== undefined && serves(pid, data)
    if (isBusy || isAlive || Date.now() < nextLook) return
    isBusy = true
    try {
      await revive(pid)
      pid = findServerProcess(data)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      say(`Basis data mati dan tidak bisa dijalankan lagi: ${reason}`)
      nextLook = Date.now() + PAUSE_MS
    } finally {
      isBusy = false
    }
  }
  const timer = setInterval(look, POLL_MS)
  timer.unref()
  return () => clearInterval(timer)
}
