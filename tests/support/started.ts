import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { hiddenFields } from '#tests/support/html.ts'

export type Started = {
  process: ChildProcess
  origin: string
  /** Everything it printed so far. */
  said: () => string
  /** Waits until it has printed this, or has ended. */
  says: (pattern: RegExp) => Promise<void>
  /** Waits for the end and answers the status. */
  ended: Promise<number | null>
}

/** Types `bin/start` with this environment. The answer comes when it prints its address, or when it ends. */
export async function start(
  environment: Record<string, string>,
  ...words: string[]
): Promise<Started> {
  const started = await beginStart(environment, ...words)
  await started.says(/^Monitoring BBM: /m)
  return started
}

/** The same for a start that is not expected to get to its address soon. */
export async function beginStart(
  environment: Record<string, string>,
  ...words: string[]
): Promise<Started> {
  const port = environment.PORT ?? String(await freePort())
  const child = spawn('bin/start', words, {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment, PORT: port },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  const heard = new EventTarget()
  const listen = (chunk: Buffer) => {
    text += chunk
    heard.dispatchEvent(new Event('line'))
  }
  child.stdout.on('data', listen)
  child.stderr.on('data', listen)
  const ended = once(child, 'exit').then(([status]) => Number(status))
  const says = async (pattern: RegExp) => {
    const said = new Promise<void>((resolve) => {
      const look = () => {
        if (pattern.test(text)) resolve()
      }
      heard.addEventListener('line', look)
      look()
    })
    await Promise.race([said, ended])
  }
  return { process: child, origin: `http://127.0.0.1:${port}`, said: () => text, says, ended }
}

/** Signs in by the form; answers the cookies. */
export async function signInAt(
  origin: string,
  who: { email: string; password: string },
): Promise<string> {
  const page = await fetch(`${origin}/login`)
  const body = new URLSearchParams({ ...hiddenFields(await page.text(), '/login'), ...who })
  const headers = { cookie: cookiesOf(page) }
  return cookiesOf(
    await fetch(`${origin}/login`, { method: 'POST', body, headers, redirect: 'manual' }),
  )
}

const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')

/** Posts JSON to the API. */
export const send = (origin: string, cookie: string, path: string, body: unknown) =>
  fetch(`${origin}${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { cookie, 'Content-Type': 'application/json' },
  })

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

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('the machine gave no port')
  return address.port
}
