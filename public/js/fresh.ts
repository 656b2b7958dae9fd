import { partsOf, replaceParts } from './fresh-parts.ts'
import { hideNews, onNewsAsked, showNews } from './news.ts'

const EVERY_MS = 30_000
const MARKER = '#freshness'

/** An open correction, or a request whose answer will look for its place. */
const AT_WORK = '.drawer, .htmx-request'

let isSessionOver = false

/**
 * Asks every half minute whether the page still shows what the books say, unless nobody looks at it. Nothing that
 * somebody is at work on is touched: the history then says what is new, and the dashboard waits.
 */
export function keepFresh(): void {
  let askedAt = Date.now()
  const ask = () => {
    if (document.hidden) return
    askedAt = Date.now()
    refresh(isAtWork)
  }
  setInterval(ask, EVERY_MS)
  document.addEventListener('visibilitychange', () => {
    if (Date.now() - askedAt >= EVERY_MS) ask()
  })
  onNewsAsked(() => refresh(() => false))
}

async function refresh(mustWait: (marker: HTMLElement) => boolean): Promise<void> {
  const marker = document.querySelector<HTMLElement>(MARKER)
  if (!marker || isSessionOver) return
  const answer = await ask(marker).catch(() => null)
  // Meanwhile the person may have gone on to another page of the table.
  if (!answer || !document.contains(marker)) return
  if (mustWait(marker)) {
    showNews(answer)
    return
  }
  hideNews()
  replaceParts(marker, answer)
}

/** What the page looks like now; null where nothing changed, or nothing came. The next time may do better. */
async function ask({ dataset }: HTMLElement): Promise<Document | null> {
  const address = new URL(dataset.href || '', location.href)
  address.searchParams.set('seen', dataset.version || '')
  const response = await fetch(address.href, {
    credentials: 'same-origin',
    headers: { 'HX-Request': 'true' },
  })
  // Who is signed out meanwhile keeps the page with all that is typed into it, and is told when something is sent.
  isSessionOver = response.status === 401 || response.headers.get('HX-Redirect') !== null
  if (isSessionOver || response.status !== 200) return null
  return new DOMParser().parseFromString(await response.text(), 'text/html')
}

function isAtWork(marker: HTMLElement): boolean {
  const focused = document.activeElement
  const isInPart = partsOf(marker).some((part) => part.contains(focused))
  const isTyping = focused !== null && focused.closest('.history form') !== null
  return isInPart || isTyping || document.querySelector(AT_WORK) !== null
}
