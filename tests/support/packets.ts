import type { Socket } from 'node:net'

const HEADER_BYTES = 4
/** The command byte of a statement in plain text. */
const COM_QUERY = 0x03

/** Cuts what a MySQL client sends into its packets, each with its header, and knows COMMIT among them. */
export function packetReader(handle: (packet: Buffer, isCommit: boolean) => void) {
  let waiting = Buffer.alloc(0)
  return (bytes: Buffer): void => {
    waiting = Buffer.concat([waiting, bytes])
    while (waiting.length >= HEADER_BYTES) {
      const length = HEADER_BYTES + waiting.readUIntLE(0, 3)
      if (waiting.length < length) return
      const packet = waiting.subarray(0, length)
      waiting = waiting.subarray(length)
      handle(packet, isCommit(packet))
    }
  }
}

/** Numbered 0, a packet begins a command; others answer the server while somebody signs in. */
function isCommit(packet: Buffer): boolean {
  if (packet[3] !== 0 || packet[HEADER_BYTES] !== COM_QUERY) return false
  const text = packet.toString('latin1', HEADER_BYTES + 1)
  // To a MySQL, mysql2 sends the number of attributes (none) and of their sets (one) before the text.
  return /(^|;\s*)commit\s*;?$/i.test(text.startsWith('\x00\x01') ? text.slice(2) : text)
}

/** The way into a socket. While it is shut everything waits before it, the end as well. */
export function openGate(socket: Socket) {
  const waiting: (Buffer | string)[] = []
  let isShut = false
  let isEnding = false
  return {
    write(bytes: Buffer | string): void {
      if (isShut) waiting.push(bytes)
      else socket.write(bytes)
    },
    end(): void {
      isEnding = true
      if (!isShut) socket.end()
    },
    shut(): void {
      isShut = true
    },
    open(): void {
      isShut = false
      for (const bytes of waiting.splice(0)) socket.write(bytes)
      if (isEnding) socket.end()
    },
  }
}
