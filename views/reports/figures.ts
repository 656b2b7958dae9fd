import type { Counted, LocationReport, MonthReport } from '#src/reports/rules.ts'
import { formatDate } from '#src/units/business-day.ts'
import { formatLitres, formatSigned, type Litres } from '#src/units/litres.ts'

/** One line of the report's first table; the amount as it is written. */
export type Figure = { label: string; amount: string; note: string; isBalance: boolean }

/** From what was there to what is left: the lines between the two add up. */
export function figuresOf(report: LocationReport, { first, last }: MonthReport): Figure[] {
  const { begun, deliveries, usage, otherIn, otherOut } = report
  return [
    balance('Stok awal', report.opening, `${formatDate(first)} pukul 00.00`),
    ...onlyWhere(begun.entries > 0, move('Stok awal pembukuan', begun.litres, 'awal buku')),
    move('Stok masuk', deliveries.litres, counted(deliveries, 'kiriman')),
    ...onlyWhere(otherIn !== 0n, move('Masuk lainnya', otherIn, '')),
    move('Pemakaian', -usage.litres, counted(usage, 'catatan')),
    ...onlyWhere(otherOut !== 0n, move('Keluar lainnya', -otherOut, '')),
    balance('Stok akhir', report.closing, `akhir ${formatDate(last)}`),
  ]
}

const balance = (label: string, litres: Litres, note: string): Figure => ({
  label,
  amount: formatLitres(litres),
  note,
  isBalance: true,
})

const move = (label: string, litres: Litres, note: string): Figure => ({
  label,
  amount: formatSigned(litres),
  note,
  isBalance: false,
})

const counted = ({ entries }: Counted, noun: string): string =>
  entries === 0 ? 'tidak ada' : `${entries} ${noun}`

const onlyWhere = (isSo: boolean, figure: Figure): Figure[] => (isSo ? [figure] : [])
