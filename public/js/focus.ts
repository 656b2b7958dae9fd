import { onRequest } from './dom.ts'

/** Leads the eye and the screen reader to what matters: what is wrong, what was done, the new page of a table. */
export function moveFocus(): void {
  document.addEventListener('DOMContentLoaded', () => {
    // An address that names a place on the page leads there.
    focusMessage({ preventScroll: location.hash !== '' })
  })
  let settled: XMLHttpRequest | null = null
  onRequest('htmx:afterSettle', ({ requestConfig, target, xhr }) => {
    // An answer that fills several places is told of once for each; the focus moves once.
    if (!requestConfig || xhr === settled) return
    settled = xhr
    // A row that was edited keeps the focus: its script sees to that.
    if (requestConfig.elt.closest('.record, .row-form')) return
    if (requestConfig.verb === 'post') focusMessage()
    else if (document.activeElement === document.body) focus(document.getElementById(target.id))
  })
}

function focusMessage(options?: FocusOptions): void {
  const status = document.getElementById('status')
  const isDone = status !== null && status.textContent !== ''
  focus(
    document.querySelector('[data-errors], [data-question]') || (isDone ? status : null),
    options,
  )
}

function focus(element: Element | null, options?: FocusOptions): void {
  if (!(element instanceof HTMLElement) || !element.hasAttribute('tabindex')) return
  element.focus(options)
}
