const CHUNK_LENGTH = 64 * 1024
const encoder = new TextEncoder()

/** Texts as bytes, gathered until a chunk is worth sending. The first goes at once, so that a download begins. */
export async function* gather(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  let parts: string[] = []
  let length = CHUNK_LENGTH
  for await (const text of texts) {
    parts.push(text)
    length += text.length
    if (length < CHUNK_LENGTH) continue
    yield encoder.encode(parts.join(''))
    parts = []
    length = 0
  }
  if (parts.length > 0) yield encoder.encode(parts.join(''))
}
