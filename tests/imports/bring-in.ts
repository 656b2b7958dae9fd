import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { describeProblem, type Problem } from '#src/imports/problems.ts'
import { type ImportOptions, importFile } from '#src/imports/service.ts'
import type { Depot } from '#tests/support/app.ts'
import { run } from '#tests/support/shell.ts'

const HEADER = 'tanggal,jenis,lokasi,jumlah,keterangan,referensi'

/** A file of rows under the usual header. */
export const csv = (...rows: string[]): string => `${[HEADER, ...rows].join('\n')}\n`

/** Imports a text as a file; answers the result and every problem, as data and as the sentences a person reads. */
export async function bringIn(
  depot: Depot,
  text: string | Uint8Array,
  chosen: Partial<ImportOptions> = {},
) {
  const problems: Problem[] = []
  const report = (problem: Problem) => void problems.push(problem)
  const result = await withFile(text, (path) =>
    importFile(depot, { id: depot.ids.wati }, { ...DEFAULTS, path, report, ...chosen }),
  )
  const zone = depot.system.config.timezone
  return {
    ...result,
    reported: problems,
    sentences: problems.map((one) => describeProblem(one, zone)),
  }
}

const DEFAULTS = { fileName: 'buku.csv', dryRun: false, createLocations: false, opening: {} }

const Expected = z.object({
  rows: z.number(),
  rowsIn: z.number(),
  rowsOut: z.number(),
  litresIn: z.string(),
  litresOut: z.string(),
  balances: z.record(z.string(), z.string()),
  daily: z.array(
    z.object({
      location: z.string(),
      day: z.string(),
      in: z.string(),
      out: z.string(),
      rows: z.number(),
      closing: z.string(),
    }),
  ),
})

/** A ledger as a depot keeps it, and the figures that it must give. */
export function makeLedger({ seed, rows, style }: { seed: number; rows: number; style: string }) {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-'))
  const [out, expect] = [join(folder, 'ledger.csv'), join(folder, 'expect.json')]
  const words = ['--rows', String(rows), '--seed', String(seed), '--style', style]
  run(process.execPath, [
    'tests/support/make-ledger.mjs',
    ...words,
    '--out',
    out,
    '--expect',
    expect,
  ])
  try {
    const text = readFileSync(out, 'utf8')
    return { text, expected: Expected.parse(JSON.parse(readFileSync(expect, 'utf8'))) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function withFile<T>(text: string | Uint8Array, work: (path: string) => Promise<T>) {
  const folder = mkdtempSync(join(tmpdir(), 'import-'))
  const path = join(folder, 'buku.csv')
  writeFileSync(path, text)
  try {
    return await work(path)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
