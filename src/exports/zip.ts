import { PassThrough, Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { ZipFile } from 'yazl'

/** A file of the archive, or what it will hold once those before it are written. */
export type ZipEntry = { path: string; data: AsyncIterable<Uint8Array> }

/** 1 January 1980: the archive says nothing of when it was made. */
const DATE = new Date(1980, 0, 1)
const OPTIONS = { mtime: DATE, forceDosTimestamp: true, compressionLevel: 4 }

/** A ZIP archive, written as its entries come, with none of it kept. Other threads compress it. */
export async function* zip(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Uint8Array> {
  const archive = new ZipFile()
  const output = archive.outputStream.pipe(new PassThrough())
  const leaving = new AbortController()
  const filling = fill(archive, entries, leaving.signal).catch((error: Error) => {
    output.destroy(error)
  })
  try {
    for await (const chunk of output) yield chunk
  } finally {
    leaving.abort()
    await filling
  }
}

/** One entry at a time and little ahead: whoever stops reading stops the source. */
async function fill(
  archive: ZipFile,
  entries: AsyncIterable<ZipEntry>,
  signal: AbortSignal,
): Promise<void> {
  for await (const { path, data } of entries) {
    const source = Readable.from(data, { objectMode: false, highWaterMark: 1, signal })
    archive.addReadStream(source, path, OPTIONS)
    await finished(source)
  }
  archive.end()
}
