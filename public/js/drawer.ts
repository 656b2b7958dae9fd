import { onContent, onRequest } from './dom.ts'

const LINK = '.ledger .c-end a[hx-get], .openable .c-end a[hx-get]'
/** Leads back to the row that was opened. */
const CLOSING = '.drawer a[href*="#entry-"], .drawer a[href*="#change-"]'

/** A correction or a change opens below its row; Escape or "Tidak jadi" closes it, and leads back to where it was opened. */
export function openDrawers(): void {
  document.addEventListener('click', pressed, true)
  document.addEventListener('keydown', ({ key, target }) => {
    const isHere = target === document.body || isIn(target, '.drawer, .opened')
    if (key === 'Escape' && isHere) close()
  })
  onRequest('htmx:afterSettle', ({ requestConfig }) => {
    if (requestConfig?.elt.matches(LINK)) open(requestConfig.elt)
  })
}

/** A preview that comes by itself needs no button. */
export function dropScriptless(): void {
  onContent(() => {
    for (const part of Array.from(document.querySelectorAll('[data-scriptless]'))) part.remove()
  })
}

/** After a correction the whole history is another; the row that was corrected stays where the eye is. */
export function keepPlace(): void {
  let kept: { id: string; top: number } | null = null
  onRequest('htmx:beforeSwap', ({ requestConfig }) => {
    const row = document.querySelector('.opened')
    const isPost = requestConfig !== undefined && requestConfig.verb === 'post'
    kept = row && isPost ? { id: row.id, top: topOf(row) } : null
  })
  onRequest('htmx:afterSettle', () => {
    if (!kept || document.querySelector('.drawer')) return
    const row = document.getElementById(kept.id) || document.querySelector('.new')
    if (row) {
      focusEnd(row)
      window.scrollBy(0, topOf(row) - kept.top)
    }
    kept = null
  })
}

function pressed(event: MouseEvent): void {
  const link = linkOf(event.target)
  const isOpen = link?.hasAttribute('aria-expanded')
  const isClosing = isIn(event.target, CLOSING)
  // The second click of a double click is not meant to close what the first has opened.
  const isSecond = link !== null && event.detail > 1
  if (link && !isOpen && !isSecond) close()
  if (!isOpen && !isClosing && !isSecond) return
  event.preventDefault()
  event.stopPropagation()
  if (!isSecond) close()
}

function open(link: Element): void {
  const row = link.closest('tr')
  const drawer = row?.nextElementSibling
  if (!row || !drawer?.matches('.drawer')) return
  row.classList.add('opened')
  link.setAttribute('aria-expanded', 'true')
  link.setAttribute('aria-controls', drawer.id)
  const first = drawer.querySelector('input:not([type=hidden]), a')
  if (first instanceof HTMLElement) first.focus()
  drawer.scrollIntoView({ block: 'nearest' })
}

function close(): void {
  const drawer = document.querySelector('.drawer')
  const row = document.querySelector('.opened')
  if (drawer) drawer.remove()
  if (!row) return
  row.classList.remove('opened')
  for (const link of Array.from(row.querySelectorAll('[aria-expanded]'))) {
    link.removeAttribute('aria-expanded')
    link.removeAttribute('aria-controls')
  }
  focusEnd(row)
}

function focusEnd(row: Element): void {
  const link = row.querySelector('.c-end a')
  if (link instanceof HTMLElement) link.focus({ preventScroll: true })
}

const topOf = (element: Element): number => element.getBoundingClientRect().top

const isIn = (target: EventTarget | null, selector: string): boolean =>
  target instanceof Element && target.closest(selector) !== null

const linkOf = (target: EventTarget | null): Element | null =>
  target instanceof Element ? target.closest(LINK) : null
