export type RefusalStatus = 400 | 401 | 403 | 404 | 408 | 409 | 413 | 415 | 422 | 429

/**
 * A refusal that a person or program is told about, in Indonesian, and that rolls its transaction back.
 * `details` holds a sentence for each field at fault; everything else that is thrown is a fault of ours.
 */
export class Rejected extends Error {
  override name = 'Rejected'
  constructor(
    readonly status: RefusalStatus,
    message: string,
    readonly details: Record<string, string> = {},
    /** After so many seconds the same may be let through. */
    readonly retryAfterSeconds?: number,
  ) {
    super(message)
  }
}

/** A record that does not exist, or that this person may not know of. */
export const notFound = (): Rejected =>
  new Rejected(404, 'Halaman atau data ini tidak ada. Periksa alamatnya.')

export const forbidden = (sentence = 'Peran Anda tidak boleh melakukan ini.'): Rejected =>
  new Rejected(403, sentence)

/** Too much at once; the sentence says of what. */
export const tooSoon = (sentence: string, waitMs: number): Rejected =>
  new Rejected(429, sentence, {}, Math.max(1, Math.ceil(waitMs / 1000)))

/** The whole of a refusal where nothing else beside it says when to try again. */
export const sentenceOf = ({ message, retryAfterSeconds }: Rejected): string =>
  retryAfterSeconds === undefined ? message : `${message} ${sayWhen(retryAfterSeconds)}`

export const sayWhen = (seconds: number): string => `Coba lagi dalam ${seconds} detik.`
