import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { findTargets, type Target } from '#tests/scan/targets.ts'
import { installPackages } from '#tests/support/machine.ts'
import { runTool, signInAt, start } from '#tests/support/started.ts'

const SCANNERS = ['sqlmap', 'wapiti']

/**
 * Attacks a started app with sqlmap and wapiti as somebody who is signed in and may do everything. Takes about half an hour,
 * sends to loopback only, and ends by itself. Answers how many findings there are; each is printed.
 */
export async function scan(say: (line: string) => void): Promise<number> {
  const missing = SCANNERS.filter((name) => !Bun.which(name))
  if (missing.length > 0) installPackages(missing, say)
  const folder = mkdtempSync(join(tmpdir(), 'bbm-scan-'))
  const admin = { email: 'admin@scan.example', password: 'pemindai-depot-solar' }
  const environment = {
    DATA_DIR: join(folder, 'data'),
    ADMIN_EMAIL: admin.email,
    ADMIN_PASSWORD: admin.password,
    LOG_LEVEL: 'error',
  }
  const app = await start(environment, '--demo')
  try {
    const cookie = await signInAt(app.origin, admin)
    const get = async (path: string) =>
      (await fetch(`${app.origin}${path}`, { headers: { cookie } })).text()
    const targets = await findTargets(app.origin, get)
    say(`${targets.length} addresses and forms`)
    const findings = [
      ...injections(targets, { cookie, folder, say }),
      ...weaknesses(app.origin, { cookie, folder }),
      ...faultsIn(app.said()),
      ...(await differences(environment)),
    ]
    for (const finding of findings) say(finding)
    return findings.filter((finding) => !JUDGED.some((known) => known.test(finding))).length
  } finally {
    app.process.kill('SIGTERM')
    await app.ended
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What was looked into and is nothing; printed all the same. */
const JUDGED = [
  // It looks for names that it knows; ours is formToken, without which tests/auth shows each form refused.
  /^wapiti: Cross Site Request Forgery: POST \S+: Lack of anti CSRF token$/,
  // Browsers have dropped it, and what was left of it opened holes; the policy does its work.
  /X-XSS-Protection is not set$/,
  // The app that is scanned listens on http; tests/http/headers.test.ts shows it over https.
  /Strict-Transport-Security is not set$/,
]

type How = { cookie: string; folder: string }

/** Fewer writes a minute than one session may send. */
const WRITE_DELAY_SECONDS = '0.06'
const SQLMAP = ['--batch', '--disable-coloring', '--risk=1', '--dbms=MySQL', '--flush-session']

function injections(targets: Target[], how: How & { say: (line: string) => void }): string[] {
  return targets.flatMap((target, at) => {
    how.say(`sqlmap ${target.method} ${new URL(target.url).pathname}`)
    const words = [
      ...SQLMAP,
      // Cookies come with every request alike: they are attacked with the first.
      `--level=${at === 0 ? 2 : 1}`,
      '--technique=BEUST',
      // Not the token that lets the form in, and not the key, which is no column's text.
      '--param-exclude=^(formToken|requestId)$',
      '--ignore-code=*',
      `--cookie=${how.cookie}`,
      `--output-dir=${join(how.folder, 'sqlmap')}`,
      '-u',
      target.url,
      ...(target.fields === null
        ? ['--threads=2']
        : [
            `--method=${target.method}`,
            `--data=${target.fields}`,
            `--delay=${WRITE_DELAY_SECONDS}`,
            ...(target.isJson ? ['--headers=Content-Type: application/json'] : []),
          ]),
    ]
    const said = runToEnd('sqlmap', words)
    const isFound = /identified the following injection point|is vulnerable/.test(said)
    const isTested =
      /do not appear to be injectable|no parameter\(s\) found|all tested parameters/.test(said)
    if (isFound) return [`sqlmap: ${target.method} ${target.url}\n${said}`]
    return isTested
      ? []
      : [`sqlmap came to no end: ${target.method} ${target.url}\n${said.slice(-2000)}`]
  })
}

const Report = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.array(z.object({ method: z.string(), path: z.string(), info: z.string() })),
  ),
  anomalies: z.record(
    z.string(),
    z.array(z.object({ method: z.string(), path: z.string(), info: z.string() })),
  ),
})

/** All but those that look names up at their makers' (nikto, wapp, ssrf, xxe), try thousands of names, or sign in. */
const MODULES =
  'backup,blindsql,cookieflags,crlf,csp,csrf,exec,file,htaccess,http_headers,methods,permanentxss,redirect,shellshock,sql,xss'

/** As Debian packs it (3.0.4), wapiti writes what to leave out in a way that Python 3.11 no longer reads. */
const WAPITI = `
import fnmatch, re, wapitiCore.net.crawler as crawler
crawler.wildcard_translate = lambda pattern: re.compile(fnmatch.translate(pattern))
from wapitiCore.main.wapiti import wapiti_main
wapiti_main()`

/** Forms that would end the session it is let in by; its account is the first that was made after the built-in one. */
const LEFT_ALONE = ['/logout', '/login*', '/account*', '/users/2*']

function weaknesses(origin: string, { cookie, folder }: How): string[] {
  const report = join(folder, 'wapiti.json')
  const said = runToEnd('/usr/bin/python3', [
    ...['-c', WAPITI],
    ...['-u', `${origin}/`, '--scope', 'domain', '-m', MODULES, '--flush-session', '-v', '0'],
    ...[
      '-H',
      `Cookie: ${cookie}`,
      ...LEFT_ALONE.flatMap((path) => ['-x', `${origin}${path}`]),
      '-f',
      'json',
      '-o',
      report,
    ],
    // A filter leads to filters without end.
    ...['-d', '2', '--max-links-per-page', '40', '--max-files-per-dir', '20'],
    ...['--max-scan-time', '120', '--max-attack-time', '30', '--no-bugreport', '--color'],
    ...['--store-session', join(folder, 'wapiti'), '--store-config', join(folder, 'wapiti-config')],
  ])
  const parsed = Report.safeParse(readJson(report))
  if (!parsed.success) return [`wapiti left no report\n${said.slice(-2000)}`]
  const { vulnerabilities, anomalies } = parsed.data
  return Object.entries({ ...vulnerabilities, ...anomalies }).flatMap(([name, found]) =>
    found.map(({ method, path, info }) => `wapiti: ${name}: ${method} ${path}: ${info}`),
  )
}

/** An attack may be refused, but never be a fault of ours. */
function faultsIn(log: string): string[] {
  return log
    .split('\n')
    .filter((line) => line.startsWith('{') && line.includes('"level":"error"'))
    .map((line) => `the app's log: ${line}`)
}

async function differences(environment: Record<string, string>): Promise<string[]> {
  const { status, out } = await runTool('verify', environment)
  return status === 0 ? [] : [`bin/verify: ${out}`]
}

/** A scanner's status says nothing of what it found. */
function runToEnd(program: string, words: string[]): string {
  const { stdout, stderr, error } = spawnSync(program, words, {
    encoding: 'utf8',
    maxBuffer: 64_000_000,
  })
  if (error) throw error
  return `${stdout}${stderr}`
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}
