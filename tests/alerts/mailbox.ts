import { once } from 'node:events'
import { SMTPServer } from 'smtp-server'

export type Mail = { from: string; to: string[]; source: string }
export type Mailbox = Awaited<ReturnType<typeof openMailbox>>

/** A mail server that keeps what it takes. `refuse` makes it answer 451 to the next mails, `hold` makes it fall silent. */
export async function openMailbox() {
  const mails: Mail[] = []
  let refusals = 0
  let held: Promise<void> = Promise.resolve()
  const refused = new Set<string>()
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo: ({ address }, _, answer) =>
      answer(refused.has(address) ? new Error('no such mailbox') : null),
    onData: (stream, { envelope }, answer) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', async () => {
        if (refusals > 0) {
          refusals -= 1
          return answer(Object.assign(new Error('come back later'), { responseCode: 451 }))
        }
        mails.push({
          from: envelope.mailFrom ? envelope.mailFrom.address : '',
          to: envelope.rcptTo.map(({ address }) => address),
          source: Buffer.concat(chunks).toString('utf8'),
        })
        await held
        return answer(null)
      })
    },
  })
  // A client that is killed breaks its connection.
  server.on('error', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('the machine gave no port')
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    mails,
    refuse: (count: number): void => {
      refusals = count
    },
    refuseRecipient: (address: string): void => void refused.add(address),
    /** From now on mails are taken and never answered, until the function that comes back is called. */
    hold(): () => void {
      const { promise, resolve } = Promise.withResolvers<void>()
      held = promise
      return () => {
        held = Promise.resolve()
        resolve()
      }
    },
    close: () => new Promise<void>((resolve) => server.close(resolve)),
  }
}

/** A header of a mail as it was sent. */
export function headerOf({ source }: Mail, name: string): string {
  const [head = ''] = source.split('\r\n\r\n')
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')
  const found = lines.find((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
  return found?.slice(name.length + 1).trim() ?? ''
}
