import type { Cover, Reach } from '#src/cover/rules.ts'
import { type Day, formatDate } from '#src/units/business-day.ts'

/** Until when the stock lasts at the pace of the last days, in a few words: "Cukup sampai ± 3 Desember". */
export function coverInWords(cover: Cover, today: Day): string {
  if (cover === null) return 'Cukup sampai: belum cukup data'
  const { emptyOn } = cover.recent
  if (emptyOn === 'passed') return 'Stok habis'
  if (emptyOn === 'far') return 'Cukup lebih dari 10 tahun'
  return `Cukup sampai ${reachInWords(emptyOn, { today, passed: '' })}`
}

/** "± 3 Desember", with the year where it is another one. */
export function reachInWords(
  reach: Reach,
  { today, passed }: { today: Day; passed: string },
): string {
  if (reach === 'passed') return passed
  if (reach === 'far') return 'lebih dari 10 tahun'
  const date = formatDate(reach)
  return `± ${reach.slice(0, 4) === today.slice(0, 4) ? date.slice(0, -5) : date}`
}
