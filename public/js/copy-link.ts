import { onContent, onEach } from './dom.ts'

const LINK = '[data-copy-link]'
const TEXT = '[data-copy]'
const SHOWN_MS = 3000

/**
 * A button copies the address, which carries the filter, or the text of the element that it names. Without a script
 * there is the address bar, and the text can be selected.
 */
export function offerCopies(): void {
  onContent(() => {
    const buttons = document.querySelectorAll<HTMLElement>(`${LINK}, ${TEXT}`)
    for (const button of Array.from(buttons)) button.hidden = false
  })
  onEach('click', LINK, (button) => copyBy(button, () => location.href, 'Tautan tersalin'))
  onEach('click', TEXT, (button) => copyBy(button, () => namedText(button), 'Tersalin'))
}

function copyBy(button: Element, read: () => string, done: string): void {
  if (button.textContent === done || !copy(read())) return
  const label = button.textContent
  button.textContent = done
  setTimeout(() => {
    button.textContent = label
  }, SHOWN_MS)
  if (button instanceof HTMLElement) button.focus()
}

function namedText(button: Element): string {
  const element = document.getElementById(button.getAttribute('data-copy') ?? '')
  return element instanceof HTMLInputElement ? element.value : (element?.textContent ?? '')
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
