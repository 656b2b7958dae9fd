import { onContent, onEach } from './dom.ts'

const BUTTON = '[data-copy-link]'
const DONE = 'Tautan tersalin'
const SHOWN_MS = 3000

/** The address carries the filter; a button copies it. Without a script the address bar does. */
export function offerLink(): void {
  onContent(() => {
    for (const button of Array.from(document.querySelectorAll<HTMLElement>(BUTTON)))
      button.hidden = false
  })
  onEach('click', BUTTON, (button) => {
    if (button.textContent === DONE || !copy(location.href)) return
    const label = button.textContent
    button.textContent = DONE
    setTimeout(() => {
      button.textContent = label
    }, SHOWN_MS)
    if (button instanceof HTMLElement) button.focus()
  })
}

/** The newer way to copy is refused to pages that came over plain http, as in a depot's own network. */
function copy(text: string): boolean {
  const area = document.createElement('textarea')
  area.className = 'visually-hidden'
  area.value = text
  document.body.appendChild(area)
  area.select()
  const isCopied = document.execCommand('copy')
  area.remove()
  return isCopied
}
