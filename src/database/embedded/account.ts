import { spawnSync } from 'node:child_process'
import { existsSync, lchownSync, lstatSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The OS account that the server runs as; `isSelf` where that is the account of this process. */
export type Account = { uid: number; gid: number; isSelf: boolean }

type Choice = { home: string; isRunning: boolean; say: (line: string) => void }

/**
 * A normal user's server runs as that user. Root's runs as the owner of the folder where that is someone else
 * (root ran a tool on another account's books), as "mysql" where that account can reach the folder, else as root.
 */
export function chooseAccount({ home, isRunning, say }: Choice): Account {
  const self = { uid: process.geteuid?.() ?? 0, gid: process.getegid?.() ?? 0, isSelf: true }
  if (self.uid !== 0) return self
  const owner = ownerOf(home)
  if (isRunning && owner) return owner
  const candidate = owner && owner.uid !== 0 ? owner : accountNamed('mysql')
  if (candidate && canReach(candidate, dirname(home))) return candidate
  const reason = candidate ? 'cannot reach' : 'is missing, which should own'
  say(`The database server runs as root: the account "mysql" ${reason} ${dirname(home)}`)
  return self
}

/** Makes everything below the folder the account's own. Only root has anything to do here. */
export function giveTo(folder: string, account: Account): void {
  if (process.geteuid?.() !== 0 || lstatSync(folder).uid === account.uid) return
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    lchownSync(join(folder, name), account.uid, account.gid)
  }
  lchownSync(folder, account.uid, account.gid)
}

/** What node's spawn needs to run a program as the account. */
export const identity = (account: Account): { uid?: number; gid?: number } =>
  account.isSelf ? {} : { uid: account.uid, gid: account.gid }

function ownerOf(path: string): Account | undefined {
  if (!existsSync(path)) return undefined
  const { uid, gid } = lstatSync(path)
  return { uid, gid, isSelf: uid === process.geteuid?.() }
}

function accountNamed(name: string): Account | undefined {
  const found = spawnSync('getent', ['passwd', name], { encoding: 'utf8' })
  const [, , uid, gid] = (found.stdout ?? '').split(':')
  if (found.status !== 0 || !uid || !gid) return undefined
  return { uid: Number(uid), gid: Number(gid), isSelf: false }
}

/** Asks by trying, which counts every parent's mode, access list and mount. */
const canReach = (account: Account, folder: string): boolean =>
  spawnSync('/bin/sh', ['-c', 'cd "$0"', folder], {
    ...identity(account),
    cwd: '/',
    stdio: 'ignore',
  }).status === 0
