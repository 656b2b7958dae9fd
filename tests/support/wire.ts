import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** What came over a connection: the text, and whether the server ended it by itself. */
export type Heard = { text: string; isClosed: boolean }

const GIVEN_UP_MS = 5_000

/** A connection on which every byte is one's own, for what no well-behaved client sends. */
export async function openWire(origin: string) {
  const { hostname, port } = new URL(origin)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  return wireOf(socket)
}

function wireOf(socket: Socket) {
  let text = ''
  let isClosed = false
  socket.on('data', (bytes) => {
    text += bytes.toString('latin1')
  })
  socket.on('close', () => {
    isClosed = true
  })
  // Whoever is cut off while still sending is told so by an error as well.
  socket.on('error', () => undefined)
  const until = async (isEnough: () => boolean): Promise<Heard> => {
    const giveUpAt = performance.now() + GIVEN_UP_MS
    while (!isEnough() && performance.now() < giveUpAt) await Bun.sleep(2)
    return { text, isClosed }
  }
  return {
    send: (bytes: string) => void (isClosed || socket.write(bytes)),
    /** Sends a little again and again, for as long as the server takes it. */
    async trickle(bytes: string, everyMs = 20): Promise<Heard> {
      const drops = setInterval(() => isClosed || socket.write(bytes), everyMs)
      try {
        return await until(() => isClosed)
      } finally {
        clearInterval(drops)
      }
    },
    answered: () => until(() => text.includes('\r\n\r\n')),
    closed: () => until(() => isClosed),
    end: () => socket.destroy(),
  }
}

/** Sends lines as they are, as one request without a body, and hears the answer. */
export async function ask(origin: string, ...lines: string[]): Promise<Heard> {
  const wire = await openWire(origin)
  wire.send(`${lines.join('\r\n')}\r\n\r\n`)
  const heard = await wire.answered()
  wire.end()
  return heard
}

export const statusOf = ({ text }: Heard): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1])
