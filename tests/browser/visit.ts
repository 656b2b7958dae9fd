import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'bun:test'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { CAST, type Name, PASSWORD } from '#tests/support/cast.ts'
import { openChromium } from '#tests/support/chromium.ts'
import { type ServedDepot, serveDepot } from '#tests/support/serve.ts'

const WAIT_LIMIT_MS = 15_000

type VisitOptions = BrowserContextOptions & { as?: Name }

/** A browser for the tests of a file, and for each of them a depot with books as `prepare` leaves them. */
export function useDepot(prepare: (depot: ServedDepot) => Promise<unknown>) {
  let browser: Browser
  let depot: ServedDepot
  beforeAll(async () => {
    browser = await openChromium()
  })
  beforeEach(async () => {
    depot = await serveDepot()
    await prepare(depot)
  })
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close()
    await depot.close()
  })
  afterAll(() => browser.close())
  return {
    depot: () => depot,
    visit: (options: VisitOptions = {}) => visitDepot(browser, depot, options),
    /** Nothing went wrong that the person would see, and nobody else was asked for anything. */
    expectQuiet: ({ problems, requests }: Visit) => {
      expect(problems).toEqual([])
      expect(requests.filter((url) => new URL(url).origin !== depot.origin)).toEqual([])
    },
  }
}

export type Visit = {
  page: Page
  context: BrowserContext
  /** Errors of the console, uncaught exceptions, failed requests and violations of the policy. */
  problems: string[]
  /** The address of every request, in order. */
  requests: string[]
}

/** Told by the page itself, since a browser may report a violation without an error on its console. */
const TELL_VIOLATIONS = `document.addEventListener('securitypolicyviolation', function (event) {
  console.error('policy', event.violatedDirective, event.blockedURI)
})`

/** Opens a window on the depot; with a name, for somebody who has just signed in. */
async function visitDepot(
  browser: Browser,
  depot: ServedDepot,
  { as, ...options }: VisitOptions,
): Promise<Visit> {
  const context = await browser.newContext({
    baseURL: depot.origin,
    locale: 'id-ID',
    viewport: { width: 1366, height: 768 },
    ...options,
  })
  context.setDefaultTimeout(WAIT_LIMIT_MS)
  await context.addInitScript(TELL_VIOLATIONS)
  const seen = watch(context)
  if (as) await signInto(context, depot, as)
  return { context, page: await context.newPage(), ...seen }
}

/** The words of an element, as one line. */
export async function read(page: Page, selector: string): Promise<string> {
  const text = await page.locator(selector).first().textContent()
  return (text ?? '').replace(/\s+/g, ' ').trim()
}

/** Types into the sign-in that is on the screen, wherever it stands. */
export async function signInOn(page: Page, name: Name): Promise<void> {
  await page.fill('#email', CAST[name].email)
  await page.fill('#password', PASSWORD)
  await page.click('form[action="/login"] .primary')
  await page.locator('.who').waitFor()
}

/** Waits for the sentence that says what was booked. */
export async function readStatus(page: Page): Promise<string> {
  await page.locator('#status strong').waitFor()
  return read(page, '#status')
}

async function signInto(context: BrowserContext, depot: ServedDepot, name: Name): Promise<void> {
  const { jar } = await depot.signIn(name)
  // The name of a cookie holds the port, and the depot that signs in does not know on which one it is served.
  const { port } = new URL(depot.origin)
  const cookies = [...jar].map(([key, value]) => {
    return { name: key.replace(/\d+$/, port), value, url: depot.origin }
  })
  await context.addCookies(cookies)
}

function watch(context: BrowserContext): { problems: string[]; requests: string[] } {
  const problems: string[] = []
  const requests: string[] = []
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text())
  })
  context.on('weberror', (error) => problems.push(String(error.error())))
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText
    // What was still on its way when the person went on is no failure.
    if (reason !== 'net::ERR_ABORTED') problems.push(`${request.url()}: ${reason}`)
  })
  context.on('request', (request) => requests.push(request.url()))
  return { problems, requests }
}
