import { listSessions } from '#src/auth/session-list.ts'
import { endSession } from '#src/auth/sessions.ts'
import { answerOnce, type By, FROM_SHELL, identify } from '#src/requests.ts'
import type { System } from '#src/system.ts'
import { loadPerson, lockAdministration, recordUserChange } from '#src/users/change.ts'

export const ALL_SESSIONS = 'all'

/**
 * Ends one session of a person, or all of them; `ended` is how many. A session that is over, or somebody else's, is
 * none of them. Throws Rejected 404 for nobody.
 */
export async function endPersonSessions(
  system: System,
  { actor, request = FROM_SHELL }: By,
  { id, session }: { id: number; session: string },
): Promise<{ ended: number; isRepeat: boolean }> {
  const known = identify(request, { actorId: actor?.id ?? null, sent: [id, session] })
  const { result, isRepeat } = await answerOnce(system, known, async (tx, look) => {
    await lockAdministration(tx)
    await look()
    await loadPerson(tx, id)
    const alive = await listSessions(tx, id, system.now())
    const ended = alive.filter((one) => session === ALL_SESSIONS || one.id === session)
    for (const one of ended) await endSession(tx, system.now(), one.id, 'admin')
    if (ended.length > 0) {
      const after = { ended: ended.map(({ device, address }) => ({ device, address })) }
      await recordUserChange(tx, system, { actor, action: 'user.session-end', id, after })
    }
    return ended.length
  })
  return { ended: result, isRepeat }
}
