import { randomBytes } from 'node:crypto'
import { print, readArguments, runCommand, WrongUsage, withTools } from '#src/command.ts'
import { ROLES } from '#src/database/schema/users.ts'
import { Rejected } from '#src/rejected.ts'
import type { System } from '#src/system.ts'
import { newPassword, UserInput } from '#src/users/input.ts'
import { findAccount } from '#src/users/queries.ts'
import { changeUser, createUser } from '#src/users/service.ts'

const HELP = `bin/user add EMAIL --name NAMA --role ${ROLES.join('|')} [--location KODE] [--password SANDI]
bin/user password EMAIL [--password SANDI]

add menambah pengguna; password mengganti kata sandi, mengaktifkan akunnya dan mengakhiri sesinya.
Tanpa --password kata sandi dibuat acak dan ditampilkan sekali. Pemiliknya menggantinya saat masuk.`

await runCommand(async () => {
  const { values, positionals } = readArguments(
    {
      name: { type: 'string' },
      role: { type: 'string' },
      location: { type: 'string' },
      password: { type: 'string' },
    },
    HELP,
  )
  const [action, email, ...rest] = positionals
  if (!email || rest.length > 0 || (action !== 'add' && action !== 'password')) {
    throw new WrongUsage('Tulis: bin/user add EMAIL … atau bin/user password EMAIL.')
  }
  const password = values.password ?? randomBytes(12).toString('base64url')
  await withTools(({ system }) =>
    action === 'add'
      ? add(system, { ...values, email, password })
      : reset(system, { email, password }),
  )
  if (values.password === undefined)
    print(`Kata sandi ${email}: ${password} (hanya ditampilkan sekali ini)`)
  return 0
})

async function add(system: System, given: Record<string, string | undefined>): Promise<void> {
  const parsed = UserInput.safeParse(given)
  if (!parsed.success) {
    throw new WrongUsage(
      parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'),
    )
  }
  const person = { ...parsed.data, mustChangePassword: true }
  const { user } = await createUser(system, { actor: null }, person)
  print(`Pengguna ditambahkan: ${user.email} (${user.role})`)
}

async function reset(
  system: System,
  { email, password }: { email: string; password: string },
): Promise<void> {
  const parsed = newPassword.safeParse(password)
  if (!parsed.success)
    throw new WrongUsage(parsed.error.issues.map(({ message }) => message).join('\n'))
  const account = await findAccount(system.db, email.trim().toLowerCase())
  if (!account?.passwordHash) throw new Rejected(404, `Tidak ada pengguna dengan alamat ${email}.`)
  const target = { id: account.id, change: { password, active: true } }
  await changeUser(system, { actor: null }, target)
  print(`Kata sandi diganti: ${email}`)
}
