import { type ChildProcess, spawn } from 'node:child_process'
import {
  closeSync,
  existsSync,
  fchownSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createConnection } from 'mysql2/promise'
import { type Account, identity } from '#src/database/embedded/account.ts'
import { locate, type ServerProgram } from '#src/database/embedded/program.ts'
import { initialiseArguments, serverArguments } from '#src/database/embedded/settings.ts'

export type ServerFolder = {
  data: string
  log: string
  socket: string
  /**
   * For large sorts. A server that starts deletes what it takes for its own leftovers, in a shared folder
   * those of its neighbour too.
   */
  temporary: string
}

type Start = {
  program: ServerProgram
  server: ServerFolder
  account: Account
  durability: 'full' | 'relaxed'
  bufferMegabytes?: number | undefined
}

/** After a power cut the server first repairs its files, which on a small machine takes a while. */
const START_LIMIT_MS = 120_000
const INITIALISE_LIMIT_MS = 300_000
const STOP_LIMIT_MS = 5_000
const POLL_MS = 20
const LOG_LIMIT_BYTES = 1_000_000
const LOG_TAIL_LINES = 15

/**
 * Makes the system tables of a new folder. They are made aside and moved in place when whole, so that an
 * attempt that died halfway is simply begun again.
 */
export async function initialise(
  program: ServerProgram,
  server: ServerFolder,
  account: Account,
): Promise<void> {
  const draft = `${server.data}.new`
  await killProcessesOf(draft)
  rmSync(draft, { recursive: true, force: true })
  const command =
    program.flavour === 'mysql'
      ? [...program.command, ...initialiseArguments(program, draft, account)]
      : [installerOf(program), ...initialiseArguments(program, draft, account)]
  const child = launch({ command, server, account, detached: false })
  const deadline = setTimeout(() => child.process.kill('SIGKILL'), INITIALISE_LIMIT_MS)
  const code = await child.exited
  clearTimeout(deadline)
  if (code !== 0) throw new Error(`the database could not be initialised\n${tailOf(server.log)}`)
  renameSync(draft, server.data)
}

/** Those of an attempt whose starter was killed may still be writing. */
async function killProcessesOf(data: string): Promise<void> {
  for (let pid = findServerProcess(data); pid !== undefined; pid = findServerProcess(data)) {
    signal(pid, 'SIGKILL')
    await sleep(POLL_MS)
  }
}

/** Waits for the server of the folder to answer, starting one where none runs. Creates the database in it. */
export async function ensureRunning(start: Start): Promise<void> {
  const { server } = start
  let exitCode: number | undefined
  if (findServerProcess(server.data) === undefined) {
    rmSync(server.socket, { force: true })
    const command = [...start.program.command, ...serverArguments(start)]
    const child = launch({ command, server, account: start.account, detached: true })
    child.exited.then((code) => {
      exitCode = code
    })
  }
  const deadline = Date.now() + START_LIMIT_MS
  while (!(await answers(server.socket))) {
    if (exitCode !== undefined) throw new Error(`the database server ended\n${tailOf(server.log)}`)
    if (Date.now() > deadline)
      throw new Error(`the database server is silent\n${tailOf(server.log)}`)
    await sleep(POLL_MS)
  }
}

/** Whether the server takes connections; the database "bbm" is there afterwards. */
export async function answers(socket: string): Promise<boolean> {
  if (!existsSync(socket)) return false
  try {
    const connection = await createConnection({
      user: 'root',
      socketPath: socket,
      connectTimeout: 2_000,
    })
    // A socket may accept and then be closed by a server that is on its way down.
    connection.on('error', () => undefined)
    await connection.query(
      'create database if not exists bbm character set utf8mb4 collate utf8mb4_unicode_ci',
    )
    connection.destroy()
    return true
  } catch {
    return false
  }
}

/** Asks the server to end and waits. One that does not is killed, which loses nothing: its log is on the disk. */
export async function stopServer(server: ServerFolder): Promise<void> {
  const pid = findServerProcess(server.data)
  if (pid !== undefined) await end(pid)
  rmSync(server.socket, { force: true })
  const folder = dirname(server.socket)
  if (folder !== dirname(server.data)) rmSync(folder, { recursive: true, force: true })
}

async function end(pid: number): Promise<void> {
  signal(pid, 'SIGTERM')
  const deadline = Date.now() + STOP_LIMIT_MS
  let isKilled = false
  while (isThere(pid)) {
    if (!isKilled && Date.now() > deadline) {
      signal(pid, 'SIGKILL')
      isKilled = true
    }
    await sleep(POLL_MS)
  }
}

/** The process that serves a folder, found by its command line: unlike a file with a number, that is never stale. */
export function findServerProcess(data: string): number | undefined {
  const names = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return names.map(Number).find((pid) => serves(pid, data))
}

/** Whether a process is the server of a folder. One that was killed has no command line any more. */
export function serves(pid: number, data: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(`--datadir=${data}`)
  } catch {
    return false
  }
}

/** A process that was killed keeps its files locked until its last thread is gone, which takes a moment. */
export async function waitForEnd(pid: number): Promise<void> {
  const deadline = Date.now() + STOP_LIMIT_MS
  while (isThere(pid) && Date.now() < deadline) await sleep(POLL_MS)
}

/** One whose last thread is gone may still wait to be reaped. */
function isThere(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const isZombie = stat.slice(stat.lastIndexOf(')')).startsWith(') Z')
    return !isZombie || readdirSync(`/proc/${pid}/task`).length > 1
  } catch {
    return false
  }
}

type Launch = {
  command: readonly string[]
  server: ServerFolder
  account: Account
  detached: boolean
}

/** Detached means a session of its own: Ctrl-C in the terminal must reach the application only. */
function launch({ command, server, account, detached }: Launch): {
  process: ChildProcess
  exited: Promise<number>
} {
  const [program = '', ...rest] = command
  const grown = existsSync(server.log) && statSync(server.log).size > LOG_LIMIT_BYTES
  const log = openSync(server.log, grown ? 'w' : 'a', 0o600)
  if (!account.isSelf) fchownSync(log, account.uid, account.gid)
  const child = spawn(program, rest, {
    ...identity(account),
    detached,
    cwd: '/',
    // Not as an argument: mariadb-install-db breaks one at a space.
    env: { ...process.env, TMPDIR: server.temporary },
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const exited = new Promise<number>((done) => {
    child.once('error', () => done(-1))
    child.once('exit', (code) => done(code ?? -1))
  })
  if (detached) child.unref()
  return { process: child, exited }
}

function installerOf(program: ServerProgram): string {
  const beside = join(dirname(program.command[0]), 'mariadb-install-db')
  const found = existsSync(beside)
    ? beside
    : (locate('mariadb-install-db') ?? locate('mysql_install_db'))
  if (!found) throw new Error('mariadb-install-db is missing: install the package mariadb-server')
  return found
}

function tailOf(log: string): string {
  if (!existsSync(log)) return '(it wrote no log)'
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-LOG_TAIL_LINES)
  return [...lines, `(the whole log: ${log})`].join('\n')
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It has ended already.
  }
}
