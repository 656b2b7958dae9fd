import { formatClock, formatDate, formatLongDay, isDay } from '#src/units/business-day.ts'
import { onContent, onEach } from './dom.ts'

const FIELD = 'input[type=date], input[type=datetime-local]'

/** A picker shows dates in the browser's own language; where that is not Indonesian the date stands below in words. */
export function sayDatesInWords(): void {
  if (/^id\b/.test(navigator.language)) return
  onEach('input', FIELD, say)
  onEach('change', FIELD, say)
  onContent(() => {
    for (const field of Array.from(document.querySelectorAll(FIELD))) say(field)
  })
}

function say(field: Element): void {
  if (!(field instanceof HTMLInputElement)) return
  const words = inWords(field.value)
  const known = document.getElementById(`${field.id}-words`)
  if (known) known.textContent = words
  else if (words !== '') field.insertAdjacentElement('afterend', lineOf(`${field.id}-words`, words))
}

function lineOf(id: string, words: string): HTMLElement {
  const line = document.createElement('p')
  line.className = 'hint in-words'
  line.id = id
  line.textContent = words
  return line
}

function inWords(value: string): string {
  const day = value.slice(0, 10)
  if (!isDay(day)) return ''
  return value.length > 10 ? `${formatLongDay(day)} pukul ${formatClock(value)}` : formatDate(day)
}
