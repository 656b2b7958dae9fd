import { eq } from 'drizzle-orm'
import type { OwnPassword } from '#src/account/input.ts'
import { recordAccess } from '#src/audit/service.ts'
import { hashPassword, isPassword, passwordProblem } from '#src/auth/passwords.ts'
import { listSessions } from '#src/auth/session-list.ts'
import { endSession, type Origin, type Session, succeedSession } from '#src/auth/sessions.ts'
import { successorOf } from '#src/auth/tokens.ts'
import { users } from '#src/database/schema/users.ts'
import { Rejected } from '#src/rejected.ts'
import { answerOnce, identify, type WriteRequest } from '#src/requests.ts'
import type { System } from '#src/system.ts'
import { type Guesser, letGuess } from '#src/throttle/sign-in.ts'
import { loadPerson, lockAdministration, recordUserChange } from '#src/users/change.ts'
import { readPasswordHash, type UserView } from '#src/users/queries.ts'
import { sealed } from '#src/users/service.ts'

const WRONG = 'Kata sandi ini salah. Ketik lagi; bila lupa, minta admin membuatkan yang baru.'
const SAME = 'Ini kata sandi yang lama. Pilih yang lain.'

/** Who asks: in which session, from where, and under which key. */
type By = { session: Session; origin: Origin; request: WriteRequest }

/**
 * Gives a person the password they chose. All their sessions end; they go on in the one that is answered. Throws Rejected
 * 422 where the old password is wrong, which counts as a failed sign-in, or the new one is not fit, and 429 with the time
 * to wait where too many were wrong.
 */
export async function changeOwnPassword(
  system: System,
  { session, origin, request }: By,
  typed: OwnPassword,
): Promise<{ sessionId: string; refreshToken: string }> {
  const { id, email } = session.actor
  const sent = [sealed(system, typed.oldPassword), sealed(system, typed.newPassword)]
  const known = identify(request, { actorId: id, sent })
  // Hashing takes a quarter of a second, in which nobody has to wait for a lock.
  const stored = await readPasswordHash(system.db, id)
  const isRight = await letGuess(system, guesserOf(session, origin), () =>
    isPassword(typed.oldPassword, stored),
  )
  const passwordHash = isRight ? await hashPassword(typed.newPassword) : null
  try {
    const { result: sessionId } = await answerOnce(system, known, async (tx, look) => {
      await lockAdministration(tx)
      await look()
      const before = await loadPerson(tx, id)
      const isStillRight = passwordHash !== null && (await readPasswordHash(tx, id)) === stored
      refuse({ ...typed, isRight: isStillRight, owner: before })
      await tx
        .update(users)
        .set({ passwordHash, mustChangePassword: false })
        .where(eq(users.id, id))
      await succeedSession(tx, system, { session, requestId: known.id, origin })
      const after = await loadPerson(tx, id)
      await recordUserChange(tx, system, {
        actor: { id },
        action: 'user.password',
        id,
        before,
        after,
      })
      await recordAccess(tx, { ...whence(system, id, origin), action: 'password', detail: email })
      return session.id
    })
    // Of the one in which it was carried out: a repeat may come from the session that followed it.
    return successorOf(system, { sessionId, requestId: known.id })
  } catch (error) {
    if (error instanceof WrongPassword)
      await recordAccess(system.db, {
        ...whence(system, id, origin),
        action: 'sign-in.failed',
        detail: email,
      })
    throw error
  }
}

/** Who guesses here sits at a screen that somebody has left: counted by the session, and nobody else has to wait. */
const guesserOf = ({ id, actor }: Session, { address }: Origin): Guesser => ({
  account: actor.email,
  address,
  browser: `session ${id}`,
})

/** Every session of the person but the one that asks. */
export const OTHER_SESSIONS = 'all'

/**
 * Ends one session of the person who asks, or all others; answers how many. One that is over, or somebody else's, is none
 * of them.
 */
export async function endOwnSessions(
  system: System,
  { session, origin, request }: By,
  which: string,
): Promise<number> {
  const { id } = session.actor
  const known = identify(request, { actorId: id, sent: which })
  const { result } = await answerOnce(system, known, async (tx, look) => {
    await tx.select({ id: users.id }).from(users).where(eq(users.id, id)).for('update')
    await look()
    const alive = await listSessions(tx, id, system.now())
    const isMeant = (one: string) => (which === OTHER_SESSIONS ? one !== session.id : one === which)
    const ended = alive.filter((one) => isMeant(one.id))
    for (const one of ended) {
      await endSession(tx, system.now(), one.id, 'logout')
      const detail = `${one.device}, ${one.address}`
      await recordAccess(tx, { ...whence(system, id, origin), action: 'session-end', detail })
    }
    return ended.length
  })
  return result
}

/** The one refusal that somebody may get who is not the person. */
class WrongPassword extends Rejected {
  override name = 'WrongPassword'
}

function refuse({
  oldPassword,
  newPassword,
  isRight,
  owner,
}: OwnPassword & { isRight: boolean; owner: UserView }): void {
  const isSame = isRight && newPassword === oldPassword
  const problem = isSame ? SAME : passwordProblem(newPassword, owner)
  const details = {
    ...(!isRight && { oldPassword: WRONG }),
    ...(problem !== null && { newPassword: problem }),
  }
  if (Object.keys(details).length === 0) return
  throw new (isRight ? Rejected : WrongPassword)(422, 'Ada isian yang perlu diperbaiki.', details)
}

const whence = (system: System, userId: number, origin: Origin) => ({
  at: system.now(),
  userId,
  ...origin,
})
