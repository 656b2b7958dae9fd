import { formatDay, isDay } from '#src/units/business-day.ts'
import type { HistoryFilterValues } from '#views/history/filter.ts'
import { KIND_LABELS } from '#views/stock/kind-labels.ts'
import type { Option } from '#views/ui/select.tsx'

export type Person = { id: number; name: string }
/** Which genset or tug, and the name of its location. */
export type Consumer = { id: number; name: string; location: string }

export type FilterWordsProps = {
  filter: Partial<Record<keyof HistoryFilterValues, string | undefined>>
  locations: { code: string; name: string }[]
  people?: Person[]
  consumers?: Consumer[]
  showLocation: boolean
}

const ALL: Option = { value: '', label: 'Semua' }

export const TYPES: Option[] = [
  ALL,
  { value: 'IN', label: 'Masuk' },
  { value: 'OUT', label: 'Keluar' },
]

/** As the rows of the table say it. */
export const KINDS: Option[] = [
  ALL,
  ...Object.entries(KIND_LABELS).map(([value, label]) => ({ value, label })),
]

export const CORRECTED: Option[] = [
  ALL,
  { value: 'yes', label: 'Hanya yang diperbaiki' },
  { value: 'no', label: 'Tanpa yang diperbaiki' },
]

export const SORTS: Option[] = [
  { value: '', label: 'Terbaru' },
  { value: 'date', label: 'Terlama' },
  { value: '-amount', label: 'Liter terbanyak' },
  { value: 'amount', label: 'Liter tersedikit' },
]

/** "01/11/2026–23/11/2026, semua lokasi, keluar". */
export function filterInWords({ filter, showLocation, ...known }: FilterWordsProps): string {
  const { type = '', kind = '', location = '', search = '', corrected = '' } = filter
  const place = known.locations.find(({ code }) => code === location)?.name ?? 'semua lokasi'
  const person = nameOf(known.people, filter.user)
  const consumer = nameOf(known.consumers, filter.consumer)
  const isAnyKind = type === '' && kind === ''
  const parts = [
    periodInWords(filter),
    showLocation ? place : '',
    isAnyKind ? 'semua jenis' : [choiceInWords(KINDS, kind), choiceInWords(TYPES, type)],
    person === '' ? '' : `oleh ${person}`,
    consumer === '' ? '' : `untuk ${consumer}`,
    choiceInWords(CORRECTED, corrected),
    search === '' ? '' : `“${search}”`,
  ]
  return parts
    .flat()
    .filter((part) => part !== '')
    .join(', ')
}

function choiceInWords(options: Option[], chosen: string): string {
  if (chosen === '') return ''
  return options.find(({ value }) => value === chosen)?.label.toLowerCase() ?? ''
}

/** Somebody who is in no list any more is still a filter. */
export function nameOf(list: { id: number; name: string }[] = [], chosen = ''): string {
  if (chosen === '') return ''
  return list.find(({ id }) => String(id) === chosen)?.name ?? `nomor ${chosen}`
}

export function periodInWords({
  startDate = '',
  endDate = '',
}: FilterWordsProps['filter']): string {
  const from = isDay(startDate) ? formatDay(startDate) : ''
  const to = isDay(endDate) ? formatDay(endDate) : ''
  if (from !== '' && to !== '') return from === to ? from : `${from}–${to}`
  if (from !== '') return `Sejak ${from}`
  return to === '' ? 'Semua tanggal' : `Sampai ${to}`
}
