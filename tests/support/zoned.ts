import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createConnection } from 'mysql2/promise'
import { connectionOptions } from '#src/database/client.ts'
import { acquirePrivateServer } from '#src/database/embedded.ts'
import { engineName } from '#tests/support/engines.ts'
import { installedMysql } from '#tests/support/mysql-server.ts'

type Environment = Record<string, string>

export type ZonedServer = Awaited<ReturnType<typeof openZonedServer>>

/** A database server whose clock may be set to another zone, without disturbing the one that all tests share. */
export async function openZonedServer() {
  const dataDir = mkdtempSync(join(tmpdir(), 'bbm-zones-'))
  chmodSync(dataDir, 0o711)
  const server = await acquirePrivateServer({
    dataDir,
    say: () => undefined,
    durability: 'relaxed',
    ...(engineName() === 'mysql' && { program: installedMysql() }),
  })
  const root = async (statement: string) => {
    const connection = await createConnection(connectionOptions(server.migrationUrl))
    await connection.query(statement)
    await connection.end()
  }
  return {
    /** Puts the server into a zone and makes a new database on it; answers how a program finds it. */
    async moveTo(zone: string, database: string): Promise<Environment> {
      await root(`set global time_zone = '${zone}'`)
      await root(`create database ${database} character set utf8mb4`)
      const within = (url: string) => Object.assign(new URL(url), { pathname: `/${database}` }).href
      return {
        DATA_DIR: dataDir,
        DATABASE_URL: within(server.url),
        DATABASE_MIGRATION_URL: within(server.migrationUrl),
      }
    },
    async close(): Promise<void> {
      await server.release()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Runs a program of the project as it is, without bin/, which would give it a zone of its own. */
export function runZoned(words: string[], environment: Environment): ChildProcess {
  return spawn(process.execPath, words, {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

/** Starts the app; the answer comes once it listens. Throws an Error where it ends instead. */
export async function beginZoned(
  environment: Environment,
): Promise<{ process: ChildProcess; origin: string }> {
  const port = String(await freePort())
  const child = runZoned(['src/server.ts'], { LOG_LEVEL: 'silent', ...environment, PORT: port })
  const listening = new Promise<void>((resolve, reject) => {
    let said = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk
      if (said.includes('Monitoring BBM: ')) resolve()
    })
    child.once('exit', () => reject(new Error(`the app has ended: ${said}`)))
  })
  await listening
  return { process: child, origin: `http://127.0.0.1:${port}` }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('the machine gave no port')
  return address.port
}
