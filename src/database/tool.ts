import type { Config } from '#src/config.ts'
import { onStop } from '#src/database/embedded/signals.ts'
import { acquirePrivateServer } from '#src/database/embedded.ts'
import type { Addresses } from '#src/database/prepare.ts'

/**
 * Runs a tool's work on the books' database: DATABASE_URL, else the private server of DATA_DIR,
 * the one that runs already or one for the time of the work. What a stopped tool had not committed
 * is undone by the server.
 */
export async function withDatabase<T>(
  config: Config,
  work: (addresses: Addresses) => Promise<T>,
): Promise<T> {
  const { databaseUrl, databaseMigrationUrl } = config
  if (databaseUrl) return work({ url: databaseUrl, migrationUrl: databaseMigrationUrl })
  const say = (line: string) => process.stderr.write(`${line}\n`)
  const coming = acquirePrivateServer({ dataDir: config.dataDir, say })
  // Also a tool that is stopped while its server comes up leaves none behind.
  const unwatch = onStop(async () => (await coming).release())
  const server = await coming
  try {
    return await work(server)
  } finally {
    unwatch()
    await server.release()
  }
}
