/** The history's filter as it stands in the URL. Empty means: not filtered; an empty `sort` is newest first. */
export type HistoryFilterValues = {
  search: string
  startDate: string
  endDate: string
  type: string
  location: string
  sort: string
}

export const HISTORY_PATH = '/history'
export const DEFAULT_SORT = '-date'

const DEFAULT_LIMIT = 20

/** The address of the history under a filter, without what is at its default. */
export function historyHref(
  filter: HistoryFilterValues,
  { page = 1, limit = DEFAULT_LIMIT }: { page?: number; limit?: number } = {},
): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(filter)) {
    if (value !== '' && !(name === 'sort' && value === DEFAULT_SORT)) query.set(name, value)
  }
  if (limit !== DEFAULT_LIMIT) query.set('limit', String(limit))
  if (page > 1) query.set('page', String(page))
  const text = query.toString()
  return text === '' ? HISTORY_PATH : `${HISTORY_PATH}?${text}`
}

/** The address of everything that a filter chooses, as a file. */
export function exportHref(filter: HistoryFilterValues, format: 'xlsx' | 'csv-id'): string {
  const query = new URLSearchParams({ format })
  for (const [name, value] of Object.entries(filter))
    if (value !== '' && name !== 'sort') query.set(name, value)
  return `/stock/export?${query}`
}

/** The address of an entry's correction, which remembers the history's filter to come back to. */
export function correctionHref(entryId: number, filter = ''): string {
  const query = filter === '' ? '' : `?filter=${encodeURIComponent(filter)}`
  return `${HISTORY_PATH}/${entryId}/correction${query}`
}

export function isFiltered(filter: HistoryFilterValues): boolean {
  const { search, startDate, endDate, type, location } = filter
  return [search, startDate, endDate, type, location].some((value) => value !== '')
}

export const sortOf = (filter: HistoryFilterValues): string => filter.sort || DEFAULT_SORT
