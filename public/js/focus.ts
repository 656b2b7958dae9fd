import { onRequest } from './dom.ts'

/** Leads the eye and the screen reader to what matters: what is wrong, what was done, the new page of a table. */
export function moveFocus(): void {
  document.addEventListener('DOMContentLoaded', () => focusMessage())
  onRequest('htmx:afterSettle', ({ requestConfig, target }) => {
    if (!requestConfig) return
    if (requestConfig.verb === 'post') focusMessage()
    else if (document.activeElement === document.body) focus(document.getElementById(target.id))
  })
}

function focusMessage(): void {
  const status = document.getElementById('status')
  const isDone = status !== null && status.textContent !== ''
  focus(document.querySelector('[data-errors]') || (isDone ? status : null))
}

function focus(element: Element | null): void {
  if (element instanceof HTMLElement && element.hasAttribute('tabindex')) element.focus()
}
