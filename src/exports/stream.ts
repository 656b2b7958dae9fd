import type { Db } from '#src/database/client.ts'
import { inSnapshot } from '#src/database/transaction.ts'
import { Rejected } from '#src/rejected.ts'

/** Each holds a connection and a snapshot of the database for as long as somebody downloads. */
const MAX_AT_ONCE = 2
const STALL_MS = 60_000
/** Small files are made to their end even where nobody reads them. */
const CHUNKS_AHEAD = 4

let underWay = 0

/**
 * Streams what is read in one snapshot of the database. What goes wrong before the first byte is thrown; later it
 * breaks the stream. The snapshot ends with the file, when the reader leaves, or when it takes nothing for a minute.
 * Throws Rejected 429 where too many are under way.
 */
export async function streamFromSnapshot(
  db: Db,
  left: AbortSignal,
  open: (tx: Db, signal: AbortSignal) => Promise<AsyncIterable<Uint8Array>>,
): Promise<ReadableStream<Uint8Array>> {
  if (underWay >= MAX_AT_ONCE)
    throw new Rejected(429, 'Unduhan lain sedang berjalan. Tunggu sampai selesai, lalu coba lagi.')
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
  underWay++
  const work = inSnapshot(db, async (tx) => {
    const bytes = await open(tx, signal)
    opened.resolve()
    for await (const chunk of bytes) await hand(writer, chunk, signal)
  })
  work
    .then(
      () => writer.close(),
      (error: unknown) => {
        opened.reject(error)
        return writer.abort(error)
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
