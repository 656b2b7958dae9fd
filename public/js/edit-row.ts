import { onContent, onEach, onRequest } from './dom.ts'

const RECORD = '.record'

/** What the eye is led to in a record that was swapped in: what is wrong, what is told, else the form or its link. */
const SPOTS = [
  '[data-errors]',
  '[aria-invalid=true]',
  '[data-told]',
  '.editing [name]',
  '.row-form .input',
  '.record-under button',
  '.c-end a',
]

/** A row turns into its form and back in its place; Escape cancels, and the focus stays with the row. */
export function editRows(): void {
  document.addEventListener('keydown', pressed)
  document.addEventListener('click', clicked, true)
  onContent(offerKept)
  onEach('click', '.kept button', take)
  holdRecord()
}

/** Whoever edits two rows at once closes the one in which they are. What is told once goes by its button alone. */
function pressed(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || event.defaultPrevented) return
  const record = recordOf(event.target)
  if (!record || record.querySelector('[data-told]')) return
  const cancel = record.querySelector('[data-cancel], [data-close]')
  if (cancel instanceof HTMLElement) cancel.click()
}

/**
 * What nobody has saved yet needs no answer to vanish; what is open already is not opened twice. A form on its way stays:
 * it may be saved by now, and its answer needs its place.
 */
function clicked(event: MouseEvent): void {
  const link = closest(event.target, 'a')
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
  const opened = openedBy(link)
  const isCancelled = link.matches('[data-cancel]:not([hx-get])') && link.closest('.row-form')
  if (!opened && !isCancelled && !link.matches('[data-close]')) return
  event.preventDefault()
  event.stopPropagation()
  if (opened) focusIn(opened)
  else if (!link.closest('.htmx-request')) close(link)
}

function close(link: Element): void {
  const record = recordOf(link)
  if (!record) return
  const opener = document.querySelector(`[data-opens="${openedIdOf(record)}"]`)
  const target = opener || record.previousElementSibling?.querySelector('.c-end a')
  record.remove()
  if (target instanceof HTMLElement) target.focus()
}

const openedBy = (link: Element): Element | null =>
  document.getElementById(link.getAttribute('data-opens') || '')

/** A record of several rows is known by its form's. */
function openedIdOf(record: Element): string {
  const row = record.querySelector('tr[id]')
  return row ? row.id : ''
}

/** Keeps the record where the eye is, and leads the keyboard to it, unless the person has gone on to something else. */
function holdRecord(): void {
  const tops = new Map<XMLHttpRequest, number>()
  // An answer of several records leads to the last of them.
  let leading: XMLHttpRequest | null = null
  onRequest('htmx:beforeSwap', ({ target, xhr, requestConfig }) => {
    // What is opened below a record does not take its place.
    const isOpened = requestConfig.elt.matches('[data-opens]')
    if (target.matches(RECORD) && !isOpened) tops.set(xhr, topOf(target))
  })
  onRequest('htmx:afterSettle', ({ elt, target, xhr, requestConfig }) => {
    if (!requestConfig) return
    // What comes beside its target is not told of; the link that opened it knows its name.
    const part = openedBy(requestConfig.elt) || (elt !== target && recordOf(elt) ? elt : null)
    if (!part) return
    const active = document.activeElement
    const isHere = active === requestConfig.elt || part.contains(active) || leading === xhr
    if (isHere || active === document.body) {
      focusIn(part)
      leading = xhr
    }
    const top = tops.get(xhr)
    tops.delete(xhr)
    if (top !== undefined) window.scrollBy(0, topOf(part) - top)
  })
}

function focusIn(part: Element): void {
  for (const spot of SPOTS) {
    const found = part.querySelector(spot)
    if (!(found instanceof HTMLElement)) continue
    found.focus({ preventScroll: true })
    found.scrollIntoView({ block: 'nearest' })
    return
  }
}

/** Beside what was typed comes a button that puts it back; without a script it is copied by hand. */
function offerKept(): void {
  for (const kept of Array.from(document.querySelectorAll('.kept'))) {
    if (kept.querySelector('button')) continue
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'button compact'
    button.textContent = 'Pakai'
    kept.append(' ', button)
  }
}

function take(button: Element): void {
  const kept = button.closest('.kept')
  if (!kept) return
  const field = document.getElementById(kept.getAttribute('data-field') || '')
  const value = kept.querySelector('input')?.value || ''
  if (field instanceof HTMLInputElement && field.type === 'checkbox') {
    field.checked = value === 'true'
  } else if (
    field instanceof HTMLInputElement ||
    field instanceof HTMLSelectElement ||
    field instanceof HTMLTextAreaElement
  ) {
    field.value = value
  } else return
  field.dispatchEvent(new Event('change', { bubbles: true }))
  kept.remove()
  field.focus()
}

const topOf = (element: Element): number => element.getBoundingClientRect().top

const recordOf = (target: EventTarget | null): Element | null => closest(target, RECORD)

const closest = (target: EventTarget | null, selector: string): Element | null =>
  target instanceof Element ? target.closest(selector) : null
