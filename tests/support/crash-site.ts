import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findServerProcess, waitForEnd } from '#src/database/embedded/server.ts'
import { acquirePrivateServer } from '#src/database/embedded.ts'
import { engineName } from '#tests/support/engines.ts'
import { installedMysql } from '#tests/support/mysql-server.ts'
import { runTool, type Started, start } from '#tests/support/started.ts'

const ADMIN = { email: 'agus@depo.example', password: 'kapal-tunda-besar' }

export type CrashSite = Awaited<ReturnType<typeof openCrashSite>>

/**
 * The app as bin/start runs it, with a database server of its own that loses no commit, on the engine of these tests;
 * either may be killed. `close` ends whatever is left of them.
 */
export async function openCrashSite() {
  const base = mkdtempSync(join(tmpdir(), 'bbm-crash-'))
  chmodSync(base, 0o711)
  const dataDir = join(base, 'data')
  const home = join(dataDir, 'database', 'server')
  const environment = {
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
    ...(engineName() === 'mysql' && (await chooseMysql(base, dataDir))),
  }
  let app: Started | undefined
  const running = () => {
    if (!app) throw new Error('the app has not been started')
    return app
  }
  const databaseProcess = () => findServerProcess(join(home, 'data'))
  return {
    admin: ADMIN,
    origin: () => running().origin,
    said: () => running().said(),
    /** Of root, past the app. */
    databaseUrl: `mysql://root@localhost/bbm?socket=${encodeURIComponent(join(home, 'server.sock'))}`,
    /** Where it has run before, at the same address: cookies are named after the port. */
    async begin(): Promise<void> {
      const port = app && { PORT: new URL(app.origin).port }
      app = await start({ ...environment, ...port })
    },
    async killApp(): Promise<void> {
      running().process.kill('SIGKILL')
      await running().ended
    },
    killDatabase(): void {
      const found = databaseProcess()
      if (found === undefined) throw new Error('no database is running')
      process.kill(found, 'SIGKILL')
    },
    verify: () => runTool('verify', environment),
    async close(): Promise<void> {
      app?.process.kill('SIGKILL')
      await app?.ended
      const left = databaseProcess()
      if (left !== undefined) {
        process.kill(left, 'SIGKILL')
        await waitForEnd(left)
      }
      rmSync(base, { recursive: true, force: true })
    },
  }
}

/** Begins the folder as one of MySQL, and lets bin/start find that server in PATH. */
async function chooseMysql(base: string, dataDir: string): Promise<{ PATH: string }> {
  const program = installedMysql()
  const folder = join(base, 'bin')
  mkdirSync(folder)
  const words = program.command.map((word) => `'${word}'`).join(' ')
  writeFileSync(join(folder, 'mysqld'), `#!/bin/sh\nexec ${words} "$@"\n`, { mode: 0o755 })
  const server = await acquirePrivateServer({ dataDir, say: () => undefined, program })
  await server.release()
  return { PATH: `${folder}:${process.env.PATH}` }
}
