import { complain, print, readArguments, runCommand, WrongUsage, withTools } from '#src/command.ts'
import { rebuildBooks } from '#src/ledger/verify/rebuild.ts'
import { type Verified, verifyBooks } from '#src/ledger/verify.ts'
import type { System } from '#src/system.ts'

const HELP = `bin/verify             memeriksa seluruh buku dan tidak mengubah apa-apa
bin/verify --rebuild   menghitung ulang sisa dan angka harian dari catatan lebih dulu, lalu memeriksa

Memeriksa sisa, angka setiap hari, pasangan perbaikan, stok di bawah nol, sisa di riwayat, rantai jejak audit,
dan jejak audit terhadap setiap catatan, dalam satu potret basis data. Menyebut setiap selisih, dan saat-saat
stok melebihi kapasitas (bukan selisih). Bila semua cocok, menyebut sidik ujung setiap rantai: cocokkan dengan
halaman Audit. Status 0: semua cocok; 1: ada selisih; 2: salah panggil.`

await runCommand(async () => {
  const { positionals, values } = readArguments({ rebuild: { type: 'boolean' } }, HELP)
  if (positionals.length > 0)
    throw new WrongUsage('bin/verify hanya mengenal --rebuild di belakangnya.')
  const verified = await withTools(async ({ system }) => {
    if (values.rebuild) await rebuild(system)
    return verifyBooks(system, complain, print)
  })
  summarize(verified)
  return verified.differences === 0 ? 0 : 1
})

async function rebuild(system: System): Promise<void> {
  let changes = 0
  await rebuildBooks(system, (change) => {
    changes++
    print(`Diperbaiki: ${change}`)
  })
  if (changes === 0) print('Sisa dan angka harian sudah benar; tidak ada yang diubah.')
}

function summarize({ entries, differences, heads }: Verified): void {
  if (differences > 0) {
    print(`${differences} selisih dalam ${entries} catatan.`)
    return
  }
  for (const { name, length, headHash } of heads)
    print(`Jejak audit ${name}: ${length} baris, sidik ${headHash}`)
  print(`Semua cocok: ${entries} catatan.`)
}
