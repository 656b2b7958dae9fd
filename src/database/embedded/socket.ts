import { createHash } from 'node:crypto'
import { chownSync, lstatSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Account } from '#src/database/embedded/account.ts'

/** The kernel takes 107 bytes, and the server adds a few to the name of its lock file beside the socket. */
const LONGEST_PATH = 100

/** Where the server of a folder listens: inside it, or in a short private folder where that path would be too long. */
export function socketPath(home: string, account: Account): string {
  const inside = join(home, 'server.sock')
  if (Buffer.byteLength(inside) <= LONGEST_PATH) return inside
  // Not os.tmpdir(): two programs of one person may differ in TMPDIR and must still meet.
  const name = createHash('sha256').update(`${account.uid}:${home}`).digest('hex').slice(0, 16)
  const short = `/tmp/bbm-${name}`
  makePrivate(short, account)
  return join(short, 'server.sock')
}

/** Anyone may write in /tmp, so a folder that another one put there first is refused. */
function makePrivate(folder: string, account: Account): void {
  try {
    mkdirSync(folder, { mode: 0o700 })
    chownSync(folder, account.uid, account.gid)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  const found = lstatSync(folder)
  if (!found.isDirectory() || found.uid !== account.uid || (found.mode & 0o077) !== 0) {
    throw new Error(
      `${folder} is not a private folder of the database's account; remove it and start again`,
    )
  }
}
