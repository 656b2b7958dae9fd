import { Database, SQLiteError } from 'bun:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'

const WAIT_LIMIT_MS = 180_000
const POLL_MS = 25

/**
 * Runs the work while no other program holds the same lock.
 * The lock is the operating system's (through SQLite, which nothing is ever written to): it goes with its holder,
 * even on kill -9, so that no lock is left behind.
 */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const lock = new Database(file, { create: true })
  try {
    await take(lock, file)
    return await work()
  } finally {
    lock.close()
  }
}

async function take(lock: Database, file: string): Promise<void> {
  const deadline = Date.now() + WAIT_LIMIT_MS
  while (!tryTake(lock)) {
    if (Date.now() > deadline)
      throw new Error(`another program has been holding ${file} for too long`)
    await sleep(POLL_MS)
  }
}

function tryTake(lock: Database): boolean {
  try {
    lock.run('begin exclusive')
    return true
  } catch (error) {
    if (error instanceof SQLiteError && error.code === 'SQLITE_BUSY') return false
    throw error
  }
}
