import { onContent, onEach, onRequest } from './dom.ts'

const RECORD = '.record'
/** A row below the record's own, with something to do or to read. */
const UNDER = '.record-under'

/** What the eye is led to in a record that was swapped in: what is wrong, what is told, else the form or its link. */
const SPOTS = [
  '[data-errors]',
  '[aria-invalid=true]',
  '[data-told]',
  '.editing [name]',
  '.record-under button',
  '.c-end a',
]

/** A row turns into its form and back in its place; Escape cancels, and the focus stays with the row. */
export function editRows(): void {
  document.addEventListener('keydown', pressed)
  document.addEventListener('click', clicked, true)
  onContent(offerKept)
  onEach('click', '[data-take]', take)
  holdRecord()
}

/** Whoever edits two rows at once closes the one in which they are. */
function pressed(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || event.defaultPrevented) return
  const part = closest(event.target, UNDER) || recordOf(event.target)
  const cancel = part?.querySelector('[data-cancel], [data-close]')
  if (cancel instanceof HTMLElement) cancel.click()
}

/** What nobody has saved yet needs no answer to vanish; what is open already is not opened twice. */
function clicked(event: MouseEvent): void {
  const link = closest(event.target, 'a')
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
  const opened = document.getElementById(link.getAttribute('data-opens') || '')
  const isCancelled = link.matches('[data-cancel]:not([hx-get])') && link.closest('.row-form')
  if (!opened && !isCancelled && !link.matches('[data-close]')) return
  event.preventDefault()
  event.stopPropagation()
  if (opened) focusIn(opened)
  else close(link)
}

function close(link: Element): void {
  const record = recordOf(link)
  const part = link.closest(UNDER) || record
  if (!part) return
  const opener = document.querySelector(`[data-opens="${openedIdOf(part)}"]`)
  part.remove()
  const target = opener || record?.querySelector('.c-end a')
  if (target instanceof HTMLElement) target.focus()
}

/** A record of several rows is known by its form's. */
function openedIdOf(part: Element): string {
  const row = part.id === '' ? part.querySelector('tr[id]') : part
  return row ? row.id : ''
}

/** Keeps the record where the eye is, and leads the keyboard to it, unless the person has gone on to something else. */
function holdRecord(): void {
  const tops = new Map<XMLHttpRequest, number>()
  onRequest('htmx:beforeSwap', ({ target, xhr }) => {
    if (target.matches(RECORD)) tops.set(xhr, topOf(target))
  })
  onRequest('htmx:afterSettle', ({ elt, target, xhr, requestConfig }) => {
    // Where something came beside the target, that one is told of as well.
    if (!requestConfig || elt === target || !recordOf(elt)) return
    const top = tops.get(xhr)
    tops.delete(xhr)
    const active = document.activeElement
    const isHere = active === requestConfig.elt || elt.contains(active)
    if (isHere || active === document.body) focusIn(elt)
    if (top !== undefined) window.scrollBy(0, topOf(elt) - top)
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

/** Without a script what was typed is copied by hand. */
function offerKept(): void {
  for (const button of Array.from(document.querySelectorAll<HTMLElement>('[data-take]')))
    button.hidden = false
}

function take(button: Element): void {
  const field = document.getElementById(button.getAttribute('data-take') || '')
  const value = button.getAttribute('data-value') || ''
  if (field instanceof HTMLInputElement && field.type === 'checkbox') {
    field.checked = value === 'true'
  } else if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) {
    field.value = value
  } else return
  field.dispatchEvent(new Event('change', { bubbles: true }))
  const kept = button.closest('.kept')
  if (kept) kept.remove()
  field.focus()
}

const topOf = (element: Element): number => element.getBoundingClientRect().top

const recordOf = (target: EventTarget | null): Element | null => closest(target, RECORD)

const closest = (target: EventTarget | null, selector: string): Element | null =>
  target instanceof Element ? target.closest(selector) : null
