import type { System } from '#src/system.ts'
import { type Count, limiter } from '#src/throttle/limiter.ts'

const HOUR = 3600
const GIVEN = 1
const TAKEN = 2
/** Of one account in an hour, after the first of each place: for people more than enough, for many guessers few. */
const MOST_TAKEN = 300

/** Whoever was told to wait, and those of them whose time is not over. */
const turns = limiter('sign-in-turn', HOUR)
const turnsToCome = limiter('sign-in-turn-wait', HOUR)
const turnsTaken = limiter('sign-in-turns-taken', HOUR)

/**
 * Somebody must wait for what others do. What they were told at first holds, so that nobody who begins one wait after the
 * other keeps them waiting. Answers how long it is until their turn; null when it has come.
 */
export async function waitForTurn(
  system: System,
  key: string,
  wait: Count,
): Promise<{ endsInMs: number } | null> {
  const turn = await turns(system).read(key)
  if (turn?.points === GIVEN) return turnsToCome(system).read(key)
  await turnsToCome(system).set(key, 1, Math.max(1, Math.ceil(wait.endsInMs / 1000)))
  await turns(system).set(key, GIVEN, HOUR)
  return wait
}

/**
 * Takes a turn that has come. Of several at once one gets it; the others wait anew. The first of a place is had however
 * many others take, so that nobody can use up all there are.
 */
export async function takeTurn(
  system: System,
  key: string,
  { account, isFirst }: { account: string; isFirst: boolean },
): Promise<boolean> {
  // Between the look and this, others may have taken theirs and begun to wait for the next.
  if (await turnsToCome(system).read(key)) return false
  if ((await turns(system).add(key, 1)).points !== TAKEN) return false
  return isFirst || (await turnsTaken(system).add(account, 1)).points <= MOST_TAKEN
}
