import { afterAll, beforeAll, expect, test } from 'bun:test'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeLedger } from '#tests/imports/bring-in.ts'
import { PREVIEWS } from '#tests/imports/uploading.ts'
import { emptyDepot } from '#tests/support/app.ts'
import { testEnvironment } from '#tests/support/database.ts'
import { engineName } from '#tests/support/engines.ts'
import { hiddenFields, wordsOf } from '#tests/support/html.ts'
import { type Started, signInAt, start } from '#tests/support/started.ts'

/** Fifty thousand rows as objects would take more. Of a workbook the packed file is in memory as well. */
const MAX_GROWTH_MEGABYTES = { csv: 120, xlsx: 200 }
const LONG = 120_000
const ADMIN = { email: 'agus@depo.example', password: 'kapal-tunda-besar' }

const folder = mkdtempSync(join(tmpdir(), 'bbm-memory-'))
let server: Started
let cookie: string
beforeAll(async () => {
  const depot = await emptyDepot()
  await depot.database.close()
  await depot.root.close()
  chmodSync(folder, 0o711)
  const admin = { ADMIN_EMAIL: ADMIN.email, ADMIN_PASSWORD: ADMIN.password }
  server = await start({ ...testEnvironment(), ...admin, DATA_DIR: folder, LOG_LEVEL: 'warn' })
  cookie = await signInAt(server.origin, ADMIN)
}, LONG)
afterAll(async () => {
  server.process.kill('SIGTERM')
  await server.ended
  rmSync(folder, { recursive: true, force: true })
})

const get = async (path: string) =>
  (await fetch(`${server.origin}${path}`, { headers: { cookie } })).text()

async function upload(name: string, file: string | Blob): Promise<string> {
  const form = new FormData()
  const hidden = hiddenFields(await get('/imports'), PREVIEWS)
  for (const [key, value] of Object.entries(hidden)) form.append(key, value)
  form.append('file', new File([file], name))
  const init = { method: 'POST', body: form, headers: { cookie }, redirect: 'manual' } as const
  const response = await fetch(`${server.origin}${PREVIEWS}`, init)
  return get(response.headers.get('Location') ?? '/imports')
}

async function book(preview: string): Promise<void> {
  const body = new URLSearchParams(hiddenFields(preview, '/imports'))
  const init = { method: 'POST', body, headers: { cookie }, redirect: 'manual' } as const
  expect((await fetch(`${server.origin}/imports`, init)).status).toBe(303)
}

/** The most memory that the server has had so far. */
function peakMegabytes(): number {
  const status = readFileSync(`/proc/${server.process.pid}/status`, 'utf8')
  return Number(/VmHWM:\s*(\d+)/.exec(status)?.[1]) / 1024
}

// The engine of the database changes nothing about the server's own memory: once is enough.
test.if(engineName() === 'mariadb')(
  'the memory of the server does not grow with the file: 50,000 rows as CSV, and again as Excel',
  async () => {
    const small = makeLedger({ seed: 1, rows: 500, style: 'plain' })
    await book(await upload('kecil.csv', small.text))
    const before = peakMegabytes()
    const large = makeLedger({ seed: 2, rows: 50_000, style: 'excel-id' })
    const preview = await upload('besar.csv', large.text)
    expect(wordsOf(preview)).toContain('50.000 baris siap dibukukan')
    await book(preview)
    expect(peakMegabytes() - before).toBeLessThan(MAX_GROWTH_MEGABYTES.csv)

    const taken = await fetch(`${server.origin}/stock/export?format=xlsx`, { headers: { cookie } })
    const again = await upload('besar.xlsx', await taken.blob())
    expect(wordsOf(again)).toContain('Semua 50.500 baris sudah ada di buku.')
    expect(peakMegabytes() - before).toBeLessThan(MAX_GROWTH_MEGABYTES.xlsx)
  },
  LONG,
)
