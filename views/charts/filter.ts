import type { ChartRow } from '#src/charts/rules.ts'

/** The charts' filter as it stands in the address: days as YYYY-MM-DD; empty means the usual. */
export type ChartsFilterValues = { startDate: string; endDate: string; location: string }

export const CHARTS_PATH = '/charts'
export const CHARTS_CSV_PATH = '/charts.csv'

export function chartsHref(filter: ChartsFilterValues, path = CHARTS_PATH): string {
  const given = Object.entries(filter).filter(([, value]) => value !== '')
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`
}

export type Named = { rows: ChartRow[]; location: { code: string } | null }

/** What a file of these rows is called, without its ending: "grafik-GENSET-2026-11-01-2026-11-23". */
export function fileNameOf({ rows, location }: Named): string {
  const ends = [rows[0]?.first ?? '', rows[rows.length - 1]?.last ?? '']
  return ['grafik', location?.code ?? 'semua', ...ends].filter((part) => part !== '').join('-')
}
