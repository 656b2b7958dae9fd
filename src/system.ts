import type { Config } from '#src/config.ts'
import type { Db } from '#src/database/client.ts'

/** What every service works with: the database, the clock and what the company decided. */
export type System = {
  db: Db
  now: () => Date
  /** The address of the database is that of the app's account, also where it is the private server's. */
  config: Config & { jwtSecret: string; databaseUrl: string }
}
