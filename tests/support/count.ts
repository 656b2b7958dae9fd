import { spawn } from 'node:child_process'
import { once } from 'node:events'

export type Count = { passed: number; failed: number; skipped: number }

export const NOTHING: Count = { passed: 0, failed: 0, skipped: 0 }

const WORKERS = 2
const TEST_LIMIT_MS = 60_000

/** Runs a program of the project whose exit status is the answer: one check, passed or failed. */
export async function check(words: string[]): Promise<Count> {
  const child = spawn(process.execPath, words, { stdio: 'inherit' })
  const [code] = await once(child, 'exit')
  return code === 0 ? { ...NOTHING, passed: 1 } : { ...NOTHING, failed: 1 }
}

/** Runs test files in workers, shows what they say, and counts by bun's own summary at the end. */
export async function runTests(
  files: string[],
  environment: Record<string, string>,
): Promise<Count> {
  const flags = ['test', `--parallel=${WORKERS}`, `--timeout=${TEST_LIMIT_MS}`]
  const child = spawn(process.execPath, [...flags, ...files], {
    stdio: ['ignore', 'inherit', 'pipe'],
    env: { ...process.env, ...environment },
  })
  // Only the end is kept: the summary is short, and what tests say may be long.
  let end = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    process.stderr.write(text)
    end = (end + text).slice(-4_000)
  })
  const [code] = await once(child, 'close')
  const count = {
    passed: numberBefore('pass', end),
    failed: numberBefore('fail', end),
    skipped: numberBefore('skip', end) + numberBefore('todo', end),
  }
  // A file that cannot be loaded is no failed test for bun, but it ends with an error.
  return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count
}

export const plus = (a: Count, b: Count): Count => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
})

export const countOf = ({ passed, failed, skipped }: Count): string =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`

function numberBefore(word: string, text: string): number {
  const found = [...text.matchAll(new RegExp(`^\\s*(\\d+) ${word}$`, 'gm'))].at(-1)
  return Number(found?.[1] ?? 0)
}
