import { sendEmail } from '#src/alerts/email.ts'
import type { Outcome } from '#src/alerts/message.ts'
import type { Claim } from '#src/alerts/outbox.ts'
import { StockPayload } from '#src/alerts/payload.ts'
import { sendWebhook } from '#src/alerts/webhook.ts'
import type { System } from '#src/system.ts'

const SEND_LIMIT_MS = 45_000

/** Sends a message once. Throws where that failed, or where `cutting` came or 45 s passed before it was done. */
export async function send(
  system: System,
  claim: Claim,
  cutting: AbortSignal = new AbortController().signal,
): Promise<Outcome> {
  const { deliveryId, channel, payload: body } = claim
  const message = { deliveryId, body, payload: StockPayload.parse(JSON.parse(body)) }
  const signal = AbortSignal.any([cutting, AbortSignal.timeout(SEND_LIMIT_MS)])
  const sending =
    channel === 'email' ? sendEmail(system, message) : sendWebhook(system, message, signal)
  return Promise.race([sending, whenAborted(signal)])
}

/** A mail under way cannot be called back; it is only no longer waited for. */
function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const give = () => reject(signal.reason)
    if (signal.aborted) give()
    else signal.addEventListener('abort', give, { once: true })
  })
}
