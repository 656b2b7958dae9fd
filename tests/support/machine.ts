import { existsSync, readdirSync } from 'node:fs'
import { hasChromium } from '#tests/support/chromium.ts'
import { run } from '#tests/support/shell.ts'

/** Chromium 64 came before its libraries were bundled, and text needs a font to take up space. */
const PACKAGES = [
  'chromium',
  'lynx',
  'libnss3',
  'libnspr4',
  'libexpat1',
  'fonts-liberation',
] as const

/**
 * Sees to the browsers that come from the operating system. Throws an Error with the one line that a person
 * must run where we may not install anything.
 */
export function ensureBrowsers(say: (line: string) => void): void {
  if (hasChromium() && existsSync('/usr/bin/lynx')) return
  installPackages(PACKAGES, say)
}

const NGINX = '/usr/sbin/nginx'

/** Where the web server is, which stands in front of the app in production. Throws an Error as for the browsers. */
export function ensureNginx(say: (line: string) => void): string {
  if (existsSync(NGINX)) return NGINX
  // The package would start it, with a site of its own; at this run level it does not.
  process.env.RUNLEVEL = '1'
  installPackages(['nginx'], say)
  return NGINX
}

/** The same for any packages of the operating system. */
export function installPackages(packages: readonly string[], say: (line: string) => void): void {
  const install = ['install', '-qq', '-y', '--no-install-recommends', ...packages]
  if (process.geteuid?.() !== 0) {
    throw new Error(
      `Packages for the tests are missing. Run this once:\nsudo apt-get update && sudo apt-get ${install.join(' ')}`,
    )
  }
  say(`Installing ${packages.join(', ')}`)
  process.env.DEBIAN_FRONTEND = 'noninteractive'
  const hasLists = readdirSync('/var/lib/apt/lists').some((name) => name.includes('_Packages'))
  if (!hasLists) run('apt-get', ['update', '-qq'])
  try {
    run('apt-get', install)
  } catch {
    // Lists that are too old name files that are gone.
    run('apt-get', ['update', '-qq'])
    run('apt-get', install)
  }
}
