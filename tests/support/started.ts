import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'

export type Started = {
  process: ChildProcess
  origin: string
  /** Everything it printed so far. */
  said: () => string
  /** Waits for the end and answers the status. */
  ended: Promise<number | null>
}

/** Types `bin/start` with this environment. The answer comes when it prints its address, or when it ends. */
export async function start(
  environment: Record<string, string>,
  ...words: string[]
): Promise<Started> {
  const port = environment.PORT ?? String(await freePort())
  const child = spawn('bin/start', words, {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment, PORT: port },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  const ended = once(child, 'exit').then(([status]) => Number(status))
  const ready = new Promise<void>((resolve) => {
    const listen = (chunk: Buffer) => {
      text += chunk
      if (/^Monitoring BBM: /m.test(text)) resolve()
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
  })
  await Promise.race([ready, ended])
  return { process: child, origin: `http://127.0.0.1:${port}`, said: () => text, ended }
}

/** Types another tool and waits for its end. */
export async function runTool(
  tool: string,
  environment: Record<string, string>,
  ...words: string[]
) {
  const child = Bun.spawn([`bin/${tool}`, ...words], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const [out, err] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ])
  return { status: await child.exited, out, err }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('the machine gave no port')
  return address.port
}
