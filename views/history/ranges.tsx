import { addDays, type Day } from '#src/units/business-day.ts'
import { type HistoryFilterValues, historyHref } from '#views/history/filter.ts'

export type RangesProps = { filter: HistoryFilterValues; today: Day }

/** The ranges people ask for most, one click each. */
export function Ranges({ filter, today }: RangesProps) {
  return (
    <nav class="ranges" aria-label="Rentang cepat">
      {rangesBefore(today).map(({ label, startDate, endDate }) => {
        const href = historyHref({ ...filter, startDate, endDate })
        const isCurrent = filter.startDate === startDate && filter.endDate === endDate
        return (
          <>
            <a href={href} hx-get={href} aria-current={isCurrent ? 'true' : undefined}>
              {label}
            </a>{' '}
          </>
        )
      })}
    </nav>
  )
}

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
