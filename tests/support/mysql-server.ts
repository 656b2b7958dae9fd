import { existsSync, globSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { ServerProgram } from '#src/database/embedded.ts'
import { run } from '#tests/support/shell.ts'

const HOME = resolve('.tools/mysql')
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg'
const PACKAGES = ['mysql-server-core', 'mysql-client-core'] as const

/**
 * Gets a real MySQL without touching the machine: the packages of Debian's development release, fetched through an
 * apt that keeps its state in a folder of ours, unpacked there and run through their own libraries. Needs no root.
 * Throws an Error where this machine's apt cannot reach them.
 */
export function fetchMysql(): ServerProgram {
  if (!existsSync(HOME)) {
    const draft = `${HOME}.new`
    rmSync(draft, { recursive: true, force: true })
    download(draft)
    for (const file of globSync(`${draft}/cache/archives/*.deb`))
      run('dpkg', ['-x', file, `${draft}/root`])
    rmSync(join(draft, 'cache'), { recursive: true })
    rmSync(join(draft, 'state'), { recursive: true })
    renameSync(draft, HOME)
  }
  return installedMysql()
}

/** The MySQL that `fetchMysql` got. Throws an Error where it has not. */
export function installedMysql(): ServerProgram {
  const [loader] = globSync(`${HOME}/root/usr/lib*/ld-linux-*.so.*`)
  const [libraries] = globSync(`${HOME}/root/usr/lib/*-linux-gnu`)
  if (!loader || !libraries) throw new Error('no MySQL in .tools/mysql: bin/test fetches it')
  const server = `${HOME}/root/usr/sbin/mysqld`
  return { flavour: 'mysql', command: [loader, '--library-path', libraries, server] }
}

function download(folder: string): void {
  if (!existsSync(KEYRING)) throw new Error('the keys of the Debian archive are missing')
  for (const part of ['state/lists/partial', 'cache/archives/partial', 'root']) {
    mkdirSync(join(folder, part), { recursive: true })
  }
  writeFileSync(join(folder, 'status'), '')
  writeFileSync(join(folder, 'sources.list'), `deb [signed-by=${KEYRING}] ${archive()} sid main\n`)
  const options = [
    `Dir::State=${folder}/state`,
    `Dir::State::status=${folder}/status`,
    `Dir::Cache=${folder}/cache`,
    `Dir::Etc::sourcelist=${folder}/sources.list`,
    'Dir::Etc::sourceparts=-',
    'APT::Sandbox::User=',
    'Acquire::Languages=none',
    'Acquire::Retries=3',
  ].flatMap((option) => ['-o', option])
  run('apt-get', [...options, '-qq', 'update'])
  const install = [
    '-qq',
    '-y',
    '--download-only',
    '--no-install-recommends',
    'install',
    ...PACKAGES,
  ]
  run('apt-get', [...options, ...install])
}

/** The archive that this machine gets its own packages from. */
function archive(): string {
  const format = ['--format', '$(REPO_URI)', 'Created-By: Packages']
  const addresses = run('apt-get', ['indextargets', ...format]).split('\n')
  const found = addresses.find((address) => /\/debian\/?$/.test(address))
  if (!found) throw new Error('this machine gets no packages from a Debian archive')
  return found
}
