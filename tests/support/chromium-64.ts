import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { brotliDecompressSync } from 'node:zlib'
import { locateBrowser } from '#tests/support/chromium.ts'
import { type DevTools, openDevTools } from '#tests/support/dev-tools.ts'
import { run } from '#tests/support/shell.ts'

const HOME = resolve('.tools/chromium-64')
const PROGRAM = join(HOME, 'chromium')
const PROGRAM_SHA256 = 'a65b0e050cbf7fc75108f67e787a9558cbd0e1fc46e32a0fad9f7cf2c327467d'
const PACKAGE = { name: 'chrome-aws-lambda', version: '64.0.3264' } as const
const WAIT_LIMIT_MS = 15_000
const POLL_MS = 30

/** A page of the oldest browser we promise to serve in full. Selectors are CSS; the first match is meant. */
export type OldPage = {
  goto(url: string): Promise<void>
  /** Replaces what the field holds, key by key as a person types. */
  fill(selector: string, text: string): Promise<void>
  /** Clicks in the middle of the element, and fails where something else lies on top. */
  click(selector: string): Promise<void>
  doubleClick(selector: string): Promise<void>
  /** Presses and releases a key that has a name, such as Enter, in whatever has the focus. */
  press(key: keyof typeof KEYS): Promise<void>
  text(selector: string): Promise<string>
  resize(width: number, height: number): Promise<void>
  /** Waits until the expression of JavaScript is true in the page. */
  waitFor(expression: string): Promise<void>
  evaluate(expression: string): Promise<unknown>
  /** Errors of the console, uncaught exceptions and violations of the content security policy. */
  problems: string[]
  /** The address of every request, in order. */
  requests: string[]
  close(): Promise<void>
}

/** Gets the program from the package registry in the usual way, and checks that it is the one we know. */
export function fetchChromium64(): string {
  if (existsSync(PROGRAM)) return PROGRAM
  mkdirSync(HOME, { recursive: true })
  writeFileSync(
    join(HOME, 'package.json'),
    JSON.stringify({ private: true, dependencies: { [PACKAGE.name]: PACKAGE.version } }),
  )
  run(process.execPath, ['install', '--ignore-scripts'], HOME)
  const packed = readFileSync(join(HOME, 'node_modules', PACKAGE.name, 'bin/chromium.br'))
  const program = brotliDecompressSync(packed)
  if (createHash('sha256').update(program).digest('hex') !== PROGRAM_SHA256) {
    throw new Error('the package of Chromium 64 holds another program than expected')
  }
  writeFileSync(`${PROGRAM}.new`, program, { mode: 0o755 })
  renameSync(`${PROGRAM}.new`, PROGRAM)
  return PROGRAM
}

export async function openChromium64(): Promise<OldPage> {
  const tools = await openDevTools(locateBrowser([PROGRAM]))
  const problems: string[] = []
  const requests: string[] = []
  watch(tools, { problems, requests })
  for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await tools.call(`${domain}.enable`)

  const evaluate = (expression: string) => evaluateIn(tools, expression)
  const waitFor = (expression: string) => waitUntil(tools, expression)
  const quoted = (selector: string) => `document.querySelector(${JSON.stringify(selector)})`
  const click = async (selector: string, times = 1) => {
    await waitFor(`${quoted(selector)} !== null`)
    await clickAt(tools, await middleOf(tools, selector), times)
  }
  return {
    goto: async (url) => {
      const loaded = tools.next('Page.loadEventFired')
      await tools.call('Page.navigate', { url })
      await loaded
    },
    fill: async (selector, text) => {
      await click(selector)
      await evaluate(`${quoted(selector)}.select()`)
      await press(tools, 'Backspace')
      for (const character of text) {
        await tools.call('Input.dispatchKeyEvent', { type: 'char', text: character })
      }
    },
    click: (selector) => click(selector),
    doubleClick: (selector) => click(selector, 2),
    press: (key) => press(tools, key),
    resize: async (width, height) => {
      const screen = { width, height, deviceScaleFactor: 1, mobile: false }
      await tools.call('Emulation.setDeviceMetricsOverride', screen)
    },
    text: async (selector) => {
      await waitFor(`${quoted(selector)} !== null`)
      return String(await evaluate(`${quoted(selector)}.innerText`))
    },
    waitFor,
    evaluate,
    problems,
    requests,
    close: () => tools.close(),
  }
}

