import { openSession } from '#src/auth/sessions.ts'
import { signAccessToken } from '#src/auth/tokens.ts'
import { SUPERVISOR } from '#src/bench/books.ts'
import { readConfig } from '#src/config.ts'
import { openDatabase } from '#src/database/client.ts'
import { cookieName } from '#src/http/cookies.ts'
import type { System } from '#src/system.ts'
import { findAccount } from '#src/users/queries.ts'

const HOME = { address: '127.0.0.1', userAgent: 'bench' }

type App = {
  /** Where it listens. */
  origin: string
  databaseUrl: string
  jwtSecret: string
}

/**
 * So many sessions of the supervisor, as the cookie of each: one session may write 300 times in a quarter of a minute,
 * which a few connections under load do in a second. They are opened past the sign-in, which takes its time.
 */
export async function openSessions(app: App, count: number): Promise<string[]> {
  const database = openDatabase(app.databaseUrl)
  const config = readConfig({ PUBLIC_ORIGIN: app.origin })
  const system: System = {
    db: database.db,
    now: () => new Date(),
    config: {
      ...config,
      databaseUrl: app.databaseUrl,
      jwtSecret: app.jwtSecret,
    },
  }
  try {
    const account = await findAccount(system.db, SUPERVISOR.email)
    if (!account) throw new Error('the books have no supervisor')
    const open = async () => {
      const { sessionId } = await openSession(system, account.id, HOME)
      return `${cookieName(config, 'access')}=${await signAccessToken(system, sessionId)}`
    }
    return await Promise.all(Array.from({ length: count }, open))
  } finally {
    await database.close()
  }
}
