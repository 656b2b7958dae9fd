import type { Context } from 'hono'
import type { Env } from '#src/http/route.ts'
import { within } from '#src/http/within.ts'
import { Rejected } from '#src/rejected.ts'

/** A form with a file: the fields that stand before it, and its bytes, which are still on their way. */
export type Upload = {
  fields: Record<string, string>
  /** A field without a file is sent as a file without a name. */
  file: { name: string; bytes: AsyncIterable<Uint8Array> } | null
}

const HEADER_BYTES = 8 * 1024
const FIELD_BYTES = 10 * 1024
const MAX_FIELDS = 100
/** The largest file at 0.6 Mbit/s. */
const MAX_UPLOAD_MS = 15 * 60_000
const LINE_END = '\r\n'

export const isMultipart = (c: Context<Env>): boolean =>
  /^multipart\/form-data\b/i.test(c.req.header('Content-Type') ?? '')

/**
 * Reads a multipart form up to its file, which the caller takes piece by piece: it is never whole in memory. Fields
 * after the file are not read, and so a form puts its file last. Throws Rejected 400 where the form breaks off or is
 * none; taking the file throws it as well, 413 where more than `maxBytes` come or are announced, and 408 where that
 * takes longer than `maxMs`.
 */
export async function openUpload(
  c: Context<Env>,
  maxBytes: number,
  maxMs = MAX_UPLOAD_MS,
): Promise<Upload> {
  const boundary = boundaryOf(c.req.header('Content-Type') ?? '')
  if (!c.req.raw.body || boundary === null) throw unreadable()
  const reader = readBytes(c.req.raw.body, { maxBytes, giveUpAt: performance.now() + maxMs })
  // What stands before the first boundary is nothing; the first may stand at the very beginning.
  reader.unread(LINE_END)
  const mark = Buffer.from(`${LINE_END}--${boundary}`)
  await collect(reader.upTo(mark), HEADER_BYTES)
  const fields: Record<string, string> = {}
  for (let count = 0; count < MAX_FIELDS; count++) {
    const next = await reader.take(LINE_END.length)
    if (next === '--') return { fields, file: null }
    if (next !== LINE_END) throw unreadable()
    const header = await collect(reader.upTo(Buffer.from(LINE_END + LINE_END)), HEADER_BYTES)
    const { name, fileName } = readDisposition(header)
    if (fileName === '') return { fields, file: null }
    if (fileName !== null) {
      const announced = Number(c.req.header('Content-Length') ?? 0)
      const refusal = announced > maxBytes ? tooLarge(maxBytes) : null
      return { fields, file: { name: fileName, bytes: orRefuse(refusal, reader.upTo(mark)) } }
    }
    fields[name] = await collect(reader.upTo(mark), FIELD_BYTES)
  }
  throw unreadable()
}

function boundaryOf(type: string): string | null {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"\r\n]{1,70})"|([^\s;"]{1,70}))/i.exec(type) ?? []
  return quoted ?? plain ?? null
}

/** Browsers write quotes and line breaks of a name as %22, %0D and %0A; old ones send the whole path. */
function readDisposition(header: string): { name: string; fileName: string | null } {
  const line = header.split(LINE_END).find((one) => /^content-disposition:/i.test(one)) ?? ''
  const name = /;\s*name="([^"]*)"/i.exec(line)?.[1]
  if (name === undefined) throw unreadable()
  const path = /;\s*filename="([^"]*)"/i.exec(line)?.[1]
  if (path === undefined) return { name, fileName: null }
  const [plain = ''] = path
    .replaceAll('%22', '"')
    .replace(/%0[AD]/gi, ' ')
    .split(/[\\/]/)
    .slice(-1)
  return { name, fileName: plain.replace(/\p{Cc}+/gu, ' ').trim() }
}

type Limits = { maxBytes: number; giveUpAt: number }

function readBytes(body: ReadableStream<Uint8Array>, { maxBytes, giveUpAt }: Limits) {
  const stream = body.getReader()
  let held = Buffer.alloc(0)
  let total = 0

  const pull = async () => {
    const reading = stream.read().catch(() => {
      throw unreadable()
    })
    const { done, value } = await within(giveUpAt - performance.now(), reading, tooSlow)
    if (done) throw unreadable()
    total += value.length
    if (total > maxBytes) {
      await stream.cancel().catch(() => undefined)
      throw tooLarge(maxBytes)
    }
    held = held.length === 0 ? Buffer.from(value) : Buffer.concat([held, value])
  }

  /** The bytes before the mark, which is passed over. The mark may come in two pieces. */
  async function* upTo(mark: Buffer): AsyncGenerator<Uint8Array> {
    for (;;) {
      const at = held.indexOf(mark)
      const end = at === -1 ? held.length - mark.length + 1 : at
      if (end > 0) yield held.subarray(0, end)
      if (at !== -1) {
        held = held.subarray(at + mark.length)
        return
      }
      held = held.subarray(Math.max(0, end))
      await pull()
    }
  }

  return {
    upTo,
    async take(length: number): Promise<string> {
      while (held.length < length) await pull()
      const taken = held.subarray(0, length).toString('latin1')
      held = held.subarray(length)
      return taken
    },
    unread: (text: string) => {
      held = Buffer.concat([Buffer.from(text), held])
    },
  }
}

/** What was announced is refused before any of it is taken. */
async function* orRefuse(
  refusal: Rejected | null,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  if (refusal) throw refusal
  yield* bytes
}

async function collect(bytes: AsyncIterable<Uint8Array>, limit: number): Promise<string> {
  let all = Buffer.alloc(0)
  for await (const piece of bytes) {
    all = Buffer.concat([all, piece])
    if (all.length > limit) throw unreadable()
  }
  return all.toString('utf8')
}

const unreadable = () =>
  new Rejected(400, 'Kiriman terputus atau tidak terbaca. Unggah berkasnya sekali lagi.')

const tooSlow = () =>
  new Rejected(408, 'Berkas terlalu lama di jalan. Periksa sambungan, lalu unggah sekali lagi.')

const tooLarge = (maxBytes: number) =>
  new Rejected(
    413,
    `Berkas terlalu besar: paling banyak ${Math.floor(maxBytes / 1024 ** 2)} MB. Bukukan berkas besar di komputer server dengan bin/import.`,
  )
