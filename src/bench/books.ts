import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '#src/config.ts'
import { acquirePrivateServer } from '#src/database/embedded.ts'
import { importFile } from '#src/imports/service.ts'
import { openSystem } from '#src/open-system.ts'
import { createUser } from '#src/users/service.ts'

export const SUPERVISOR = { email: 'ukur@contoh.test', password: 'takaran-solar-depot' }

export type BenchBooks = {
  addresses: { url: string; migrationUrl: string }
  rows: number
  /** How many rows a second bin/import's own code booked. */
  importedPerSecond: number
  /** Goes on with a server of the usual size, which knows nothing of the books yet. */
  asUsual(): Promise<void>
  release(): Promise<void>
}

/** Books of so many rows in the shape of make-ledger, on a private server of their own below `folder`. */
export async function makeBooks(
  folder: string,
  { rows, say }: { rows: number; say: (line: string) => void },
): Promise<BenchBooks> {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'ledger.csv')
  makeLedger(file, rows)
  let server = await acquirePrivateServer({ dataDir: folder, say, ...sizeFor(rows) })
  const config = readConfig({ DATA_DIR: folder })
  const { system, database } = await openSystem(config, server)
  try {
    const person = { ...SUPERVISOR, name: 'Pengukur', role: 'supervisor', location: null } as const
    const { user } = await createUser(system, { actor: null }, person)
    const problems: unknown[] = []
    const start = performance.now()
    const result = await importFile({ system, database }, user, {
      path: file,
      fileName: 'ledger.csv',
      dryRun: false,
      createLocations: true,
      opening: {},
      report: (problem) => void problems.push(problem),
    })
    const seconds = (performance.now() - start) / 1000
    if (result.booked !== rows) throw new Error(`booked ${result.booked} of ${rows} rows`)
    const { url, migrationUrl } = server
    return {
      addresses: { url, migrationUrl },
      rows,
      importedPerSecond: rows / seconds,
      async asUsual() {
        await server.release()
        server = await acquirePrivateServer({ dataDir: folder, say })
      },
      release: () => server.release(),
    }
  } finally {
    await database.close()
  }
}

const MANY_ROWS = 1_000_000
const MANY_MEGABYTES = 6_144

/**
 * The indexes of ten million rows fill gigabytes, and to fill them piece by piece from the disk takes most of an hour.
 * What they are filled with afterwards serves nobody.
 */
const sizeFor = (rows: number): { bufferMegabytes?: number } =>
  rows > MANY_ROWS && totalmem() > 2 * MANY_MEGABYTES * 1024 ** 2
    ? { bufferMegabytes: MANY_MEGABYTES }
    : {}

function makeLedger(file: string, rows: number): void {
  const words = ['tests/support/make-ledger.mjs', '--rows', String(rows), '--out', file]
  // The same bytes by either; Node gathers small writes, and takes a tenth of the time.
  const { status, stderr } = spawnSync(Bun.which('node') ?? process.execPath, words, {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`make-ledger: ${stderr}`)
}
