import type { ChartRow, Period, Step } from '#src/charts/rules.ts'
import { formatDate, formatDay } from '#src/units/business-day.ts'
import type { Litres } from '#src/units/litres.ts'

/** "25 Oktober sampai 23 November 2026"; the year stands once where it is the same. */
export function periodInWords({ first, last }: Period): string {
  if (first === last) return formatDate(last)
  const from = formatDate(first)
  const isSameYear = first.slice(0, 4) === last.slice(0, 4)
  return `${isSameYear ? from.slice(0, -5) : from} sampai ${formatDate(last)}`
}

export const STEP_HEADS: Record<Step, string> = {
  day: 'Tanggal',
  week: 'Minggu mulai',
  month: 'Bulan',
}

export const EACH_STEP: Record<Step, string> = {
  day: 'tiap hari',
  week: 'tiap minggu, mulai Senin',
  month: 'tiap bulan',
}

/** "23/11", the first day of a week "16/11/2026", "November 2026". */
export function rowInWords({ first }: ChartRow, step: Step): string {
  if (step === 'day') return formatDay(first).slice(0, 5)
  return step === 'week' ? formatDay(first) : formatDate(first).replace(/^\d+ /, '')
}

/** How far from the usual, rounded to a whole per cent: "+12%", "−8%", "0%"; empty where there is no usual. */
export function differenceInWords(litres: Litres, expected: Litres | null): string {
  if (expected === null || expected === 0n) return ''
  const percent = Math.round((Number(litres - expected) / Number(expected)) * 100)
  return `${percent > 0 ? '+' : percent < 0 ? '−' : ''}${Math.abs(percent)}%`
}
