import type { Outcome, Sendable } from '#src/alerts/message.ts'
import { mailOf } from '#src/alerts/words.ts'
import { readSettings } from '#src/settings/queries.ts'
import type { System } from '#src/system.ts'

/** Together shorter than a message is held. */
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 15_000 }

/** Sends the mail to those who are to be told now. Throws where the mail server cannot be reached or takes it for nobody. */
export async function sendEmail(
  { db, config }: System,
  { deliveryId, payload }: Sendable,
): Promise<Outcome> {
  const { smtpUrl, publicOrigin: origin } = config
  if (smtpUrl === undefined) return { unwanted: 'SMTP_URL tidak diisi' }
  const { alertRecipients } = await readSettings(db)
  if (alertRecipients.length === 0) return { unwanted: 'belum ada penerima di pengaturan' }
  // Three megabytes that every collection of garbage would look through, in the many companies that send no mail.
  const { createTransport } = await import('nodemailer')
  const transport = createTransport({ url: smtpUrl, ...TIMEOUTS })
  try {
    const { rejected } = await transport.sendMail({
      from: config.mailFrom,
      to: alertRecipients,
      messageId: `<${deliveryId}@${new URL(origin).hostname}>`,
      date: payload.at,
      headers: { 'Auto-Submitted': 'auto-generated' },
      // What people have typed into a name is never a file or an address to be fetched.
      disableFileAccess: true,
      disableUrlAccess: true,
      ...mailOf(payload, { zone: config.timezone, origin }),
    })
    return { note: rejected.length === 0 ? null : `ditolak untuk ${rejected.map(addressOf)}` }
  } finally {
    transport.close()
  }
}

const addressOf = (recipient: string | { address: string }): string =>
  typeof recipient === 'string' ? recipient : recipient.address
