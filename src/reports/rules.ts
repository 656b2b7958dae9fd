import type { Figures, Period } from '#src/charts/rules.ts'
import type { Month } from '#src/reports/month.ts'
import type { Day } from '#src/units/business-day.ts'
import type { Litres } from '#src/units/litres.ts'

export type Counted = { litres: Litres; entries: number }

/** What was taken back in a month and what was booked in its place, of deliveries or of usage. */
export type Corrections = { pairs: number; takenBack: Litres; putRight: Litres }

/** Usage of one genset or tug; null where none was named. */
export type ConsumerUsage = Counted & { consumer: string | null }

export type ReportDay = Figures & { date: Day }

/** The place of a report, with what its chart draws as limits. */
export type ReportPlace = {
  code: string
  name: string
  capacityLitres: Litres | null
  lowStockLitres: Litres | null
}

/** A month of one location in one line. */
export type Recap = Figures & { location: ReportPlace }

export type LocationReport = Recap & {
  /** The stock with which its books began, where they began in this month. */
  begun: Counted
  deliveries: Counted
  usage: Counted
  /** What came and went otherwise: nothing, as long as deliveries and usage are all there is. */
  otherIn: Litres
  otherOut: Litres
  corrections: { in: Corrections; out: Corrections }
  /** Largest first. */
  consumers: ConsumerUsage[]
  days: ReportDay[]
}

export type MonthReport = Period & {
  month: Month
  /** The month has not ended: its figures end with `last`. */
  isRunning: boolean
  /** Those that could be chosen. */
  locations: { code: string; name: string }[]
  recaps: Recap[]
  total: Figures
  /** Null where they are too many for one report. */
  details: LocationReport[] | null
}

/** Entries that count, added up by kind and by who used it. */
export type KindSum = Counted & { kind: string; consumer: string | null }

/** Reversals, added up by their own type, which is the opposite of what they took back. */
export type CorrectionSum = Corrections & { type: 'IN' | 'OUT' }

export function recapOf(location: ReportPlace, days: ReportDay[]): Recap {
  return {
    location,
    opening: days[0]?.opening ?? 0n,
    in: days.reduce((sum, day) => sum + day.in, 0n),
    out: days.reduce((sum, day) => sum + day.out, 0n),
    closing: days[days.length - 1]?.closing ?? 0n,
  }
}

export function locationReport(
  location: ReportPlace,
  read: { days: ReportDay[]; kinds: KindSum[]; corrections: CorrectionSum[] },
): LocationReport {
  const recap = recapOf(location, read.days)
  const begun = countedOf(read.kinds, 'opening')
  const deliveries = countedOf(read.kinds, 'delivery')
  const usage = countedOf(read.kinds, 'usage')
  return {
    ...recap,
    begun,
    deliveries,
    usage,
    otherIn: recap.in - begun.litres - deliveries.litres,
    otherOut: recap.out - usage.litres,
    corrections: {
      in: correctionsOf(read.corrections, 'OUT'),
      out: correctionsOf(read.corrections, 'IN'),
    },
    consumers: consumersOf(read.kinds),
    days: read.days,
  }
}

/** Several locations together. */
export function totalOf(recaps: Figures[]): Figures {
  const sum = (name: keyof Figures) => recaps.reduce((all, recap) => all + recap[name], 0n)
  return { opening: sum('opening'), in: sum('in'), out: sum('out'), closing: sum('closing') }
}

function countedOf(kinds: KindSum[], kind: string): Counted {
  const of = kinds.filter((sum) => sum.kind === kind)
  return {
    litres: of.reduce((all, { litres }) => all + litres, 0n),
    entries: of.reduce((all, { entries }) => all + entries, 0),
  }
}

function correctionsOf(sums: CorrectionSum[], type: 'IN' | 'OUT'): Corrections {
  const { pairs = 0, takenBack = 0n, putRight = 0n } = sums.find((sum) => sum.type === type) ?? {}
  return { pairs, takenBack, putRight }
}

function consumersOf(kinds: KindSum[]): ConsumerUsage[] {
  return kinds
    .filter(({ kind }) => kind === 'usage')
    .map(({ consumer, litres, entries }) => ({ consumer, litres, entries }))
    .sort((a, b) => (a.litres < b.litres ? 1 : a.litres > b.litres ? -1 : 0))
}
