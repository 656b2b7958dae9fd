/** What is charted: the stock, or who used it. */
export type ChartsView = '' | 'consumers'

/** The charts' filter as it stands in the address: days as YYYY-MM-DD; empty means the usual. */
export type ChartsFilterValues = {
  startDate: string
  endDate: string
  location: string
  view: ChartsView
}

export const CHARTS_PATH = '/charts'
export const CHARTS_CSV_PATH = '/charts.csv'

export function chartsHref(filter: ChartsFilterValues, path = CHARTS_PATH): string {
  const given = Object.entries(filter).filter(([, value]) => value !== '')
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`
}

export type Named = {
  /** "grafik" */
  noun: string
  location: { code: string } | null
  first: string
  last: string
}

/** What a file is called, without its ending: "grafik-GENSET-2026-11-01-2026-11-23". */
export function fileNameOf({ noun, location, first, last }: Named): string {
  return [noun, location?.code ?? 'semua', first, last].filter((part) => part !== '').join('-')
}
