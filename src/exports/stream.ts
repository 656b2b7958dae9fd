import type { Db } from '#src/database/client.ts'
import { inSnapshot } from '#src/database/transaction.ts'
import { tooSoon } from '#src/rejected.ts'

/** Each holds a connection and a snapshot of the database for as long as somebody downloads. */
const MAX_AT_ONCE = 2
const STALL_MS = 60_000
/** Small files are made to their end even where nobody reads them. */
const CHUNKS_AHEAD = 4

/** A million rows take about this long. */
const RETRY_AFTER_MS = 30_000

let underWay = 0

export const isFull = (): boolean => underWay >= MAX_AT_ONCE

/**
 * Streams what is read in one snapshot of the database. What goes wrong before the first byte is thrown; later it
 * breaks the stream. The snapshot ends with the file, when the reader leaves, or when it takes nothing for a minute.
 * `onFault` hears what broke a file that had begun; that its reader has left is no fault.
 * Throws Rejected 429 where too many are under way.
 */
export async function streamFromSnapshot(
  db: Db,
  left: AbortSignal,
  open: (tx: Db, signal: AbortSignal) => Promise<AsyncIterable<Uint8Array>>,
  onFault: (error: unknown) => void = () => undefined,
): Promise<ReadableStream<Uint8Array>> {
  if (isFull()) throw tooSoon('Dua unduhan lain sedang berjalan.', RETRY_AFTER_MS)
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>(
    undefined,
    { highWaterMark: 1 },
    { highWaterMark: CHUNKS_AHEAD },
  )
  const writer = writable.getWriter()
  const gone = new AbortController()
  const signal = AbortSignal.any([left, gone.signal])
  // A reader that leaves closes the stream with an error, which is no fault of ours.
  writer.closed.catch(() => gone.abort())
  const opened = Promise.withResolvers<void>()
  let isOpen = false
  underWay++
  const work = inSnapshot(db, async (tx) => {
    const bytes = await open(tx, signal)
    isOpen = true
    opened.resolve()
    for await (const chunk of bytes) await hand(writer, chunk, signal)
  })
  work
    .then(
      () => writer.close(),
      (error: unknown) => {
        if (isOpen && !signal.aborted) onFault(error)
        opened.reject(error)
        return writer.abort(new Error('the file broke off'))
      },
    )
    .catch(() => undefined)
    .finally(() => {
      underWay--
    })
  await opened.promise
  return readable
}

/** Waits until the reader has room. Throws where it has left, or takes nothing any more. */
async function hand(
  writer: WritableStreamDefaultWriter<Uint8Array>,
  chunk: Uint8Array,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted()
  const stopped = Promise.withResolvers<never>()
  const stop = () => stopped.reject(new Error('nobody takes the file'))
  const deadline = setTimeout(stop, STALL_MS)
  signal.addEventListener('abort', stop, { once: true })
  try {
    await Promise.race([writer.write(chunk), stopped.promise])
  } finally {
    clearTimeout(deadline)
    signal.removeEventListener('abort', stop)
  }
}
