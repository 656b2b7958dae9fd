import { tooSoon } from '#src/rejected.ts'
import type { System } from '#src/system.ts'
import { limiter } from '#src/throttle/limiter.ts'

export const MOST_DOWNLOADS = 10
const WINDOW_SECONDS = 60
const TOO_MANY = `Terlalu banyak unduhan: paling banyak ${MOST_DOWNLOADS} dalam satu menit.`

const downloads = limiter('download', WINDOW_SECONDS)

/** Counts a file that a session, or a program by its key, asks for; throws Rejected 429 with the time to wait. */
export async function spendDownload(system: System, sessionId: string): Promise<void> {
  const { points, endsInMs } = await downloads(system).add(sessionId, 1)
  if (points > MOST_DOWNLOADS) throw tooSoon(TOO_MANY, endsInMs)
}
