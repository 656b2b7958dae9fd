import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'] as const

/** Today's browser, without a window. A page of it is `await (await openChromium()).newPage()`. */
export function openChromium(): Promise<Browser> {
  return chromium.launch({
    // Playwright turns off what people have: pages that are kept whole for the Back button.
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
    executablePath: locateBrowser(PLACES),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
  })
}

export const hasChromium = (): boolean => PLACES.some((place) => existsSync(place))

export function locateBrowser(places: readonly string[]): string {
  const found = places.find((place) => existsSync(place))
  if (!found) throw new Error(`no browser at ${places.join(', ')}: bin/test gets it`)
  return found
}
