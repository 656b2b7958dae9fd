// Stands for bin/start in the tests of the private server: uses the one of a folder until it is told to stop.
import { acquirePrivateServer } from '#src/database/embedded.ts'
import { engineName } from '#tests/support/engines.ts'
import { installedMysql } from '#tests/support/mysql-server.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)
const server = await acquirePrivateServer({
  dataDir: process.argv[2] ?? '',
  say,
  ...(engineName() === 'mysql' && { program: installedMysql() }),
})
say(`using ${server.migrationUrl}`)
process.once('SIGTERM', async () => {
  await server.release()
  process.exit(0)
})
// A timer keeps the process alive, as listening does for the real one.
setInterval(() => undefined, 60_000)
