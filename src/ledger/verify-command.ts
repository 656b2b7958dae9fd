import { complain, print, readArguments, runCommand, WrongUsage, withTools } from '#src/command.ts'
import { verifyBooks } from '#src/ledger/verify.ts'

const HELP = `bin/verify
Menghitung ulang sisa, setiap hari dan jejak audit dari catatan, dalam satu potret basis data.
Menyebut setiap selisih. Status 0: semua cocok; 1: ada selisih.`

await runCommand(async () => {
  const { positionals } = readArguments({}, HELP)
  if (positionals.length > 0) throw new WrongUsage('bin/verify tidak butuh apa-apa di belakangnya.')
  const { entries, differences } = await withTools(({ system }) => verifyBooks(system, complain))
  print(
    differences === 0
      ? `Semua cocok: ${entries} catatan.`
      : `${differences} selisih dalam ${entries} catatan.`,
  )
  return differences === 0 ? 0 : 1
})
