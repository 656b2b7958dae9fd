import { totalmem } from 'node:os'
import type { Account } from '#src/database/embedded/account.ts'
import type { ServerProgram } from '#src/database/embedded/program.ts'

type Settings = {
  program: ServerProgram
  server: { data: string; socket: string }
  account: Account
  durability: 'full' | 'relaxed'
  bufferMegabytes?: number | undefined
}

const MEGABYTE = 1024 * 1024
/** What books of a million entries need to be read from memory, and a machine of 2 GB has to spare. */
const MOST_BUFFERED = 512
const LEAST = 128

/** How the server runs: on a socket only, and small enough to share a machine of 2 GB with the application. */
export function serverArguments(settings: Settings): string[] {
  const { program, server, account, durability } = settings
  const isMySql = program.flavour === 'mysql'
  const always = durability === 'full'
  // Tests run several servers side by side, for books of a few entries.
  const usual = always ? bufferMegabytes(totalmem()) : LEAST
  const buffered = settings.bufferMegabytes ?? usual
  // Large files come in at the speed of the disk where the server must empty its log all the time.
  const logged = always ? 2 * LEAST : LEAST / 2
  return [
    '--no-defaults',
    ...asRoot(account),
    `--datadir=${server.data}`,
    `--socket=${server.socket}`,
    `--pid-file=${server.data}.pid`,
    '--skip-networking',
    '--skip-name-resolve',
    '--local-infile=0',
    '--character-set-server=utf8mb4',
    '--collation-server=utf8mb4_unicode_ci',
    '--default-time-zone=+00:00',
    '--transaction-isolation=READ-COMMITTED',
    // 1 writes every commit to the disk before it is answered: a power cut loses no booking.
    `--innodb-flush-log-at-trx-commit=${always ? 1 : 0}`,
    `--innodb-doublewrite=${always ? 'ON' : 'OFF'}`,
    `--innodb-buffer-pool-size=${buffered}M`,
    '--key-buffer-size=1M',
    '--max-allowed-packet=64M',
    '--max-connections=80',
    '--table-open-cache=400',
    '--performance-schema=OFF',
    `--innodb-${isMySql ? 'redo-log-capacity' : 'log-file-size'}=${logged}M`,
    ...(isMySql ? MYSQL_ARGUMENTS : MARIADB_ARGUMENTS),
  ]
}

/** How a new folder is made, for mariadb-install-db and for mysqld itself. */
export function initialiseArguments(
  program: ServerProgram,
  data: string,
  account: Account,
): string[] {
  const common = ['--no-defaults', ...asRoot(account), `--datadir=${data}`]
  if (program.flavour === 'mysql') return [...common, '--initialize-insecure']
  // Without a password for root: the socket stands in a folder that only the account can enter.
  return [...common, '--auth-root-authentication-method=normal', '--skip-test-db']
}

/** A quarter of the machine, within reason: the database's own memory of what it has read. */
const bufferMegabytes = (memory: number): number =>
  Math.min(MOST_BUFFERED, Math.max(LEAST, Math.floor(memory / MEGABYTE / 4)))

const MARIADB_ARGUMENTS = ['--aria-pagecache-buffer-size=8M'] as const
const MYSQL_ARGUMENTS = ['--mysqlx=OFF', '--skip-log-bin', '--secure-file-priv=NULL'] as const

/** Both servers refuse to run as root unless told. */
const asRoot = (account: Account): string[] => (account.uid === 0 ? ['--user=root'] : [])
