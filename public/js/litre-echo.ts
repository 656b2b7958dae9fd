import { echoLitres } from '#src/units/litre-echo.ts'
import { onContent, onEach } from './dom.ts'

const FIELD = 'input[data-litres]'

/** Answers each keystroke in a field of litres with the number as it is understood. */
export function echoTypedLitres(): void {
  onEach('input', FIELD, echo)
  onEach('change', '[name=location]', () => echoAll())
  onContent(echoAll)
}

function echoAll(): void {
  for (const field of Array.from(document.querySelectorAll(FIELD))) echo(field)
}

function echo(field: Element): void {
  if (!(field instanceof HTMLInputElement)) return
  const output = document.getElementById(`${field.id}-echo`)
  if (!output) return
  const result = echoLitres(field.value, balanceFor(field), field.getAttribute('data-litres') || '')
  const parts: (Node | string)[] = []
  if (result.kind === 'problem' && !isJudged(field)) parts.push(result.sentence)
  if (result.kind === 'amount') {
    parts.push('= ', strong(result.amount), result.rest === '' ? '' : ` · ${result.rest}`)
  }
  replace(output, parts)
}

/** Still as the server refused it, which says so itself. */
const isJudged = (field: HTMLInputElement): boolean =>
  field.getAttribute('aria-invalid') === 'true' && field.value === field.defaultValue

/** What is left at the location that the form names. */
function balanceFor(field: HTMLInputElement): string | undefined {
  const location = field.form ? field.form.elements.namedItem('location') : null
  if (!(location instanceof HTMLInputElement || location instanceof HTMLSelectElement))
    return undefined
  const balances: Record<string, string> = JSON.parse(field.getAttribute('data-balances') || '{}')
  return balances[location.value]
}

function strong(text: string): HTMLElement {
  const element = document.createElement('strong')
  element.textContent = text
  return element
}

/** Unchanged text is left alone, so that a screen reader is not told twice. */
function replace(output: HTMLElement, parts: (Node | string)[]): void {
  const draft = document.createElement('div')
  draft.append(...parts)
  if (draft.innerHTML !== output.innerHTML) output.innerHTML = draft.innerHTML
}
