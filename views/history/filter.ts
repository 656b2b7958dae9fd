/** The history's filter as it stands in the URL. Empty means: not filtered; an empty `sort` is newest first. */
export type HistoryFilterValues = {
  search: string
  startDate: string
  endDate: string
  type: string
  kind: string
  location: string
  /** Numbers of the person who booked it and of the consumer. */
  user: string
  consumer: string
  corrected: string
  sort: string
}

/** Which part of what the filter chooses: a page by its number, or beside a cursor where words are looked for. */
export type Place = { page?: number; limit?: number; before?: string; after?: string }

export const HISTORY_PATH = '/history'
export const DEFAULT_SORT = '-date'

export const DEFAULT_LIMIT = 20

/** The address of the history under a filter, without what is at its default. */
export function historyHref(filter: HistoryFilterValues, place: Place = {}): string {
  const query = new URLSearchParams(placeFields(filter, place))
  const text = query.toString()
  return text === '' ? HISTORY_PATH : `${HISTORY_PATH}?${text}`
}

/** The same as names and values, for a form that keeps them. */
export function placeFields(filter: HistoryFilterValues, place: Place = {}): [string, string][] {
  const { page = 1, limit = DEFAULT_LIMIT, before = '', after = '' } = place
  const fields = Object.entries({
    ...filter,
    sort: filter.sort === DEFAULT_SORT ? '' : filter.sort,
    limit: limit === DEFAULT_LIMIT ? '' : String(limit),
    page: page > 1 ? String(page) : '',
    before,
    after,
  })
  return fields.filter(([, value]) => value !== '')
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

export const isFiltered = ({ sort: _, ...filter }: HistoryFilterValues): boolean =>
  Object.values(filter).some((value) => value !== '')

export const sortOf = (filter: HistoryFilterValues): string => filter.sort || DEFAULT_SORT

export const isByDay = (filter: HistoryFilterValues): boolean => sortOf(filter).endsWith('date')
