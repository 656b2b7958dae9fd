import { connect, type Socket } from 'node:net'
import type { PoolOptions } from 'mysql2'

const CHECK_EVERY = 1_000

/**
 * A connection to the database that breaks when what was sent stays without any answer for `limit` milliseconds:
 * mysql2 waits for ever for a server that accepts and never answers. A long result that keeps coming is never cut, and
 * an idle connection is left alone.
 */
export function openWatchedSocket({ socketPath, host, port }: PoolOptions, limit: number): Socket {
  const socket = socketPath ? connect(socketPath) : connect(port ?? 3306, host)
  socket.setNoDelay(true)
  socket.setKeepAlive(true)
  let answered = 0
  let silent = 0
  socket.on('data', () => {
    answered = socket.bytesWritten
    silent = 0
  })
  const watch = setInterval(() => {
    silent = socket.bytesWritten === answered ? 0 : silent + CHECK_EVERY
    if (silent < limit) return
    socket.destroy(Object.assign(new Error('no answer from the database'), { code: 'ETIMEDOUT' }))
  }, CHECK_EVERY)
  watch.unref()
  socket.once('close', () => clearInterval(watch))
  return socket
}
