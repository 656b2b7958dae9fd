import type { System } from '#src/system.ts'
import { loadPerson } from '#src/users/change.ts'
import type { UserInput } from '#src/users/input.ts'
import type { UserView } from '#src/users/queries.ts'
import { changeUser, createUser, type UserWritten } from '#src/users/service.ts'
import { isStillGood, temporaryPassword } from '#src/users/temporary-password.ts'

/** `words` is null where a repeat comes too late: the person has another password by now. */
export type Told = { user: UserView; words: string | null }

type Asked = { actor: { id: number }; request: { id: string; endpoint: string } }

/**
 * Gives a person a password of four words, which they must change; all their sessions end. Throws Rejected 409 for
 * one's own, as any change of it does: the session that is to show the words would end with it, too.
 */
export async function resetPassword(system: System, by: Asked, id: number): Promise<Told> {
  const owner = await loadPerson(system.db, id)
  const words = temporaryPassword(system, by.request, owner)
  return told(system, words, await changeUser(system, by, { id, change: { password: words } }))
}

/** Adds a person with such a password. */
export async function invite(
  system: System,
  by: Asked,
  input: Omit<UserInput, 'password'>,
): Promise<Told> {
  const words = temporaryPassword(system, by.request, input)
  const person = { ...input, password: words, mustChangePassword: true }
  return told(system, words, await createUser(system, by, person))
}

async function told(system: System, words: string, { user, isRepeat }: UserWritten): Promise<Told> {
  const isGood = !isRepeat || (await isStillGood(system, user.id, words))
  return { user, words: isGood ? words : null }
}
