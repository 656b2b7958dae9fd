import { addDays, type Day } from '#src/units/business-day.ts'
import { type HistoryFilterValues, historyHref } from '#views/history/filter.ts'
import { drawnOnce } from '#views/ui/drawn-once.tsx'
import { RangeLinks } from '#views/ui/range-links.tsx'

export type RangesProps = { filter: HistoryFilterValues; today: Day; limit: number }

const MOST = 64

/** The ranges people ask for most, one click each. */
export const Ranges = drawnOnce(MOST, ({ filter, today, limit }: RangesProps) => {
  const ranges = rangesBefore(today).map(({ label, ...range }) => ({
    label,
    href: historyHref({ ...filter, ...range }, { limit }),
    isCurrent: filter.startDate === range.startDate && filter.endDate === range.endDate,
  }))
  return <RangeLinks ranges={ranges} />
})

export function rangesBefore(today: Day): { label: string; startDate: Day; endDate: Day }[] {
  const yesterday = addDays(today, -1)
  const monthStart = `${today.slice(0, 8)}01`
  const lastMonthEnd = addDays(monthStart, -1)
  return [
    { label: 'Hari ini', startDate: today, endDate: today },
    { label: 'Kemarin', startDate: yesterday, endDate: yesterday },
    { label: '7 hari', startDate: addDays(today, -6), endDate: today },
    { label: 'Bulan ini', startDate: monthStart, endDate: today },
    { label: 'Bulan lalu', startDate: `${lastMonthEnd.slice(0, 8)}01`, endDate: lastMonthEnd },
  ]
}
