import type { z } from 'zod'
import type { Figures } from '#src/charts/rules.ts'
import type { ReportAnswer } from '#src/reports/answers.ts'
import type { Corrections, Counted, LocationReport, MonthReport } from '#src/reports/rules.ts'
import { toDecimal } from '#src/units/litres.ts'

/** A report for programs: litres as decimals. Where there are too many locations for one report, each is its line. */
export function reportJson({
  month,
  first,
  last,
  isRunning,
  recaps,
  details,
}: MonthReport): z.input<typeof ReportAnswer> {
  return {
    month,
    startDate: first,
    endDate: last,
    running: isRunning,
    locations: recaps.map(({ location, ...recap }) => {
      const detail = details?.find((each) => each.location.code === location.code)
      return {
        location: location.code,
        name: location.name,
        ...figuresJson(recap),
        details: detail ? detailsJson(detail) : null,
      }
    }),
  }
}

function detailsJson(report: LocationReport) {
  return {
    initialStock: countedJson(report.begun),
    deliveries: countedJson(report.deliveries),
    usage: countedJson(report.usage),
    otherIn: toDecimal(report.otherIn),
    otherOut: toDecimal(report.otherOut),
    corrections: {
      in: correctionsJson(report.corrections.in),
      out: correctionsJson(report.corrections.out),
    },
    consumers: report.consumers.map(({ consumer, ...sum }) => ({ consumer, ...countedJson(sum) })),
    days: report.days.map(({ date, ...figures }) => ({ date, ...figuresJson(figures) })),
  }
}

const countedJson = ({ litres, entries }: Counted) => ({ amount: toDecimal(litres), entries })

const correctionsJson = ({ pairs, takenBack, putRight }: Corrections) => ({
  pairs,
  takenBack: toDecimal(takenBack),
  putRight: toDecimal(putRight),
})

const figuresJson = ({ opening, in: litresIn, out, closing }: Figures) => ({
  opening: toDecimal(opening),
  in: toDecimal(litresIn),
  out: toDecimal(out),
  closing: toDecimal(closing),
})
