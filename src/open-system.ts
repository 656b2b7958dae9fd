import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { prepareCompany } from '#src/company.ts'
import type { Config } from '#src/config.ts'
import { type Database, openDatabase } from '#src/database/client.ts'
import { migrate } from '#src/database/migrate.ts'
import type { System } from '#src/system.ts'

/** Brings the database at `url` up to date and opens it for the server or a tool. */
export async function openSystem(
  config: Config,
  url: string,
): Promise<{ system: System; database: Database }> {
  await migrate(url)
  const database = openDatabase(url)
  const system: System = {
    db: database.db,
    now: () => new Date(),
    config: { ...config, jwtSecret: config.jwtSecret ?? keptSecret(config.dataDir) },
  }
  try {
    await prepareCompany(system)
  } catch (error) {
    await database.close()
    throw error
  }
  return { system, database }
}

/** The secret made at the first start. Written whole under another name first, so that two starts agree on one. */
function keptSecret(dataDir: string): string {
  const file = join(dataDir, 'jwt-secret')
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true })
    const draft = `${file}.${process.pid}`
    writeFileSync(draft, randomBytes(48).toString('base64url'), { mode: 0o600 })
    try {
      linkSync(draft, file)
    } catch (error) {
      if (!existsSync(file)) throw error
    } finally {
      rmSync(draft)
    }
  }
  return readFileSync(file, 'utf8')
}
