import { notFound, Rejected } from '#src/rejected.ts'
import { addDays, type Day, isDay } from '#src/units/business-day.ts'

/** A calendar month of the company, `YYYY-MM`. */
export type Month = string

export const monthOf = (day: Day): Month => day.slice(0, 7)
export const firstDayOf = (month: Month): Day => `${month}-01`
export const lastDayOf = (month: Month): Day => addDays(firstDayOf(monthAfter(month, 1)), -1)

/** The month so many months later, or earlier. */
export function monthAfter(month: Month, count: number): Month {
  const months = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + count
  const year = String(Math.floor(months / 12)).padStart(4, '0')
  return `${year}-${String((months % 12) + 1).padStart(2, '0')}`
}

/** The month that an address names. Throws Rejected 404 where it is none, 422 where it has not begun. */
export function checkMonth(text: string, today: Day): Month {
  if (!/^\d{4}-\d{2}$/.test(text) || !isDay(firstDayOf(text))) throw notFound()
  if (text > monthOf(today)) {
    const sentence = 'Bulan ini belum mulai. Pilih bulan ini atau sebelumnya.'
    throw new Rejected(422, sentence, { month: sentence })
  }
  return text
}
