import { tooSoon } from '#src/rejected.ts'
import type { System } from '#src/system.ts'
import { type Count, limiter } from '#src/throttle/limiter.ts'
import { openLine } from '#src/throttle/line.ts'
import { networkOf, PATIENCE, waitAfter } from '#src/throttle/rules.ts'
import { takeTurn, waitForTurn } from '#src/throttle/turns.ts'

/** Who tries a password, as far as can be told before it has proved right. */
export type Guesser = {
  /** The account that is meant, whether or not there is one. */
  account: string
  address: string
  /** The browser, where it has signed in to this account before; else null. */
  browser: string | null
}

const HOUR = 3600
const TOO_MANY = 'Terlalu banyak percobaan.'
const CROWDED = 'Banyak orang sedang masuk bersamaan.'
const CROWDED_MS = 5_000

/** Failures in a row; an hour after the first of them they are forgotten. */
const failures = limiter('sign-in', HOUR)
/** Whoever has begun a wait may guess, and nobody else until it is over. */
const waits = limiter('sign-in-wait', HOUR)

/**
 * A comparison takes a core for a quarter of a second: one at a time, and so what is counted of one cannot get between
 * what is counted of another. However many strangers come, those who are known here have a line of their own.
 */
const openSignInLine = () =>
  openLine({ mostWaiting: 20, refusal: () => tooSoon(CROWDED, CROWDED_MS) })
const strangers = openSignInLine()
const acquaintances = openSignInLine()

/**
 * Lets a password be compared, or throws Rejected 429 with the time to wait: after the fifth failure in a row 1 s, then
 * twice as long each time up to a minute, by account and by address. A guess counts as a failure from before it is looked
 * at until it has proved right, so that many at once find no gap, and whether there is such an account makes no difference.
 */
export async function letGuess(
  system: System,
  guesser: Guesser,
  compare: () => Promise<boolean>,
): Promise<boolean> {
  const counters: Open[] = []
  // Before the line, so that whoever must wait keeps nobody waiting.
  for (const counter of countersOf(guesser))
    counters.push({ ...counter, turn: await refuseWhileWaiting(system, counter) })
  const line = guesser.browser === null ? strangers : acquaintances
  return line(async () => {
    const places = await takePlaces(system, counters)
    const isRight = await compare()
    for (const place of places) await (isRight ? forgive : beginWait)(system, place)
    return isRight
  })
}

/**
 * `share`: under which key that part is counted which a right password takes back; null where that is all. `own`: under
 * which key that part is counted which was failed from the same place; null where all of it was.
 */
type Counter = { key: string; share: string | null; own: string | null }
/** `turn`: the one by which a guess is let through in spite of a wait. */
type Open = Counter & { turn: string | null }
/** A guess that is counted under a counter, and the seconds after it for which nobody else may guess. */
type Place = Open & { waitSeconds: number }

/**
 * A browser that is known at the account counts for itself alone: what strangers do to the account or from the same
 * address keeps nobody out who has been here before. An office has one address: there a right password takes back the
 * failures at its own account, and nobody clears away by an account of theirs what they failed at others'.
 */
function countersOf({ account, address, browser }: Guesser): Counter[] {
  if (browser !== null) {
    return [{ key: `browser ${browser} at ${account}`, share: null, own: null }]
  }
  const network = networkOf(address)
  const fromHere = `address ${network} at ${account}`
  return [
    // The address first: who must wait there takes nothing of the account's.
    { key: `address ${network}`, share: fromHere, own: null },
    { key: `account ${account}`, share: null, own: fromHere },
  ]
}

/**
 * Answers the turn that has come in spite of a wait, if there is one. It is for those who failed little there themselves:
 * a stranger who begins one wait after the other would else keep them out for good.
 */
async function refuseWhileWaiting(system: System, { key, own }: Counter): Promise<string | null> {
  const wait = await waits(system).read(key)
  if (!wait) return null
  const ahead = await timeAhead(system, own, wait)
  if (ahead) throw tooSoon(TOO_MANY, ahead.endsInMs)
  return own
}

/** How long it is until a guess in spite of this wait, which is begun with where there is none yet; null where it may come. */
async function timeAhead(
  system: System,
  own: string | null,
  wait: Count,
): Promise<{ endsInMs: number } | null> {
  const isOthers = own !== null && (await countOwn(system, own)) < PATIENCE
  return isOthers ? waitForTurn(system, own, wait) : wait
}

const countOwn = async (system: System, own: string): Promise<number> =>
  (await failures(system).read(own))?.points ?? 0

/** All or none of them. */
async function takePlaces(system: System, counters: Open[]): Promise<Place[]> {
  const taken: Place[] = []
  for (const counter of counters) {
    const place = await takePlace(system, counter)
    if ('endsInMs' in place) {
      for (const one of taken) await giveBack(system, one)
      throw tooSoon(TOO_MANY, place.endsInMs)
    }
    taken.push(place)
  }
  return taken
}

/** Counts a guess as a failure. From the fifth on only the one that begins the next wait is let through, or whose turn it is. */
async function takePlace(system: System, counter: Open): Promise<Place | { endsInMs: number }> {
  const { points } = await failures(system).add(counter.key, 1)
  const waitSeconds = waitAfter(points)
  if (waitSeconds > 0) {
    const wait = await waits(system).add(counter.key, 1, waitSeconds)
    if (wait.points > 1 && !(await hasTurn(system, counter))) {
      await failures(system).add(counter.key, -1)
      return (await timeAhead(system, counter.own, wait)) ?? wait
    }
  }
  if (counter.share !== null) await failures(system).add(counter.share, 1)
  return { ...counter, waitSeconds }
}

async function hasTurn(system: System, { turn, key }: Open): Promise<boolean> {
  if (turn === null) return false
  // This very guess is counted already.
  const isFirst = (await countOwn(system, turn)) <= 1
  return takeTurn(system, turn, { account: key, isFirst })
}

/** A guess that was not looked at is no failure. */
async function giveBack(system: System, { key, share, waitSeconds }: Place): Promise<void> {
  await failures(system).add(key, -1)
  if (share !== null) await failures(system).add(share, -1)
  if (waitSeconds > 0) await waits(system).clear(key)
}

/** The wait lasts from the failure on: a comparison may take as long itself. */
async function beginWait(system: System, { key, waitSeconds }: Place): Promise<void> {
  if (waitSeconds > 0) await waits(system).set(key, 1, waitSeconds)
}

async function forgive(system: System, { key, share, waitSeconds }: Place): Promise<void> {
  if (share === null) {
    await failures(system).clear(key)
    await waits(system).clear(key)
    return
  }
  if (waitSeconds > 0) await waits(system).clear(key)
  const own = await failures(system).read(share)
  if (!own || own.points <= 0) return
  // Taken off rather than cleared: others of this account may be under way in another process.
  await failures(system).add(share, -own.points)
  const left = await failures(system).add(key, -own.points)
  // Below zero where that was forgotten before: nobody gains by it.
  if (left.points < 0) await failures(system).clear(key)
}
