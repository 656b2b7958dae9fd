import { crc32, createDeflateRaw } from 'node:zlib'

/** A file of the archive, or what it will hold once those before it are written. */
export type ZipEntry = { path: string; data: AsyncIterable<Uint8Array> }

type Packed = { path: Buffer; offset: number; crc: number; size: number; packedSize: number }

/** Sizes stand in 32 bits; a larger archive must fail rather than be broken. */
const LIMIT = 0xffffffff
/** Sizes follow the data; names are UTF-8. */
const FLAGS = 0x0808
const DEFLATED = 8
const VERSION = 20
/** 1 January 1980: the archive says nothing of when it was made. */
const DATE = 0x21
const LEVEL = 4

/** A ZIP archive, written as its entries come, with none of it kept. */
export async function* zip(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Uint8Array> {
  const done: Packed[] = []
  let offset = 0
  for await (const { path, data } of entries) {
    const entry = { path: Buffer.from(path), offset, crc: 0, size: 0, packedSize: 0 }
    const head = localHeader(entry)
    yield head
    for await (const chunk of deflate(data, entry)) yield chunk
    const tail = descriptor(entry)
    yield tail
    offset += head.length + entry.packedSize + tail.length
    if (entry.size > LIMIT || offset > LIMIT) throw new RangeError(`${path} is too large for a ZIP`)
    done.push(entry)
  }
  const directory = Buffer.concat(done.map(directoryRecord))
  yield directory
  yield endRecord({ count: done.length, size: directory.length, offset })
}

/** One chunk at a time and nothing ahead: whoever stops reading stops the source. */
async function* deflate(
  data: AsyncIterable<Uint8Array>,
  entry: Packed,
): AsyncGenerator<Uint8Array> {
  const packer = createDeflateRaw({ level: LEVEL })
  let made: Buffer[] = []
  packer.on('data', (part: Buffer) => {
    made.push(part)
    entry.packedSize += part.length
  })
  const take = () => {
    const parts = made
    made = []
    return parts
  }
  try {
    for await (const chunk of data) {
      entry.crc = crc32(chunk, entry.crc)
      entry.size += chunk.length
      await new Promise<void>((resolve, reject) => {
        packer.write(chunk, (error) => (error ? reject(error) : resolve()))
      })
      yield* take()
    }
    await new Promise<void>((resolve, reject) => {
      packer.once('end', resolve)
      packer.once('error', reject)
      packer.end()
    })
    yield* take()
  } finally {
    packer.destroy()
  }
}

function localHeader({ path }: Packed): Buffer {
  const record = Buffer.alloc(30)
  record.writeUInt32LE(0x04034b50, 0)
  record.writeUInt16LE(VERSION, 4)
  record.writeUInt16LE(FLAGS, 6)
  record.writeUInt16LE(DEFLATED, 8)
  record.writeUInt16LE(DATE, 12)
  record.writeUInt16LE(path.length, 26)
  return Buffer.concat([record, path])
}

function descriptor({ crc, size, packedSize }: Packed): Buffer {
  const record = Buffer.alloc(16)
  record.writeUInt32LE(0x08074b50, 0)
  record.writeUInt32LE(crc, 4)
  record.writeUInt32LE(Math.min(packedSize, LIMIT), 8)
  record.writeUInt32LE(Math.min(size, LIMIT), 12)
  return record
}

function directoryRecord({ path, offset, crc, size, packedSize }: Packed): Buffer {
  const record = Buffer.alloc(46)
  record.writeUInt32LE(0x02014b50, 0)
  record.writeUInt16LE(VERSION, 4)
  record.writeUInt16LE(VERSION, 6)
  record.writeUInt16LE(FLAGS, 8)
  record.writeUInt16LE(DEFLATED, 10)
  record.writeUInt16LE(DATE, 14)
  record.writeUInt32LE(crc, 16)
  record.writeUInt32LE(packedSize, 20)
  record.writeUInt32LE(size, 24)
  record.writeUInt16LE(path.length, 28)
  record.writeUInt32LE(offset, 42)
  return Buffer.concat([record, path])
}

function endRecord({
  count,
  size,
  offset,
}: {
  count: number
  size: number
  offset: number
}): Buffer {
  const record = Buffer.alloc(22)
  record.writeUInt32LE(0x06054b50, 0)
  record.writeUInt16LE(count, 8)
  record.writeUInt16LE(count, 10)
  record.writeUInt32LE(size, 12)
  record.writeUInt32LE(offset, 16)
  return record
}
