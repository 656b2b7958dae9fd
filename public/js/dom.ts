/** Told when parts of the page were replaced by others than htmx. */
const FRESH_EVENT = 'bbm:fresh'

/** Runs once the page is there, and again after each swap of htmx or of fresh parts. */
export function onContent(work: () => void): void {
  document.addEventListener('DOMContentLoaded', work)
  document.addEventListener('htmx:afterSettle', work)
  document.addEventListener(FRESH_EVENT, work)
}

export function tellFresh(): void {
  document.dispatchEvent(new CustomEvent(FRESH_EVENT))
}

/** Listens to what happens in elements that match, those still to come included. */
export function onEach(type: string, selector: string, work: (element: Element) => void): void {
  document.addEventListener(type, (event) => {
    const element = event.target
    if (element instanceof Element && element.matches(selector)) work(element)
  })
}

/** The part of htmx's event detail that is used here. */
export type RequestDetail = {
  elt: Element
  target: Element
  xhr: XMLHttpRequest
  requestConfig: { verb: string; elt: Element }
  /** Before the swap: whether there will be one, and whether it counts as an error. */
  shouldSwap: boolean
  isError: boolean
}

export function onRequest(type: string, work: (detail: RequestDetail) => void): void {
  document.addEventListener(type, (event) => {
    if (event instanceof CustomEvent) work(event.detail)
  })
}
