import htmx from 'htmx.org'
import { tellFresh } from './dom.ts'
import { holdPlace } from './hold-place.ts'

const ROW = 'tr[id^="entry-"]'

/** The parts of the page that may be replaced, by the ids that the marker names. */
export function partsOf({ dataset }: HTMLElement): HTMLElement[] {
  const ids = (dataset.parts || '').split(' ')
  return ids.map((id) => document.getElementById(id)).filter(isThere)
}

/** Puts fresh parts in the place of old ones, marks the rows that were not there, and leaves the rest where it is. */
export function replaceParts(marker: HTMLElement, answer: Document): void {
  const putBack = holdPlace()
  const known = new Map(rowsOf(document).map((row) => [row.id, row.className]))
  for (const part of partsOf(marker)) {
    const fresh = answer.getElementById(part.id)
    if (!fresh) continue
    for (const row of rowsOf(fresh)) mark(row, known.get(row.id))
    keepOpen(part, fresh)
    part.replaceWith(fresh)
    htmx.process(fresh)
  }
  keepBalances(answer)
  // Without one there is nothing new to wait for any more.
  const next = answer.getElementById(marker.id)
  if (next) marker.replaceWith(next)
  else marker.remove()
  tellFresh()
  putBack()
}

/** How many rows of an answer are not on the page, and whether it has no other. */
export function countNew(answer: Document): { count: number; isAll: boolean } {
  const rows = rowsOf(answer)
  const count = rows.filter(({ id }) => !document.getElementById(id)).length
  return { count, isAll: count > 0 && count === rows.length }
}

function mark(row: Element, before: string | undefined): void {
  if (before === undefined || /\bnew\b/.test(before)) row.classList.add('new')
}

/** What was unfolded stays so. */
function keepOpen(part: Element, fresh: Element): void {
  const [before, after] = [detailsOf(part), detailsOf(fresh)]
  after.forEach((details, at) => {
    if (before.length === after.length) details.open = before[at]?.open === true
  })
}

/** The form stays, but what is said of a typed amount is reckoned from what is left now. */
function keepBalances(answer: Document): void {
  for (const fresh of Array.from(answer.querySelectorAll('input[data-balances]'))) {
    const field = document.getElementById(fresh.id)
    if (field) field.setAttribute('data-balances', fresh.getAttribute('data-balances') || '{}')
  }
}

const detailsOf = (where: ParentNode): HTMLDetailsElement[] =>
  Array.from(where.querySelectorAll('details'))

const rowsOf = (where: ParentNode): Element[] => Array.from(where.querySelectorAll(ROW))

const isThere = (element: HTMLElement | null): element is HTMLElement => element !== null
