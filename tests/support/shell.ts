import { spawnSync } from 'node:child_process'

/** Runs a program to its end, showing what it says only when it fails. Throws an Error then. */
export function run(command: string, args: readonly string[], folder = '.'): string {
  const done = spawnSync(command, args, { cwd: folder, encoding: 'utf8', maxBuffer: 64_000_000 })
  if (done.status === 0) return done.stdout
  const said = `${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}`.trim()
  throw new Error(`${command} ${args.join(' ')}\n${said}`)
}
