/** Texts as bytes, one chunk each: whoever makes a text decides how much of it is worth sending. */
export async function* encoded(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const text of texts) yield Buffer.from(text)
}
