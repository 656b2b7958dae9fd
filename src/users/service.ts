import { createHmac } from 'node:crypto'
import { and, eq, ne } from 'drizzle-orm'
import { ADMINISTRATION_CHAIN, recordChange } from '#src/audit/service.ts'
import { hashPassword } from '#src/auth/passwords.ts'
import { type EndReason, endSessionsOf } from '#src/auth/sessions.ts'
import type { Db } from '#src/database/client.ts'
import { auditChains } from '#src/database/schema/audit.ts'
import { locations } from '#src/database/schema/locations.ts'
import { users } from '#src/database/schema/users.ts'
import { notFound, Rejected } from '#src/rejected.ts'
import { answerOnce, FROM_SHELL, identify, isDuplicate, type WriteRequest } from '#src/requests.ts'
import type { System } from '#src/system.ts'
import type { UserChange, UserInput } from '#src/users/input.ts'
import { findPerson, type UserView } from '#src/users/queries.ts'

/** Where a person was added or changed; `isRepeat` where this very request had done it before. */
export type UserWritten = { user: UserView; isRepeat: boolean }

/** Who asks, and under which key. `actor` is null when the shell or the first start does it. */
type By = { actor: { id: number } | null; request?: WriteRequest }

/** Adds a person. Throws Rejected 409 where the e-mail address is taken. */
export async function createUser(
  system: System,
  { actor, request = FROM_SHELL }: By,
  input: UserInput,
): Promise<UserWritten> {
  const passwordHash = await hashPassword(input.password)
  const sent = { ...input, password: sealed(system, input.password) }
  const known = identify(request, { actorId: actor?.id ?? null, sent })
  return refuseDuplicate(() =>
    answerOnce(system, known, async (tx, look) => {
      await lockAdministration(tx)
      await look()
      const [result] = await tx.insert(users).values({
        email: input.email,
        name: input.name,
        role: input.role,
        locationId: await locationIdFor(tx, input),
        passwordHash,
        createdAt: system.now(),
      })
      const user = await loadUser(tx, result.insertId)
      await recordUserChange(tx, system, { actor, action: 'user.create', id: user.id, after: user })
      return user
    }),
  )
}

/** Changes a person. A new role, location, password or a deactivation ends that person's sessions at once. */
export async function changeUser(
  system: System,
  { actor, request = FROM_SHELL }: By,
  { id, change }: { id: number; change: UserChange },
): Promise<UserWritten> {
  const { password } = change
  const passwordHash = password === undefined ? undefined : await hashPassword(password)
  const sent = { ...change, password: password === undefined ? null : sealed(system, password) }
  const known = identify(request, { actorId: actor?.id ?? null, sent: [id, sent] })
  return refuseDuplicate(() =>
    answerOnce(system, known, async (tx, look) => {
      await lockAdministration(tx)
      await look()
      const before = await loadUser(tx, id)
      const wanted = { ...before, ...withoutUndefined(change) }
      if (isActiveAdmin(before) && !isActiveAdmin(wanted)) await keepAnAdmin(tx, id)
      await tx
        .update(users)
        .set({
          email: wanted.email,
          name: wanted.name,
          role: wanted.role,
          active: wanted.active,
          locationId: await locationIdFor(tx, wanted),
          ...(passwordHash && { passwordHash }),
        })
        .where(eq(users.id, id))
      const after = await loadUser(tx, id)
      const reason = endReasonOf(before, after, passwordHash !== undefined)
      if (reason) await endSessionsOf(tx, system.now(), id, reason)
      const action = passwordHash ? 'user.password' : 'user.change'
      await recordUserChange(tx, system, { actor, action, id, before, after })
      return after
    }),
  )
}

/** A repeat is known by a password too, of which nothing readable may be kept. */
const sealed = (system: System, password: string): string =>
  createHmac('sha256', system.config.jwtSecret).update(password).digest('hex')

async function loadUser(tx: Db, id: number): Promise<UserView> {
  const user = await findPerson(tx, id)
  if (!user) throw notFound()
  return user
}

/** Changes of people take turns, so that two admins cannot demote each other at the same moment. */
async function lockAdministration(tx: Db): Promise<void> {
  await tx
    .select()
    .from(auditChains)
    .where(eq(auditChains.chain, ADMINISTRATION_CHAIN))
    .for('update')
}

async function keepAnAdmin(tx: Db, id: number): Promise<void> {
  const [other] = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, 'admin'), eq(users.active, true), ne(users.id, id)))
    .limit(1)
  if (!other) {
    const sentence = 'Ini admin aktif yang terakhir. Jadikan orang lain admin lebih dulu.'
    throw new Rejected(409, sentence, { role: sentence })
  }
}

async function locationIdFor(
  tx: Db,
  { role, location }: Pick<UserInput, 'role' | 'location'>,
): Promise<number | null> {
  if (role !== 'operasional') return null
  if (location === null) {
    throw new Rejected(422, 'Petugas operasional harus punya lokasi.', {
      location: 'Pilih lokasi petugas ini.',
    })
  }
  const [found] = await tx
    .select({ id: locations.id })
    .from(locations)
    .where(eq(locations.code, location))
  if (!found)
    throw new Rejected(422, 'Lokasi tidak dikenal.', { location: 'Lokasi tidak dikenal.' })
  return found.id
}

async function recordUserChange(
  tx: Db,
  system: System,
  change: {
    actor: { id: number } | null
    action: string
    id: number
    before?: UserView
    after: UserView
  },
): Promise<void> {
  await recordChange(tx, {
    chain: ADMINISTRATION_CHAIN,
    at: system.now(),
    userId: change.actor?.id ?? null,
    action: change.action,
    subject: `user:${change.id}`,
    ...(change.before && { before: change.before }),
    after: change.after,
  })
}

function endReasonOf(before: UserView, after: UserView, isNewPassword: boolean): EndReason | null {
  if (before.active && !after.active) return 'deactivated'
  if (isNewPassword) return 'password'
  return before.role !== after.role || before.location !== after.location ? 'role' : null
}

async function refuseDuplicate(
  write: () => Promise<{ result: UserView; isRepeat: boolean }>,
): Promise<UserWritten> {
  try {
    const { result, isRepeat } = await write()
    return { user: result, isRepeat }
  } catch (error) {
    if (!isDuplicate(error)) throw error
    throw new Rejected(409, 'Alamat e-mail ini sudah dipakai.', {
      email: 'Alamat e-mail ini sudah dipakai.',
    })
  }
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
