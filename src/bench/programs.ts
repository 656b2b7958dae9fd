import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'

/** A program under load: where it listens and what memory it has taken at most. */
export type Program = { origin: string; peakMegabytes(): number; end(): Promise<void> }

const START_LIMIT_MS = 30_000

/** Starts a program that serves HTTP on loopback, and waits until it answers. */
export async function startProgram(
  words: (port: number) => string[],
  environment: (port: number) => Record<string, string>,
): Promise<Program> {
  const port = await freePort()
  const child = spawn(process.execPath, words(port), {
    env: { ...process.env, ...environment(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const origin = `http://127.0.0.1:${port}`
  await untilItAnswers(origin, child)
  return {
    origin,
    peakMegabytes: () => Math.round((readPeakKilobytes(child.pid) * 1024) / 1e6),
    async end() {
      if (child.exitCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

async function untilItAnswers(origin: string, child: ChildProcess): Promise<void> {
  const giveUpAt = Date.now() + START_LIMIT_MS
  for (;;) {
    if (child.exitCode !== null) throw new Error(`a program ended with ${child.exitCode}`)
    const answer = await fetch(`${origin}/login`).catch(() => null)
    if (answer) return void (await answer.body?.cancel())
    if (Date.now() > giveUpAt) throw new Error(`${origin} does not answer`)
    await Bun.sleep(50)
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port to be had')
  return address.port
}

function readPeakKilobytes(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmHWM:\s*(\d+)/.exec(status)?.[1] ?? 0)
}
