import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

export type ServerProgram = {
  flavour: 'mariadb' | 'mysql'
  /** The program and the arguments it always needs, in order. */
  command: readonly [string, ...string[]]
}

const FOLDERS = [
  '/usr/sbin',
  '/usr/bin',
  '/usr/libexec',
  '/usr/local/sbin',
  '/usr/local/bin',
] as const
const LOCAL_FOLDERS = ['/usr/local/mariadb/bin', '/usr/local/mysql/bin', '/opt/mysql/bin'] as const

/** Finds the server for a folder of data: the kind that made it, and for a new folder MariaDB before MySQL. */
export function findProgram(data: string): ServerProgram {
  const madeBy = flavourOf(data)
  const found = [locate('mariadbd'), locate('mysqld')]
    .filter((path) => path !== undefined)
    .map((path): ServerProgram => ({ flavour: flavourAt(path), command: [path] }))
  const fitting = found.find((program) => madeBy === undefined || program.flavour === madeBy)
  if (fitting) return fitting
  if (found.length > 0) {
    throw new Error(
      `${data} was made by ${madeBy}, and this machine has only the other kind of server`,
    )
  }
  throw new Error(
    'no database server found: install one (apt-get install mariadb-server) or set DATABASE_URL',
  )
}

/** The path of a program, looked for in PATH and where servers are usually put. */
export function locate(name: string): string | undefined {
  const folders = [
    ...(process.env.PATH ?? '').split(':').filter(Boolean),
    ...FOLDERS,
    ...LOCAL_FOLDERS,
  ]
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
}

/** MySQL keeps its own tables in a file that MariaDB does not have. */
function flavourOf(data: string): ServerProgram['flavour'] | undefined {
  if (!existsSync(data)) return undefined
  return existsSync(join(data, 'mysql.ibd')) ? 'mysql' : 'mariadb'
}

/** Where MariaDB is installed, "mysqld" is often another name for it. */
function flavourAt(path: string): ServerProgram['flavour'] {
  if (path.endsWith('mariadbd')) return 'mariadb'
  const version = spawnSync(path, ['--no-defaults', '--version'], { encoding: 'utf8' }).stdout ?? ''
  return version.includes('MariaDB') ? 'mariadb' : 'mysql'
}
