import { onEach } from './dom.ts'
import { countNew } from './fresh-parts.ts'
import { holdPlace } from './hold-place.ts'

const PLACE = '#history-news'

/** Above the table: what is new, while somebody is at work in it. */
export function showNews(answer: Document): void {
  const place = document.querySelector(PLACE)
  if (!place) return
  const { count, isAll } = countNew(answer)
  const words =
    count === 0 ? 'Ada yang berubah' : `${isAll ? 'Sedikitnya ' : ''}${count} catatan baru`
  const known = place.querySelector('span')
  if (known && known.textContent === words) return
  const putBack = holdPlace()
  place.textContent = ''
  const sentence = document.createElement('span')
  sentence.textContent = words
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'button compact'
  button.textContent = 'Tampilkan'
  place.append(sentence, ' ', button)
  putBack()
}

/** A button that had the focus leaves it to the table. */
export function hideNews(): void {
  const place = document.querySelector(PLACE)
  if (!place || place.textContent === '') return
  const isFocused = place.contains(document.activeElement)
  const root = place.closest('.history')
  const putBack = holdPlace()
  place.textContent = ''
  if (isFocused && root instanceof HTMLElement) root.focus({ preventScroll: true })
  putBack()
}

export const onNewsAsked = (show: () => void): void =>
  onEach('click', `${PLACE} button`, () => show())
