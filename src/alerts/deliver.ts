import type { Outcome } from '#src/alerts/message.ts'
import { type Claim, claimNext, giveUp, markDelivered, putBack } from '#src/alerts/outbox.ts'
import { send } from '#src/alerts/send.ts'
import type { Log } from '#src/http/request-log.ts'
import { pause } from '#src/pause.ts'
import type { System } from '#src/system.ts'

const LOOK_EVERY_MS = 3_000
/** A message under way gets this long at a stop; then it is put back, and sent again under its id. */
const GRACE_MS = 1_500

/** Empties the outbox from now on, in this process, one message at a time. `stop` ends it within two seconds. */
export function openDelivery(system: System, log: Log): { stop: () => Promise<void> } {
  const stopping = new AbortController()
  const cutting = new AbortController()
  const working = lookAgainAndAgain(system, log, {
    stopping: stopping.signal,
    cutting: cutting.signal,
  })
  return {
    stop: async () => {
      stopping.abort()
      const cut = setTimeout(() => cutting.abort(new Error('server berhenti')), GRACE_MS)
      await working
      clearTimeout(cut)
    },
  }
}

type Ends = { stopping: AbortSignal; cutting: AbortSignal }

async function lookAgainAndAgain(system: System, log: Log, ends: Ends): Promise<void> {
  let trouble = ''
  while (!ends.stopping.aborted) {
    try {
      await deliverDue(system, log, ends)
      trouble = ''
    } catch (error) {
      // A database that is away for an hour is told of once.
      const now = reasonOf(error)
      if (now !== trouble) log.warn({ reason: now }, 'messages wait')
      trouble = now
    }
    await pause(LOOK_EVERY_MS, ends.stopping)
  }
}

/** Sends everything that is due; answers how many messages were in hand. `cutting` breaks off the one under way. */
export async function deliverDue(system: System, log: Log, ends?: Ends): Promise<number> {
  let handled = 0
  while (!ends?.stopping.aborted) {
    const claim = await claimNext(system.db, system.now())
    if (!claim) break
    const sent = await send(system, claim, ends?.cutting).catch((error: unknown) => ({
      failure: reasonOf(error),
    }))
    // A message that was sent and cannot be marked stays in hand, and is sent again under its id when its time is over.
    await settle(system, log, { claim, sent })
    handled += 1
  }
  return handled
}

async function settle(
  { db, now }: System,
  log: Log,
  { claim, sent }: { claim: Claim; sent: Outcome | { failure: string } },
): Promise<void> {
  const { deliveryId, channel, attempts } = claim
  const line = { deliveryId, channel, attempts }
  const at = now()
  if ('unwanted' in sent) {
    await giveUp(db, claim, { at, reason: sent.unwanted })
    log.debug({ ...line, reason: sent.unwanted }, 'message wanted by nobody')
  } else if ('failure' in sent) {
    const reason = sent.failure
    const dueAt = await putBack(db, claim, { at, reason })
    if (dueAt) log.warn({ ...line, reason, dueAt }, 'message not delivered, tried again later')
    else log.error({ ...line, reason }, 'message given up')
  } else {
    await markDelivered(db, claim, { at, note: sent.note })
    log.info({ ...line, note: sent.note }, 'message delivered')
  }
}

const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
