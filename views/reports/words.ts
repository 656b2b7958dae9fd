import type { Corrections, MonthReport } from '#src/reports/rules.ts'
import type { Settings, Signature } from '#src/settings/queries.ts'
import { formatDate } from '#src/units/business-day.ts'
import { formatLitres, type Litres } from '#src/units/litres.ts'

export const REPORTS_PATH = '/reports'

/** What stands around the figures, on the page as in the PDF. */
export type ReportFrame = {
  settings: Settings
  /** Where it is signed: "Makassar". */
  city: string
  /** "23/11/2026 14.05 WITA oleh Wati Lestari" */
  madeInWords: string
}

/** In the order in which they stand below a report. */
export const SIGNATURES: readonly Signature[] = ['prepared', 'checked', 'acknowledged', 'approved']

/** Above each signature of a report. */
export const SIGNATURE_LABELS: Record<Signature, string> = {
  prepared: 'Dibuat',
  checked: 'Diperiksa',
  acknowledged: 'Mengetahui',
  approved: 'Menyetujui',
}

export const NOBODY_NAMED = 'Tanpa nama'
export const SIGNATURE_LINE = '_____________'

/** "November 2026" */
export const monthInWords = (month: string): string =>
  formatDate(`${month}-01`).replace(/^\d+ /, '')

/** "1 sampai 30 November 2026"; a month that goes on ends with today. */
export function coverInWords({ last, isRunning }: Pick<MonthReport, 'last' | 'isRunning'>): string {
  const running = isRunning ? ', bulan berjalan' : ''
  return last.endsWith('-01')
    ? `${formatDate(last)}${running}`
    : `1 sampai ${formatDate(last)}${running}`
}

export function reportHref(month: string, location: string, ending: '' | '.pdf' = ''): string {
  const query = location === '' ? '' : `?${new URLSearchParams({ location })}`
  return `${REPORTS_PATH}/${month}${ending}${query}`
}

/** What a file of this report is called: "laporan-GENSET-2026-11.pdf". */
export const fileNameOf = (month: string, location: string): string =>
  `laporan-${location || 'semua'}-${month}.pdf`

/** "2 pasangan: ditarik 500,00 L, penggantinya 350,00 L" */
export function correctionsInWords({ pairs, takenBack, putRight }: Corrections): string {
  if (pairs === 0) return 'tidak ada'
  const put = putRight === 0n ? 'tanpa pengganti' : `penggantinya ${formatLitres(putRight)} L`
  return `${pairs} pasangan: ditarik ${formatLitres(takenBack)} L, ${put}`
}

/** The share of `part` in `whole` as people write it, rounded to a tenth: "48,3%". */
export function shareInWords(part: Litres, whole: Litres): string {
  if (whole === 0n) return '0,0%'
  const tenths = (part * 2_000n + whole) / (2n * whole)
  return `${tenths / 10n},${tenths % 10n}%`
}
