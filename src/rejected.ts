export type RefusalStatus = 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429

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
  ) {
    super(message)
  }
}

/** A record that does not exist, or that this person may not know of. */
export const notFound = (): Rejected =>
  new Rejected(404, 'Halaman atau data ini tidak ada. Periksa alamatnya.')

export const forbidden = (sentence = 'Peran Anda tidak boleh melakukan ini.'): Rejected =>
  new Rejected(403, sentence)
