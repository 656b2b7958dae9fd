/** The heads of a table and of a day stick to the top and cover what is under them. */
const COVERED = 80

const FIELD = 'input[id], select[id], textarea[id]'
const ANCHORS = 'tr[id^="entry-"], .panel[id]'

/** Remembers where the eye is: at the field in use, else at the first row in view. The answer leads back there. */
export function holdPlace(): () => void {
  const anchor = findAnchor()
  if (!anchor) return () => {}
  const top = topOf(anchor)
  return () => {
    const same = document.getElementById(anchor.id)
    if (same) window.scrollBy(0, topOf(same) - top)
  }
}

function findAnchor(): Element | undefined {
  const focused = document.activeElement
  if (focused?.matches(FIELD)) return focused
  // Whoever looks at the figures on top of a dashboard goes on looking at them.
  if (window.scrollY === 0 && !document.querySelector('.history')) return undefined
  return Array.from(document.querySelectorAll(ANCHORS)).find((element) => {
    const top = topOf(element)
    return top >= COVERED && top < window.innerHeight
  })
}

const topOf = (element: Element): number => element.getBoundingClientRect().top
