import { afterAll, afterEach } from 'bun:test'
import { createConnection } from 'mysql2/promise'
import { connectionOptions } from '#src/database/client.ts'
import { acquirePrivateServer } from '#src/database/embedded.ts'
import { engineName } from '#tests/support/engines.ts'
import { installedMysql } from '#tests/support/mysql-server.ts'

// Bun runs this file once for each test file (with --parallel or --isolate), else once for all of them.
process.env.TZ = 'UTC'
process.env.NODE_ENV = 'test'

const { url, release } = await attach()
const name = `test_${process.pid}`
const account = `'${name}'@'localhost'`
await statement(`drop database if exists ${name}`)
await statement(`create database ${name} character set utf8mb4 collate utf8mb4_unicode_ci`)
await statement(`drop user if exists ${account}`)
// Without a password, which MySQL takes over no other road than it expects: some tests put a proxy in between.
await statement(`create user ${account}`)
const ours = new URL(url)
ours.pathname = `/${name}`
process.env.TEST_FILE_ROOT_URL = ours.href
ours.username = name
process.env.TEST_FILE_DATABASE_URL = ours.href

const complaints: unknown[][] = []
globalThis.console.error = (...words: unknown[]) => {
  complaints.push(words)
}

afterEach(() => {
  const found = complaints.splice(0)
  if (found.length > 0) throw new Error(`console.error was called: ${Bun.inspect(found)}`)
})

afterAll(async () => {
  await statement(`drop database if exists ${name}`)
  await statement(`drop user if exists ${account}`)
  await release()
})

/** As root. bin/test has a server running for all workers. A bare "bun test" starts one, or joins that of another worker. */
async function attach(): Promise<{ url: string; release: () => Promise<void> }> {
  const running = process.env.TEST_DATABASE_URL
  if (running) return { url: running, release: async () => undefined }
  const isMysql = engineName() === 'mysql'
  const server = await acquirePrivateServer({
    dataDir: `.tools/test-database/${engineName()}`,
    say: () => undefined,
    durability: 'relaxed',
    ...(isMysql && { program: installedMysql() }),
  })
  return { url: server.migrationUrl, release: server.release }
}

async function statement(text: string): Promise<void> {
  const connection = await createConnection(connectionOptions(url))
  await connection.query(text)
  await connection.end()
}
