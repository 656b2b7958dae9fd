import { createHmac } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { hashPassword, passwordProblem } from '#src/auth/passwords.ts'
import { type EndReason, endSessionsOf } from '#src/auth/sessions.ts'
import { users } from '#src/database/schema/users.ts'
import { Rejected } from '#src/rejected.ts'
import { answerOnce, type By, FROM_SHELL, identify, refuseTaken } from '#src/requests.ts'
import type { System } from '#src/system.ts'
import { loadPerson, lockAdministration, recordUserChange } from '#src/users/change.ts'
import { checkPerson, EMAIL_TAKEN, keepAnAdmin } from '#src/users/checks.ts'
import type { UserChange, UserInput } from '#src/users/input.ts'
import type { UserView } from '#src/users/queries.ts'
import { checkVersion } from '#src/version.ts'

/** Where a person was added or changed; `isRepeat` where this very request had done it before. */
export type UserWritten = { user: UserView; isRepeat: boolean }

/** Who is to be added. Where somebody else made up the password, it must be changed at the first sign-in. */
export type NewUser = UserInput & { mustChangePassword?: boolean }

/** Whoever writes accounts without the lock of the administration may still be quicker. */
const TAKEN = { field: 'email', sentence: EMAIL_TAKEN }

/**
 * Adds a person. Throws Rejected 409 where the e-mail address is taken, and 422 for a password that others would guess,
 * a clerk without a location, an unknown location, and a clerk at one that is out of use.
 */
export async function createUser(
  system: System,
  { actor, request = FROM_SHELL }: By,
  { mustChangePassword = false, ...input }: NewUser,
): Promise<UserWritten> {
  const passwordHash = await hashPassword(input.password)
  const sent = { ...input, password: sealed(system, input.password) }
  const known = identify(request, { actorId: actor?.id ?? null, sent })
  const write = () =>
    answerOnce(system, known, async (tx, look) => {
      await lockAdministration(tx)
      await look()
      refuseGuessable(input.password, input)
      const locationId = await checkPerson(tx, input)
      const [result] = await tx.insert(users).values({
        email: input.email,
        name: input.name,
        role: input.role,
        locationId,
        passwordHash,
        mustChangePassword,
        createdAt: system.now(),
      })
      const user = await loadPerson(tx, result.insertId)
      await recordUserChange(tx, system, { actor, action: 'user.create', id: user.id, after: user })
      return user
    })
  const { result, isRepeat } = await refuseTaken(write, TAKEN)
  return { user: result, isRepeat }
}

/**
 * Changes a person. A new role, location, password or a deactivation ends that person's sessions at once; a password
 * must be changed at the next sign-in. `version` is that of the person as a form showed them.
 * Throws Rejected 404 for nobody, 409 where the address is taken, the person has changed meanwhile, or no active admin
 * would be left; 409 also for one's own password, for which the old one is asked elsewhere. Throws 422 for a password
 * that others would guess, a clerk without a location, an unknown location, and a clerk newly at one that is out of use.
 */
export async function changeUser(
  system: System,
  { actor, request = FROM_SHELL }: By,
  { id, change, version }: { id: number; change: UserChange; version?: string | undefined },
): Promise<UserWritten> {
  const { password } = change
  if (password !== undefined && actor?.id === id) {
    throw new Rejected(409, 'Ganti kata sandi Anda sendiri di halaman Akun.')
  }
  const passwordHash = password === undefined ? undefined : await hashPassword(password)
  const sent = { ...change, password: password === undefined ? null : sealed(system, password) }
  const seen = version === undefined ? [] : [version]
  const known = identify(request, { actorId: actor?.id ?? null, sent: [id, sent, ...seen] })
  const write = () =>
    answerOnce(system, known, async (tx, look) => {
      await lockAdministration(tx)
      await look()
      const before = await loadPerson(tx, id)
      checkVersion(before, version)
      const wanted = { ...before, ...withoutUndefined(change) }
      if (password !== undefined) refuseGuessable(password, wanted)
      if (isActiveAdmin(before) && !isActiveAdmin(wanted))
        await keepAnAdmin(tx, id, wanted.active ? 'role' : 'active')
      const locationId = await checkPerson(tx, wanted, before)
      await tx
        .update(users)
        .set({
          email: wanted.email,
          name: wanted.name,
          role: wanted.role,
          active: wanted.active,
          locationId,
          ...(passwordHash && { passwordHash, mustChangePassword: true }),
        })
        .where(eq(users.id, id))
      const after = await loadPerson(tx, id)
      if (!passwordHash && JSON.stringify(after) === JSON.stringify(before)) return before
      const reason = endReasonOf(before, after, passwordHash !== undefined)
      if (reason) await endSessionsOf(tx, system.now(), id, reason)
      const action = passwordHash ? 'user.password' : 'user.change'
      await recordUserChange(tx, system, { actor, action, id, before, after })
      return after
    })
  const { result, isRepeat } = await refuseTaken(write, TAKEN)
  return { user: result, isRepeat }
}

/** A repeat is known by a password too, of which nothing readable may be kept. */
export const sealed = (system: System, password: string): string =>
  createHmac('sha256', system.config.jwtSecret).update(password).digest('hex')

function refuseGuessable(password: string, owner: { name: string; email: string }): void {
  const problem = passwordProblem(password, owner)
  if (problem !== null)
    throw new Rejected(422, 'Ada isian yang perlu diperbaiki.', { password: problem })
}

function endReasonOf(before: UserView, after: UserView, isNewPassword: boolean): EndReason | null {
  if (before.active && !after.active) return 'deactivated'
  if (isNewPassword) return 'password'
  return before.role !== after.role || before.location !== after.location ? 'role' : null
}

const isActiveAdmin = (user: Pick<UserView, 'role' | 'active'>): boolean =>
  user.role === 'admin' && user.active

function withoutUndefined(change: UserChange) {
  const { email, name, role, location, active } = change
  return {
    ...(email !== undefined && { email }),
    ...(name !== undefined && { name }),
    ...(role !== undefined && { role }),
    ...(location !== undefined && { location }),
    ...(active !== undefined && { active }),
  }
}
