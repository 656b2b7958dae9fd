import { dayStart, isDay, readInstant } from '#src/units/business-day.ts'

/** The order of day and month in `03/04/2021`. */
export type DateOrder = 'dmy' | 'mdy'

export type FileTime = { at: Date } | { problem: string }

const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:T| +)(.+))?$/
const SLASHED = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ ,T]+(.+))?$/
const CLOCK = /^(\d{1,2})[.:](\d{2})(?:[.:](\d{2})(\.\d{1,9})?)? ?(Z|[+-]\d{2}:?\d{2})?$/

const UNREADABLE = 'Tulis tanggal dan jam, dengan tahun empat angka, misalnya 31/01/2021 14.05.'

/**
 * Reads a time of a file, cut to whole minutes: ISO 8601, or day, month and year with `14.05` or `14:05`.
 * Without an offset it is the time of `zone`; without a clock it is the start of the day.
 */
export function readTime(cell: string, order: DateOrder, zone: string): FileTime {
  const parts = splitDate(cell.trim(), order)
  if (!parts) return { problem: UNREADABLE }
  const { day, clock } = parts
  if (day < '1900') return { problem: 'Tahunnya sebelum 1900.' }
  if (!isDay(day)) return { problem: 'Tanggal ini tidak ada di kalender.' }
  if (clock === undefined) return { at: dayStart(day, zone) }
  const match = CLOCK.exec(clock)
  if (!match) return { problem: 'Jamnya tidak terbaca. Tulis misalnya 14.05.' }
  const [, hour = '', minute = '', second = '00', , offset = ''] = match
  const at = readInstant(`${day}T${hour.padStart(2, '0')}:${minute}:${second}${offset}`, zone)
  return at ? { at } : { problem: 'Jam ini tidak ada.' }
}

/** What a date tells about its file before anything is decided: the order it proves, and where it would stand in time. */
export type DateClue = {
  /** "either" where day and month could be read both ways and would differ. */
  proves: DateOrder | 'either' | null
  /** A time written `14.05`, as Indonesian programs write it. */
  hasPointClock: boolean
  /** Sorts as the time does, under each order. */
  sortKeys: Record<DateOrder, string>
}

export function readDateClue(cell: string): DateClue | null {
  const text = cell.trim()
  const dmy = splitDate(text, 'dmy')
  const mdy = splitDate(text, 'mdy')
  if (!dmy || !mdy) return null
  const clock = dmy.clock ?? ''
  const padded = /^\d[.:]/.test(clock) ? `0${clock}` : clock
  return {
    proves: ISO.test(text) ? null : provenOrder(dmy.day, mdy.day),
    hasPointClock: /^\d{1,2}\.\d{2}/.test(clock),
    sortKeys: { dmy: `${dmy.day} ${padded}`, mdy: `${mdy.day} ${padded}` },
  }
}

function provenOrder(dmy: string, mdy: string): DateOrder | 'either' | null {
  if (dmy === mdy) return null
  const isDayMonth = dmy.slice(5, 7) <= '12'
  const isMonthDay = mdy.slice(5, 7) <= '12'
  if (isDayMonth && isMonthDay) return 'either'
  if (isDayMonth) return 'dmy'
  return isMonthDay ? 'mdy' : null
}

function splitDate(
  text: string,
  order: DateOrder,
): { day: string; clock: string | undefined } | null {
  const iso = ISO.exec(text)
  if (iso) return { day: dayOf(iso[1], iso[2], iso[3]), clock: iso[4] }
  const match = SLASHED.exec(text)
  if (!match) return null
  const [, first, second, year, clock] = match
  const [day, month] = order === 'dmy' ? [first, second] : [second, first]
  return { day: dayOf(year, month, day), clock }
}

const dayOf = (year = '', month = '', day = ''): string =>
  `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
