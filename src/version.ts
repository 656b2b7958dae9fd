import { createHash } from 'node:crypto'
import { Rejected } from '#src/rejected.ts'

export const DATA_CHANGED =
  'Data sudah berubah sejak Anda membukanya. Periksa isinya yang terbaru, lalu simpan lagi.'

/** Tells whether a record is still what a form showed: another content, another version. */
export const versionOf = (record: object): string =>
  createHash('sha256').update(JSON.stringify(record)).digest('base64url').slice(0, 16)

/**
 * Under the lock of a change: refuses one that was made upon other content than there is now. `seen` is left out by
 * programs, which name what they change. Throws Rejected 409, by its detail `version` known from others.
 */
export function checkVersion(record: object, seen: string | undefined): void {
  if (seen === undefined || seen === versionOf(record)) return
  throw new Rejected(409, DATA_CHANGED, { version: DATA_CHANGED })
}
