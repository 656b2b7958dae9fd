import { prepareCompany } from '#src/company.ts'
import type { Config } from '#src/config.ts'
import { type Database, openDatabase } from '#src/database/client.ts'
import { type Addresses, prepareDatabase } from '#src/database/prepare.ts'
import { keptSecret } from '#src/kept-secret.ts'
import type { System } from '#src/system.ts'

type Options = {
  /** Gets a line where the database itself does not protect the books. */
  warn?: (line: string) => void
  /** See `openDatabase`. */
  silenceLimit?: number
}

/** Brings the database up to date and opens it, as the app's account, for the server or a tool. */
export async function openSystem(
  config: Config,
  addresses: Addresses,
  { warn, silenceLimit }: Options = {},
): Promise<{ system: System; database: Database }> {
  await prepareDatabase(addresses, warn)
  const database = openDatabase(addresses.url, { silenceLimit })
  const system: System = {
    db: database.db,
    now: () => new Date(),
    config: {
      ...config,
      databaseUrl: addresses.url,
      jwtSecret: config.jwtSecret ?? keptSecret(config.dataDir, 'jwt-secret'),
    },
  }
  try {
    await prepareCompany(system)
  } catch (error) {
    await database.close()
    throw error
  }
  return { system, database }
}
