import type { Config } from '#src/config.ts'
import { onStop } from '#src/database/embedded/signals.ts'
import { acquirePrivateServer } from '#src/database/embedded.ts'

/**
 * Runs a tool's work on the books' database: DATABASE_URL, else the private server of DATA_DIR,
 * the one that runs already or one for the time of the work. What a stopped tool had not committed
 * is undone by the server.
 */
export async function withDatabase<T>(
  config: Config,
  work: (url: string) => Promise<T>,
): Promise<T> {
  if (config.databaseUrl) return work(config.databaseUrl)
  const say = (line: string) => process.stderr.write(`${line}\n`)
  const coming = acquirePrivateServer({ dataDir: config.dataDir, say })
  // Also a tool that is stopped while its server comes up leaves none behind.
  const unwatch = onStop(async () => (await coming).release())
  const server = await coming
  try {
    return await work(server.url)
  } finally {
    unwatch()
    await server.release()
  }
}
