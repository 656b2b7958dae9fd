import { mkdirSync } from 'node:fs'
import { openDelivery } from '#src/alerts/deliver.ts'
import { createApp } from '#src/app.tsx'
import { openCleanUp } from '#src/auth/clean-up.ts'
import { prepareFirstAdmin } from '#src/company.ts'
import { type Config, ConfigError, readConfig } from '#src/config.ts'
import { acquirePrivateServer } from '#src/database/embedded.ts'
import type { Addresses } from '#src/database/prepare.ts'
import { whenReachable } from '#src/database/wait.ts'
import { addDemo } from '#src/demo/service.ts'
import { explain } from '#src/explain.ts'
import { listen } from '#src/http/listen.ts'
import { openLog } from '#src/http/request-log.ts'
import { openSystem } from '#src/open-system.ts'
import { openShutdown } from '#src/shutdown.ts'

/** Requests under way get this long at a stop; the database needs the rest of the eight seconds. */
const DRAIN_MS = 4_000
/** Longer than a lock may be waited for, shorter than a person's patience. Tools have statements that take minutes. */
const SILENCE_LIMIT_MS = 8_000
const WRONG_USAGE = 2

const say = (line: string) => process.stdout.write(`${line}\n`)
const complain = (error: unknown) => process.stderr.write(`${explain(error)}\n`)
const shutdown = openShutdown(complain)

const unknown = process.argv.slice(2).filter((word) => word !== '--demo')
if (unknown.length > 0) {
  complain(`Pilihan tidak dikenal: ${unknown.join(' ')}. Lihat bin/start --help.`)
  process.exit(WRONG_USAGE)
}
try {
  await start(readConfig(process.env), process.argv.includes('--demo'))
} catch (error) {
  // What fails because everything is being closed is no failure.
  if (!shutdown.isStopping()) {
    complain(error)
    await shutdown.end(1)
  }
}

async function start(config: Config, isDemo: boolean): Promise<void> {
  if (isDemo && config.databaseUrl) {
    throw new ConfigError(['--demo hanya mengisi basis data sendiri: tidak bersama DATABASE_URL'])
  }
  const addresses = await shutdown.step(() => findDatabase(config))
  const { system } = await whenReachable(addresses, say, () =>
    shutdown.step(async () => {
      const opened = await openSystem(config, addresses, {
        warn: complain,
        silenceLimit: SILENCE_LIMIT_MS,
      })
      shutdown.atEnd(opened.database.close)
      return opened
    }),
  )
  tellFirstAdmin(await shutdown.step(() => prepareFirstAdmin(system)))
  if (isDemo) await addDemo(system, say)
  const log = openLog(config.logLevel)
  const app = createApp(system, log, { isStopping: shutdown.isStopping })
  const listening = listen(app, { hostname: config.host, port: config.port })
  shutdown.atEnd(async () => {
    await Promise.race([listening.stop(), Bun.sleep(DRAIN_MS)])
    await listening.stop(true)
  })
  shutdown.atEnd(openDelivery(system, log).stop)
  shutdown.atEnd(openCleanUp(system, log).stop)
  say(`Monitoring BBM: ${config.publicOrigin}`)
}

/** The addresses of the database: those given, else the private one's, which the last who leaves stops. */
async function findDatabase(config: Config): Promise<Addresses> {
  mkdirSync(config.dataDir, { recursive: true })
  const { databaseUrl, databaseMigrationUrl } = config
  if (databaseUrl) return { url: databaseUrl, migrationUrl: databaseMigrationUrl }
  const server = await acquirePrivateServer({ dataDir: config.dataDir, say })
  shutdown.atEnd(server.release)
  return server
}

function tellFirstAdmin(admin: { email: string; password: string | null } | null): void {
  if (!admin) return
  const password = admin.password
    ? `, kata sandi ${admin.password} (hanya ditampilkan sekali ini)`
    : ''
  say(`Admin pertama: ${admin.email}${password}`)
}