function watch(tools: DevTools, seen: { problems: string[]; requests: string[] }): void {
  tools.on('Runtime.exceptionThrown', (event) => {
    seen.problems.push(`exception: ${JSON.stringify(event.exceptionDetails)}`)
  })
  tools.on('Runtime.consoleAPICalled', (event) => {
    if (event.type === 'error') seen.problems.push(`console: ${JSON.stringify(event.args)}`)
  })
  tools.on('Log.entryAdded', ({ entry }) => {
    seen.problems.push(`log: ${JSON.stringify(entry)}`)
  })
  tools.on('Network.requestWillBeSent', (event) => {
    const { request } = event as { request: { url: string } }
    seen.requests.push(request.url)
  })
}

async function evaluateIn(tools: DevTools, expression: string): Promise<unknown> {
  const answer = await tools.call('Runtime.evaluate', {
    expression,
    returnByValue: true,
    awaitPromise: true,
  })
  const { result, exceptionDetails } = answer as {
    result: { value?: unknown }
    exceptionDetails?: unknown
  }
  if (exceptionDetails) throw new Error(`${expression}: ${JSON.stringify(exceptionDetails)}`)
  return result.value
}

async function waitUntil(tools: DevTools, expression: string): Promise<void> {
  const deadline = Date.now() + WAIT_LIMIT_MS
  // While a page is being replaced there is nothing to evaluate in.
  while ((await evaluateIn(tools, `Boolean(${expression})`).catch(() => false)) !== true) {
    if (Date.now() > deadline) throw new Error(`waited in vain for ${expression}`)
    await sleep(POLL_MS)
  }
}

type Point = { x: number; y: number }

async function middleOf(tools: DevTools, selector: string): Promise<Point> {
  const found = await evaluateIn(
    tools,
    `(function () {
      var element = document.querySelector(${JSON.stringify(selector)})
      element.scrollIntoView({ block: 'center' })
      var box = element.getBoundingClientRect()
      var x = box.left + box.width / 2
      var y = box.top + box.height / 2
      var top = document.elementFromPoint(x, y)
      return top && (element.contains(top) || top.contains(element)) ? { x: x, y: y } : null
    })()`,
  )
  if (found === null) throw new Error(`${selector} is covered or outside the window`)
  return found as Point
}

async function clickAt(tools: DevTools, point: Point, times: number): Promise<void> {
  await tools.call('Input.dispatchMouseEvent', { type: 'mouseMoved', ...point })
  for (let clickCount = 1; clickCount <= times; clickCount += 1) {
    const button = { ...point, button: 'left', clickCount }
    await tools.call('Input.dispatchMouseEvent', { type: 'mousePressed', ...button })
    await tools.call('Input.dispatchMouseEvent', { type: 'mouseReleased', ...button })
  }
}

const KEYS = {
  Backspace: { code: 8 },
  Enter: { code: 13, text: '\r' },
  Escape: { code: 27 },
} as const

async function press(tools: DevTools, key: keyof typeof KEYS): Promise<void> {
  const { code, ...text } = KEYS[key]
  const known = { key, code: key, windowsVirtualKeyCode: code }
  const down = 'text' in text ? 'keyDown' : 'rawKeyDown'
  await tools.call('Input.dispatchKeyEvent', { type: down, ...known, ...text })
  await tools.call('Input.dispatchKeyEvent', { type: 'keyUp', ...known })
}
