import { describe, expect, test } from 'bun:test'
import { Gauge } from '#views/ui/gauge.tsx'
import { LitreNumber } from '#views/ui/litre-number.tsx'
import { pageNumbers } from '#views/ui/pager.tsx'

describe('page numbers', () => {
  test.each([
    [1, 1, '1'],
    [1, 7, '1 2 … 7'],
    [3, 7, '1 2 3 4 … 7'],
    [4, 7, '1 2 3 4 5 6 7'],
    [5, 500, '1 … 4 5 6 … 500'],
    [500, 500, '1 … 499 500'],
    [9, 2, '1 2'],
  ])('around page %d of %d', (page, total, shown) => {
    expect(
      pageNumbers(page, total)
        .map((to) => to ?? '…')
        .join(' '),
    ).toBe(shown)
  })
})

describe('the number of a plate', () => {
  test('has small hundredths and no spaces inside', () => {
    expect(String(<LitreNumber litres={1_846_050n} />)).toBe(
      '<strong class="plate-number">18.460<small>,50</small><abbr title="liter">L</abbr></strong>',
    )
  })

  test('steps down where it is long', () => {
    expect(String(<LitreNumber litres={123_456_789n} />)).toContain('plate-number is-long"')
    expect(String(<LitreNumber litres={999_999_999_999n} />)).toContain('plate-number is-longest"')
  })
})

describe('the gauge', () => {
  test('is drawn full over capacity and says the true share', () => {
    const html = String(
      <Gauge name="GENSET" litres={300n} capacityLitres={200n} lowStockLitres={null} />,
    )
    expect(html).toContain('<rect class="gauge-level" y="18" width="100%" height="24"></rect>')
    expect(html).toContain('terisi 150% dari kapasitas 2,00 liter.')
  })
})
