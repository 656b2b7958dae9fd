import { makePassword } from '#src/auth/passwords.ts'
import { print, readArguments, runCommand, WrongUsage, withTools } from '#src/command.ts'
import { ROLES } from '#src/database/schema/users.ts'
import { Rejected } from '#src/rejected.ts'
import type { System } from '#src/system.ts'
import { newPassword, UserInput } from '#src/users/input.ts'
import { findAccount, findPerson } from '#src/users/queries.ts'
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
  const password = await withTools(({ system }) =>
    action === 'add' ? add(system, { ...values, email }) : reset(system, { ...values, email }),
  )
  if (values.password === undefined)
    print(`Kata sandi ${email}: ${password} (hanya ditampilkan sekali ini)`)
  return 0
})

type Given = Record<string, string | undefined> & { email: string }

/** Answers the password, which was made up where none was given. */
async function add(system: System, given: Given): Promise<string> {
  const { email, name = '', password = makePassword({ name, email }) } = given
  const parsed = UserInput.safeParse({ ...given, password })
  if (!parsed.success) {
    throw new WrongUsage(
      parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'),
    )
  }
  const person = { ...parsed.data, mustChangePassword: true }
  const { user } = await createUser(system, { actor: null }, person)
  print(`Pengguna ditambahkan: ${user.email} (${user.role})`)
  return password
}

async function reset(system: System, { email, password: given }: Given): Promise<string> {
  const parsed = newPassword.optional().safeParse(given)
  if (!parsed.success)
    throw new WrongUsage(parsed.error.issues.map(({ message }) => message).join('\n'))
  const account = await findAccount(system.db, email.trim().toLowerCase())
  const person = account?.passwordHash ? await findPerson(system.db, account.id) : null
  if (!person) throw new Rejected(404, `Tidak ada pengguna dengan email ${email}.`)
  const password = given ?? makePassword(person)
  const target = { id: person.id, change: { password, active: true } }
  await changeUser(system, { actor: null }, target)
  print(`Kata sandi diganti: ${email}`)
  return password
}
