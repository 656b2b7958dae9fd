import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BenchBooks, makeBooks } from '#src/bench/books.ts'
import { measureExports } from '#src/bench/exports.ts'
import { measureLoadData } from '#src/bench/load-data.ts'
import { compare, compareSizes, type Load, signIn, type Walked } from '#src/bench/measurements.ts'
import { startProgram } from '#src/bench/programs.ts'
import { openSessions } from '#src/bench/sessions.ts'
import { print, readArguments, runCommand, WrongUsage } from '#src/command.ts'
import { groupThousands } from '#src/units/litres.ts'

const HELP = `bin/bench [pilihan]

Mengukur aplikasi terhadap server polos (mysql2 saja, tanpa masuk dan tanpa HTML) atas buku yang sama,
bergantian di mesin yang sama. Buku dibuat di folder sementara dan dihapus lagi.

  --rows 10000,1000000      ukuran buku, dipisah koma (ini bawaannya)
  --huge                    juga 10.000.000 catatan
  --seconds 5               lama setiap putaran
  --rounds 2                banyaknya putaran; yang terbaik dihitung
  --connections 20          banyaknya sambungan sekaligus

Yang menentukan adalah perbandingannya: mesin lain atau sibuk memberi angka lain.`

const HUGE = 10_000_000
const MOST_EXPORTED = 1_000_000

await runCommand(async () => {
  const { values, positionals } = readArguments(
    {
      rows: { type: 'string', default: '10000,1000000' },
      huge: { type: 'boolean', default: false },
      seconds: { type: 'string', default: '5' },
      rounds: { type: 'string', default: '2' },
      connections: { type: 'string', default: '20' },
    },
    HELP,
  )
  if (positionals.length > 0) throw new WrongUsage(`Tidak dikenal: ${positionals.join(' ')}`)
  const load = {
    seconds: countOf('--seconds', values.seconds),
    rounds: countOf('--rounds', values.rounds),
    connections: countOf('--connections', values.connections),
  }
  const sizes = values.rows.split(',').map((text) => countOf('--rows', text))
  const measured: { rows: number; name: string; walked: Walked }[] = []
  for (const rows of values.huge ? [...sizes, HUGE] : sizes)
    measured.push({ rows, name: groupThousands(String(rows)), walked: await measure(rows, load) })
  compareSizes(
    measured.sort((a, b) => a.rows - b.rows),
    print,
  )
  return 0
})

async function measure(rows: number, load: Load): Promise<Walked> {
  const folder = mkdtempSync(join(tmpdir(), 'bbm-bench-'))
  // Others may pass through, so that the account "mysql" can serve from it.
  chmodSync(folder, 0o711)
  print(`\n== ${groupThousands(String(rows))} catatan`)
  try {
    const books = await makeBooks(folder, { rows, say: print })
    try {
      await tellImport(books)
      // Imported by whatever memory there is; asked as on the machine that it is made for.
      await books.asUsual()
      return await tellRequests(books, { folder, load })
    } finally {
      await books.release()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function tellImport({ addresses, importedPerSecond }: BenchBooks): Promise<void> {
  const loadedPerSecond = await measureLoadData(addresses.migrationUrl)
  const ratio = (importedPerSecond / loadedPerSecond).toFixed(2)
  print(
    `impor ${Math.round(importedPerSecond)} baris/detik, LOAD DATA ${Math.round(loadedPerSecond)}, perbandingan ${ratio}`,
  )
}

async function tellRequests(
  { addresses, rows }: BenchBooks,
  { folder, load }: { folder: string; load: Load },
): Promise<Walked> {
  const environment = {
    DATABASE_URL: addresses.url,
    DATABASE_MIGRATION_URL: addresses.migrationUrl,
    DATA_DIR: folder,
    HOST: '127.0.0.1',
    PUBLIC_ORIGIN: '',
    LOG_LEVEL: 'warn',
    // As it serves people: what helps those who write code costs a tenth.
    NODE_ENV: 'production',
    JWT_SECRET: randomBytes(32).toString('hex'),
    // As bin/start says it.
    BUN_JSC_forceRAMSize: '268435456',
    BUN_JSC_smallHeapGrowthFactor: '1.5',
  }
  const app = await startProgram(
    () => ['src/server.ts'],
    (port) => ({ ...environment, PORT: String(port) }),
  )
  try {
    const floor = await startProgram(
      (port) => ['src/bench/floor-command.ts', String(port)],
      () => environment,
    )
    try {
      const cookie = await signIn(app.origin)
      const walked = await compare({
        rows,
        app: app.origin,
        floor: floor.origin,
        cookie,
        openSessions: (count) =>
          openSessions(
            { origin: app.origin, databaseUrl: addresses.url, jwtSecret: environment.JWT_SECRET },
            count,
          ),
        load,
        print,
      })
      // A sheet ends at 1,048,576 rows.
      if (rows <= MOST_EXPORTED) await measureExports({ ...app, cookie, print })
      print(`memori paling banyak: aplikasi ${app.peakMegabytes()} MB`)
      return walked
    } finally {
      await floor.end()
    }
  } finally {
    await app.end()
  }
}

function countOf(option: string, text: string): number {
  if (/^[1-9]\d{0,7}$/.test(text.trim())) return Number(text)
  throw new WrongUsage(`${option}: tulis angka bulat, bukan "${text}".`)
}
