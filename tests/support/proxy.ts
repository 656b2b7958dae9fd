import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createConnection, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectionOptions } from '#src/database/client.ts'
import { openGate, packetReader } from '#tests/support/packets.ts'

/**
 * `drop-before`: the connection breaks as COMMIT arrives, and the server never hears of it.
 * `drop-after`: the server has committed and answered, and the answer never arrives.
 * `freeze`: everything stands still from this COMMIT on, which reaches the server when all is mended.
 */
export type CommitFault = 'drop-before' | 'drop-after' | 'freeze'

export type DatabaseProxy = Awaited<ReturnType<typeof openProxy>>

/**
 * Stands between the app and the real server of the tests, as a network that can fail. `url` leads through it to the
 * same database; what goes past it, by the first address, never fails.
 *
 *     const proxy = await openProxy(testDatabaseUrl())
 *     const database = openDatabase(proxy.url)
 *     proxy.onCommit('drop-after')   // the next COMMIT only; onCommit('drop-after', 3): the next three
 *     await proxy.cut()              // open connections break, new ones are refused
 *     proxy.freeze()                 // everything is accepted and nothing is passed on, as by a stopped server
 *     await proxy.mend()             // ends either; what a freeze held back goes on, a held COMMIT as well
 *     await proxy.close()
 *
 * Each COMMIT that goes by counts, also that of a sign-in: arm the fault right before the request that it is meant for.
 */
export async function openProxy(url: string) {
  const links = new Set<Link>()
  const faults: CommitFault[] = []
  let isFrozen = false
  let dropped = 0
  const nextFault = () => {
    const fault = faults.shift() ?? null
    if (fault) dropped += 1
    return fault
  }
  const accept = (client: Socket) => {
    const link = connect(client, { url, isFrozen, nextFault, freeze })
    links.add(link)
    // Not with the client's end: what a freeze holds back must still reach the server.
    link.whenOver(() => links.delete(link))
  }
  const folder = mkdtempSync(join(tmpdir(), 'bbm-proxy-'))
  const open = await listen(accept, addressBeside(url, folder))
  const { address } = open
  let { listener } = open
  const freeze = () => {
    isFrozen = true
    for (const link of links) link.freeze()
  }
  const cut = async () => {
    const closed = listener.listening ? once(listener, 'close') : null
    listener.close()
    for (const link of links) link.destroy()
    await closed
  }
  return {
    url: withAddress(url, address),
    /** How many COMMITs have met their fault. */
    dropped: () => dropped,
    onCommit(fault: CommitFault | null, times = 1): void {
      faults.splice(0, faults.length, ...(fault ? Array(times).fill(fault) : []))
    },
    cut,
    freeze,
    async mend(): Promise<void> {
      isFrozen = false
      for (const link of links) link.mend()
      if (!listener.listening) listener = (await listen(accept, address)).listener
    },
    async close(): Promise<void> {
      await cut()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

type Link = {
  freeze(): void
  mend(): void
  destroy(): void
  whenOver(done: () => void): void
}
type LinkOptions = {
  url: string
  isFrozen: boolean
  nextFault: () => CommitFault | null
  /** Lets all links stand still. */
  freeze: () => void
}

/** One connection of the app and the one to the server that belongs to it. */
function connect(client: Socket, options: LinkOptions): Link {
  const server = connectTo(options.url)
  const toServer = openGate(server)
  const toClient = openGate(client)
  let isDropping = false
  const destroy = () => {
    client.destroy()
    server.destroy()
  }
  const read = packetReader((packet, isCommit) => {
    const fault = isCommit ? options.nextFault() : null
    if (fault === 'drop-before') return destroy()
    if (fault === 'drop-after') isDropping = true
    if (fault === 'freeze') options.freeze()
    toServer.write(packet)
  })
  client.on('data', read)
  server.on('data', (bytes) => (isDropping ? destroy() : toClient.write(bytes)))
  client.on('close', toServer.end)
  server.on('close', toClient.end)
  // A broken connection is what this is for; "close" follows.
  for (const socket of [client, server]) socket.on('error', () => undefined)
  const gates = [toServer, toClient]
  const freeze = () => {
    for (const gate of gates) gate.shut()
  }
  const mend = () => {
    for (const gate of gates) gate.open()
  }
  if (options.isFrozen) freeze()
  return { freeze, mend, destroy, whenOver: (done) => void server.once('close', done) }
}

function connectTo(url: string): Socket {
  const { socketPath, host, port } = connectionOptions(url)
  return socketPath ? createConnection(socketPath) : createConnection(port ?? 3306, host)
}

type Address = { path: string } | { host: string; port: number }

/** Of the same kind as the server's own: over a socket a MySQL is told passwords in another way. */
function addressBeside(url: string, folder: string): Address {
  const { socketPath } = connectionOptions(url)
  return socketPath ? { path: join(folder, 'proxy.sock') } : { host: '127.0.0.1', port: 0 }
}

/** Answers where it listens, which is to be asked for again after a cut. */
async function listen(accept: (client: Socket) => void, wanted: Address) {
  if ('path' in wanted) rmSync(wanted.path, { force: true })
  const listener = createServer(accept)
  listener.listen(wanted)
  await once(listener, 'listening')
  const given = listener.address()
  const address: Address =
    given === null || typeof given === 'string' ? wanted : { host: given.address, port: given.port }
  return { listener, address }
}

function withAddress(url: string, address: Address): string {
  const ours = new URL(url)
  if ('path' in address) ours.searchParams.set('socket', address.path)
  else ours.host = `${address.host}:${address.port}`
  return ours.href
}
