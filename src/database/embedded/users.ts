import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

let registrations = 0

/** Notes that this process uses the server, and returns what takes the note away again. Call both under the lock. */
export function registerUser(folder: string): () => void {
  mkdirSync(folder, { recursive: true })
  registrations += 1
  const note = join(folder, `${process.pid}.${startOf(process.pid)}.${registrations}`)
  writeFileSync(note, '')
  return () => rmSync(note, { force: true })
}

/** Whether a process that uses the server is alive. Notes of processes that were killed are cleared away. */
export function hasLivingUser(folder: string): boolean {
  const dead = readdirSync(folder).filter((note) => !isAlive(note))
  for (const note of dead) rmSync(join(folder, note), { force: true })
  return readdirSync(folder).length > 0
}

function isAlive(note: string): boolean {
  const [pid, start] = note.split('.')
  return start !== undefined && startOf(Number(pid)) === start
}

/** When a process began: a number that is used again, after a reboot or a wrap, has another beginning. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8)
    // The program's name stands in brackets and may hold spaces, so the fields are counted from behind it.
    return `${boot}-${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`
  } catch {
    return undefined
  }
}
