import { mkdirSync } from 'node:fs'
import { createApp } from '#src/app.tsx'
import { prepareFirstAdmin, ZoneChanged } from '#src/company.ts'
import { type Config, ConfigError, readConfig } from '#src/config.ts'
import { acquirePrivateServer } from '#src/database/embedded.ts'
import { addDemo } from '#src/demo/service.ts'
import { openLog } from '#src/http/request-log.ts'
import { openSystem } from '#src/open-system.ts'
import { Rejected } from '#src/rejected.ts'

/** Bun cuts a silent connection after 10 s by itself; nginx is the one to decide. */
const IDLE_SECONDS = 75
/** Requests under way get this long at a stop; the database needs the rest of the eight seconds. */
const DRAIN_MS = 4_000

type Database = { url: string; release(): Promise<void> }

const say = (line: string) => process.stdout.write(`${line}\n`)

/** The end of the process, whichever comes first: a signal or a start that failed. */
let stop: (status: number) => Promise<never> = async (status) => process.exit(status)

try {
  await start(readConfig(process.env), process.argv.includes('--demo'))
} catch (error) {
  const isExpected = [ConfigError, ZoneChanged, Rejected].some(
    (expected) => error instanceof expected,
  )
  process.stderr.write(
    `${isExpected && error instanceof Error ? error.message : describe(error)}\n`,
  )
  await stop(1)
}

async function start(config: Config, isDemo: boolean): Promise<void> {
  if (isDemo && config.databaseUrl) {
    throw new ConfigError([
      '--demo fills a private database only: it is refused where DATABASE_URL is set',
    ])
  }
  onSignals()
  mkdirSync(config.dataDir, { recursive: true })
  const server = await openServer(config)
  stop = (status) => leave(status, [() => server.release()])
  const { system, database } = await openSystem(config, server.url)
  stop = (status) => leave(status, [() => database.close(), () => server.release()])
  tellFirstAdmin(await prepareFirstAdmin(system))
  if (isDemo) await addDemo(system, say)
  const app = createApp(system, openLog(config.logLevel))
  const listening = Bun.serve({
    hostname: config.host,
    port: config.port,
    idleTimeout: IDLE_SECONDS,
    fetch: app.fetch,
  })
  const drain = () =>
    Promise.race([listening.stop(), Bun.sleep(DRAIN_MS)]).then(() => listening.stop(true))
  stop = (status) => leave(status, [drain, () => database.close(), () => server.release()])
  say(`Monitoring BBM: ${config.publicOrigin}`)
}

/** A signal that comes while starting waits for the step under way. */
function onSignals(): void {
  let isStopping = false
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (isStopping) return
      isStopping = true
      void stop(0)
    })
  }
}

async function openServer(config: Config): Promise<Database> {
  if (config.databaseUrl) return { url: config.databaseUrl, release: async () => {} }
  return acquirePrivateServer({ dataDir: config.dataDir, say })
}

/** Ends what was begun, last things first; a step that fails does not keep the next from being tried. */
async function leave(status: number, steps: (() => Promise<unknown>)[]): Promise<never> {
  for (const step of steps) {
    await step().catch((error) => process.stderr.write(`${describe(error)}\n`))
  }
  process.exit(status)
}

function tellFirstAdmin(admin: { email: string; password: string | null } | null): void {
  if (!admin) return
  const password = admin.password
    ? `, kata sandi ${admin.password} (hanya ditampilkan sekali ini)`
    : ''
  say(`Admin pertama: ${admin.email}${password}`)
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if ('code' in error && error.code === 'EADDRINUSE')
    return 'PORT is in use by another program: choose another PORT.'
  const cause = error.cause instanceof Error ? `\ncaused by ${error.cause.message}` : ''
  return `${error.stack ?? error.message}${cause}`
}
