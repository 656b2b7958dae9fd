import { createHmac } from 'node:crypto'
import type { Outcome, Sendable } from '#src/alerts/message.ts'
import type { System } from '#src/system.ts'

const ANSWER_LIMIT_MS = 10_000

/** Posts the message to the other program, signed. Throws where it does not answer 2xx in time. */
export async function sendWebhook(
  { config, now }: System,
  { deliveryId, body }: Sendable,
  signal: AbortSignal,
): Promise<Outcome> {
  const { webhook } = config
  if (!webhook) return { unwanted: 'WEBHOOK_URL tidak diisi' }
  const timestamp = String(Math.floor(now().getTime() / 1000))
  const response = await fetch(webhook.url, {
    method: 'POST',
    body,
    redirect: 'manual',
    signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_LIMIT_MS)]),
    headers: {
      'Content-Type': 'application/json',
      'User-Agent': 'monitoring-bbm',
      'X-BBM-Delivery': deliveryId,
      'X-BBM-Timestamp': timestamp,
      'X-BBM-Signature': `sha256=${sign(webhook.secret, `${timestamp}.${body}`)}`,
    },
  })
  // Nothing of the answer is read: it may be endless.
  await response.body?.cancel()
  if (!response.ok) throw new Error(`jawaban ${response.status}`)
  return { note: null }
}

const sign = (secret: string, text: string): string =>
  createHmac('sha256', secret).update(text).digest('hex')
