import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { chooseAccount, giveTo } from '#src/database/embedded/account.ts'
import { openAccounts } from '#src/database/embedded/accounts.ts'
import { withLock } from '#src/database/embedded/lock.ts'
import { findProgram, type ServerProgram } from '#src/database/embedded/program.ts'
import {
  answers,
  ensureRunning,
  findServerProcess,
  initialise,
  type ServerFolder,
  stopServer,
  waitForEnd,
} from '#src/database/embedded/server.ts'
import { socketPath } from '#src/database/embedded/socket.ts'
import { hasLivingUser, registerUser } from '#src/database/embedded/users.ts'
import { watchServer } from '#src/database/embedded/watch.ts'
import { keptSecret } from '#src/kept-secret.ts'

export type { ServerProgram }

export type PrivateServer = {
  /** Of the app's account: `mysql://bbm_app:…@localhost/bbm?socket=/absolute/path`, escaped as in any URL. */
  url: string
  /** Of root, which changes tables and grants rights. */
  migrationUrl: string
  /** Ends this program's use; the last one to leave shuts the server down. Calling it again does nothing. */
  release(): Promise<void>
}

type Options = {
  dataDir: string
  /** Gets the lines a person should see, such as under which account the server runs. */
  say: (line: string) => void
  /** Another server than the one found on this machine. */
  program?: ServerProgram
  /** `relaxed` may lose the last second at a power cut: for tests only. */
  durability?: 'full' | 'relaxed'
  /** Megabytes of tables and indexes kept in memory, where that should be another number than usual. */
  bufferMegabytes?: number
}

/**
 * Gives the use of the database server that lives in `dataDir`: the one that runs there already, or a new one.
 * Several programs share it. It listens on a socket in a folder that only its own account and root can enter.
 * When it dies, the first of them that notices brings it up again.
 * Throws an Error with the end of the server's log when it does not come up.
 */
export async function acquirePrivateServer(options: Options): Promise<PrivateServer> {
  const dataDir = resolve(options.dataDir)
  const folder = join(dataDir, 'database')
  makeFolders(dataDir, folder)
  const lockFile = join(folder, 'lock')
  const usersFolder = join(folder, 'users')
  const password = keptSecret(dataDir, 'database-password')

  const { server, accounts, leave } = await withLock(lockFile, async () => {
    const user = registerUser(usersFolder)
    try {
      const server = await bringUp(folder, options)
      return { server, accounts: await openAccounts(server.socket, password), leave: user }
    } catch (error) {
      user()
      throw error
    }
  })

  let released: Promise<void> | undefined
  const revive = (dead: number | undefined) =>
    withLock(lockFile, async () => {
      if (released || (await isRunning(server))) return
      if (dead !== undefined) await waitForEnd(dead)
      await bringUp(folder, { ...options, say: () => {} })
      options.say('Basis data mati dan sudah dijalankan lagi.')
    })
  const unwatch = watchServer({ data: server.data, revive, say: options.say })
  return {
    ...accounts,
    release: () => {
      unwatch()
      released ??= withLock(lockFile, async () => {
        leave()
        if (!hasLivingUser(usersFolder)) await stopServer(server)
      })
      return released
    },
  }
}

const isRunning = async ({ data, socket }: ServerFolder): Promise<boolean> =>
  findServerProcess(data) !== undefined && (await answers(socket))

/** Others may pass through a folder we make, so that the account "mysql" reaches its own part of it. */
function makeFolders(dataDir: string, folder: string): void {
  for (const path of [dataDir, folder]) {
    if (existsSync(path)) continue
    mkdirSync(path, { recursive: true })
    chmodSync(path, 0o711)
  }
}

async function bringUp(folder: string, options: Options): Promise<ServerFolder> {
  const home = join(folder, 'server')
  const data = join(home, 'data')
  const log = join(folder, 'server.log')
  const isThere = findServerProcess(data) !== undefined
  const account = chooseAccount({ home, isRunning: isThere, say: options.say })
  const temporary = join(home, 'temporary')
  const server = { data, log, socket: socketPath(home, account), temporary }
  if (await isRunning(server)) return server

  mkdirSync(home, { recursive: true })
  chmodSync(home, 0o700)
  giveTo(home, account)
  mkdirSync(server.temporary, { recursive: true })
  giveTo(server.temporary, account)
  const program = options.program ?? findProgram(data)
  if (!existsSync(data)) {
    rmSync(server.socket, { force: true })
    await initialise(program, server, account)
  }
  const { durability = 'full', bufferMegabytes } = options
  await ensureRunning({ program, server, account, durability, bufferMegabytes })
  return server
}
