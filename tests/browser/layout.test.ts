import { expect, test } from 'bun:test'
import type { Page } from 'playwright-core'
import { findFaults } from '#tests/browser/measure.ts'
import { keepHardBooks, VIEWS } from '#tests/browser/pages.ts'
import { useDepot } from '#tests/browser/visit.ts'

const SCREENS = {
  desktop: { width: 1366, height: 768 },
  phone: { width: 360, height: 740 },
  'smallest phone': { width: 320, height: 640 },
} as const

/** Every page of the app in one test. */
const MANY_PAGES_MS = 240_000

const AXE = await Bun.file(Bun.resolveSync('axe-core/axe.min.js', import.meta.dir)).text()

const { visit } = useDepot(keepHardBooks)

for (const [screen, viewport] of Object.entries(SCREENS)) {
  test(
    `on a ${screen} no page scrolls sideways, and nothing is cut or too small to touch`,
    async () => {
      const isPhone = viewport.width < 960
      const found: unknown[] = []
      for (const as of new Set(VIEWS.map((view) => view.as))) {
        const { page } = await visit({ viewport, ...(as && { as }) })
        for (const { name, path, act } of VIEWS.filter((view) => view.as === as)) {
          await page.goto(path)
          await act?.(page)
          const { wider, outside, cut, crossed, small } = await findFaults(page)
          const wrong = [...outside, ...cut, ...crossed, ...(isPhone ? small : [])]
          if (wider > 0 || wrong.length > 0) found.push({ name, wider, wrong })
        }
      }
      expect(found).toEqual([])
    },
    MANY_PAGES_MS,
  )
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(
    `axe finds nothing wrong with any page in ${colorScheme} colours`,
    async () => {
      const found: unknown[] = []
      for (const as of new Set(VIEWS.map((view) => view.as))) {
        const { page } = await visit({ colorScheme, ...(as && { as }) })
        for (const { name, path, act } of VIEWS.filter((view) => view.as === as)) {
          await page.goto(path)
          await act?.(page)
          const violations = await findViolations(page)
          if (violations.length > 0) found.push({ name, violations })
        }
      }
      expect(found).toEqual([])
    },
    MANY_PAGES_MS,
  )
}

async function findViolations(page: Page): Promise<unknown[]> {
  await page.evaluate(AXE)
  return page.evaluate(`axe.run().then(function (result) {
    if (result.passes.length < 10) throw new Error('axe has looked at next to nothing')
    return result.violations.map(function (rule) {
      return { id: rule.id, help: rule.help, at: rule.nodes.map(function (node) { return node.html.slice(0, 150) + ' ' + node.failureSummary }) }
    })
  })`)
}
