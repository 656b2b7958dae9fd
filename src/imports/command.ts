import { basename } from 'node:path'
import { can, isAllowed } from '#src/auth/permissions.ts'
import { complain, print, readArguments, runCommand, WrongUsage, withTools } from '#src/command.ts'
import { IMPORT_ACCOUNT_EMAIL } from '#src/company.ts'
import type { Db } from '#src/database/client.ts'
import { describeProblem, type Problem } from '#src/imports/problems.ts'
import { importFile } from '#src/imports/service.ts'
import { summarise } from '#src/imports/summary.ts'
import { Rejected } from '#src/rejected.ts'
import { groupThousands, type Litres, parseDecimal } from '#src/units/litres.ts'
import { readLitres } from '#src/units/typed-litres.ts'
import { findAccount, findUser } from '#src/users/queries.ts'

const HELP = `bin/import BERKAS [pilihan]

Membukukan catatan dari berkas CSV atau buku kerja Excel (.xlsx, lembar pertama): semuanya, atau tidak sama sekali bila ada yang salah.
Baris pertama: tanggal, jenis, lokasi, jumlah, keterangan, referensi (dua yang terakhir boleh tidak ada).
Jenis: Masuk atau Keluar (atau IN, OUT). Tanggal tanpa jam berarti pukul 00.00; tanpa zona, zona perusahaan.
Pemisah kolom, gaya angka dan tanggal ditemukan sendiri. Berkas yang sama boleh diimpor lagi: baris yang
sudah dibukukan dilewati, hanya baris baru yang ditambahkan. CSV dan Excel yang diunduh dari Riwayat juga bisa
diimpor: baris berstatus Diperbaiki dan Perbaikan dilewati.

  --dry-run                 periksa semuanya, tetapi tidak membukukan apa pun
  --as EMAIL                atas nama supervisor atau admin ini (biasanya akun bawaan "Impor")
  --create-locations        buat lokasi yang belum ada
  --opening LOKASI=LITER    stok awal, semenit sebelum baris pertama lokasi itu; boleh berulang
  --decimal comma|point     tanda desimal, bila tidak bisa dipastikan dari berkas
  --dates dmy|mdy           urutan hari dan bulan, bila tidak bisa dipastikan dari berkas

Status 0: selesai; 1: ada yang salah, tidak ada yang dibukukan; 2: salah memanggil.`

await runCommand(async () => {
  const { values, positionals } = readArguments(
    {
      'dry-run': { type: 'boolean', default: false },
      as: { type: 'string', default: IMPORT_ACCOUNT_EMAIL },
      'create-locations': { type: 'boolean', default: false },
      opening: { type: 'string', multiple: true, default: [] },
      decimal: { type: 'string' },
      dates: { type: 'string' },
    },
    HELP,
  )
  const [path, ...rest] = positionals
  if (!path || rest.length > 0) throw new WrongUsage('Tulis satu berkas: bin/import BERKAS')
  const chosen = {
    path,
    fileName: basename(path),
    dryRun: values['dry-run'],
    createLocations: values['create-locations'],
    opening: readOpenings(values.opening),
    decimal: oneOf('--decimal', ['comma', 'point'], values.decimal),
    dates: oneOf('--dates', ['dmy', 'mdy'], values.dates),
  }
  return withTools(async ({ system, database }) => {
    const actor = await findActor(system.db, values.as)
    const report = (problem: Problem) => tell(describeProblem(problem, system.config.timezone))
    const progress = (rows: number) => complain(`${groupThousands(String(rows))} baris dibaca`)
    const result = await importFile({ system, database }, actor, { ...chosen, report, progress })
    const say = result.outcome === 'refused' ? complain : print
    for (const line of summarise(result)) say(line)
    return result.outcome === 'refused' ? 1 : 0
  })
})

function readOpenings(given: string[]): Record<string, Litres> {
  const openings: Record<string, Litres> = {}
  for (const text of given) {
    const [, location = '', amount = ''] = /^([^=]+)=(.+)$/.exec(text) ?? []
    const litres = readLitres(amount)
    const code = location.trim().toUpperCase()
    if (code === '' || 'problem' in litres) {
      const reason = 'problem' in litres ? litres.problem : ''
      throw new WrongUsage(`Tulis --opening LOKASI=LITER, bukan "${text}". ${reason}`.trim())
    }
    if (code in openings) throw new WrongUsage(`--opening ${code} ditulis dua kali.`)
    openings[code] = parseDecimal(litres.decimal)
  }
  return openings
}

function oneOf<Word extends string>(
  option: string,
  words: readonly Word[],
  given: string | undefined,
): Word | undefined {
  if (given === undefined) return undefined
  const word = words.find((one) => one === given)
  if (!word) throw new WrongUsage(`${option} hanya boleh ${words.join(' atau ')}.`)
  return word
}

/** Throws Rejected where there is no such person, or one who may not book the past of every location. */
async function findActor(db: Db, email: string): Promise<{ id: number }> {
  const account = await findAccount(db, email.trim().toLowerCase())
  const user = account?.active ? await findUser(db, account.id) : null
  if (!user) throw new Rejected(404, `Tidak ada pengguna aktif dengan email ${email}.`)
  if (isAllowed(can.recordDelivery, { ...user, location: null })) return user
  throw new Rejected(403, `${email} bukan supervisor atau admin.`)
}

/** Waits where the terminal or the pipe is slower than the file. */
async function tell(line: string): Promise<void> {
  if (!process.stderr.write(`${line}\n`))
    await new Promise((done) => process.stderr.once('drain', done))
}
