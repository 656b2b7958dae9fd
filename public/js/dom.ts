/** Runs once the page is there, and again after each swap of htmx. */
export function onContent(work: () => void): void {
  document.addEventListener('DOMContentLoaded', work)
  document.addEventListener('htmx:afterSettle', work)
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
}

export function onRequest(type: string, work: (detail: RequestDetail) => void): void {
  document.addEventListener(type, (event) => {
    if (event instanceof CustomEvent) work(event.detail)
  })
}
