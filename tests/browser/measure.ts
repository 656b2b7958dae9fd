import type { Page } from 'playwright-core'
import { z } from 'zod'

const elements = z.array(z.string())

/** What a person would see as broken, each with the element at fault. */
export const Faults = z.object({
  /** By how many pixels the page is wider than the screen. */
  wider: z.number(),
  outside: elements,
  cut: elements,
  /** Too small for a finger. */
  small: elements,
  /** Words of one cell over those of another. */
  crossed: elements,
})

/** Runs in the page, also in an old browser; text, since the page's policy forbids the evaluation of functions. */
export const FIND_FAULTS = `(function () {
  var width = document.documentElement.clientWidth
  var faults = { wider: document.documentElement.scrollWidth - width, outside: [], cut: [], small: [], crossed: [] }
  function isShown(element) {
    var box = element.getBoundingClientRect()
    return box.width > 1 && box.height > 1 && getComputedStyle(element).visibility === 'visible' &&
      !element.closest('.skip, .visually-hidden, .brand span')
  }
  function name(element) {
    var words = (element.innerText || element.value || '').slice(0, 40)
    var box = element.getBoundingClientRect()
    return element.tagName + '.' + element.getAttribute('class') + ' "' + words + '" ' +
      [box.left, box.top, box.width, box.height].map(Math.round).join(' ')
  }
  function hidesOverflow(style) {
    return style.overflowX === 'hidden' || style.overflowX === 'clip'
  }
  Array.from(document.body.querySelectorAll('*')).filter(isShown).forEach(function (element) {
    var box = element.getBoundingClientRect()
    if (box.left < -1 || box.right > width + 1) faults.outside.push(name(element))
    var isCut = element.scrollWidth > element.clientWidth + 1 && hidesOverflow(getComputedStyle(element))
    if (isCut && element.clientWidth > 0 && !element.matches('input, select, svg, svg *')) faults.cut.push(name(element))
    var isTarget = element.matches('a, button, input, select, textarea, summary')
    if (isTarget && element.labels && element.matches('[type=radio], [type=checkbox]')) box = element.labels[0].getBoundingClientRect()
    if (isTarget && (box.height < 43.5 || box.width < 43.5)) faults.small.push(name(element))
  })
  function lettersOf(cell) {
    var walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT)
    var boxes = []
    while (walker.nextNode()) {
      var range = document.createRange()
      range.selectNodeContents(walker.currentNode)
      boxes = boxes.concat(Array.from(range.getClientRects()))
    }
    return boxes
  }
  function isCrossed(a, b) {
    return Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
      Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4
  }
  Array.from(document.querySelectorAll('tr')).filter(isShown).forEach(function (row) {
    var cells = Array.from(row.children).filter(isShown)
    cells.forEach(function (cell, at) {
      cells.slice(at + 1).forEach(function (other) {
        var others = lettersOf(other)
        var isHit = lettersOf(cell).some(function (a) {
          return others.some(function (b) { return isCrossed(a, b) })
        })
        if (isHit) faults.crossed.push(name(cell) + ' / ' + name(other))
      })
    })
  })
  return faults
})()`

export async function findFaults(page: Page): Promise<z.output<typeof Faults>> {
  return Faults.parse(await page.evaluate(FIND_FAULTS))
}

/** The largest letters inside an element, and the largest anywhere else, in pixels. */
export async function largestLetters(
  page: Page,
  selector: string,
): Promise<{ inside: number; outside: number }> {
  return page.evaluate(`(function () {
    var largest = { inside: 0, outside: 0 }
    Array.from(document.body.querySelectorAll('*')).forEach(function (element) {
      var hasText = Array.from(element.childNodes).some(function (node) {
        return node.nodeType === 3 && node.nodeValue.trim() !== ''
      })
      if (!hasText || element.getClientRects().length === 0) return
      var key = element.closest(${JSON.stringify(selector)}) ? 'inside' : 'outside'
      largest[key] = Math.max(largest[key], parseFloat(getComputedStyle(element).fontSize))
    })
    return largest
  })()`)
}
