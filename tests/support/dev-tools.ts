import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

const WAIT_LIMIT_MS = 15_000
const POLL_MS = 30

type Fields = Record<string, unknown>

/** One page of a browser, spoken to in the browser's own protocol. */
export type DevTools = {
  call(method: string, parameters?: Fields): Promise<Fields>
  on(event: string, heard: (parameters: Fields) => void): void
  next(event: string): Promise<Fields>
  close(): Promise<void>
}

/**
 * Starts a browser that is too old for today's drivers. Its protocol over a WebSocket is all we need of it.
 */
export async function openDevTools(program: string): Promise<DevTools> {
  const profile = mkdtempSync(join(tmpdir(), 'bbm-old-browser-'))
  const browser = spawn(program, [...FLAGS, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const origin = await listening(browser.stderr)
  const connection = await connect(await pageAddress(origin))
  return {
    ...connection,
    close: async () => {
      const gone = once(browser, 'exit')
      browser.kill('SIGKILL')
      await gone
      rmSync(profile, { recursive: true, force: true })
    },
  }
}

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-sync',
  '--lang=id',
  '--window-size=1366,768',
  '--remote-debugging-port=0',
] as const

/** The browser says on which port it listens; the rest of what it says must be read, or it stops. */
function listening(errors: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve, reject) => {
    const lines = createInterface({ input: errors })
    lines.on('line', (line) => {
      const found = /^DevTools listening on ws:\/\/([^/]+)/.exec(line)
      if (found) resolve(`http://${found[1]}`)
    })
    lines.on('close', () => reject(new Error('the browser ended before it listened')))
  })
}

/** The browser listens a moment before it has opened its page. */
async function pageAddress(origin: string): Promise<string> {
  const deadline = Date.now() + WAIT_LIMIT_MS
  while (Date.now() < deadline) {
    const targets = (await (await fetch(`${origin}/json/list`)).json()) as {
      type: string
      webSocketDebuggerUrl: string
    }[]
    const page = targets.find((target) => target.type === 'page')
    if (page) return page.webSocketDebuggerUrl
    await sleep(POLL_MS)
  }
  throw new Error('the browser opened no page')
}

type Message = { id?: number; method?: string; params?: Fields; result?: Fields; error?: Fields }

async function connect(address: string): Promise<Omit<DevTools, 'close'>> {
  const socket = new WebSocket(address)
  await once(socket, 'open')
  const waiting = new Map<number, (message: Message) => void>()
  const listeners = new Map<string, ((parameters: Fields) => void)[]>()
  let calls = 0

  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as Message
    if (message.id !== undefined) waiting.get(message.id)?.(message)
    for (const heard of listeners.get(message.method ?? '') ?? []) heard(message.params ?? {})
  })
  const on: DevTools['on'] = (event, heard) => {
    listeners.set(event, [...(listeners.get(event) ?? []), heard])
  }
  return {
    on,
    next: (event) => new Promise((resolve) => on(event, resolve)),
    call: (method, params = {}) => {
      calls += 1
      const id = calls
      return new Promise((resolve, reject) => {
        waiting.set(id, ({ result, error }) => {
          waiting.delete(id)
          if (error) reject(new Error(`${method}: ${JSON.stringify(error)}`))
          else resolve(result ?? {})
        })
        socket.send(JSON.stringify({ id, method, params }))
      })
    },
  }
}
