/**
 * The company's calendar. An instant is a Date (UTC); a day is `YYYY-MM-DD` and a wall clock is
 * `YYYY-MM-DDTHH:mm`, both as a clock on the wall of the depot shows them in the company's zone.
 */
export type Day = string
export type WallClock = string

const MINUTE = 60_000
const DAY = 86_400_000

/** Every zone of the world shifts its clock on a quarter of an hour, so the offset is looked up once for each. */
const QUARTER = 15 * MINUTE
const MAX_CACHED_OFFSETS = 200_000
const offsets = new Map<string, number>()
const formatters = new Map<string, Intl.DateTimeFormat>()

/** The business day, cut at midnight in `zone`: 16:05 UTC is the next day in Makassar. */
export function businessDay(instant: Date, zone: string): Day {
  return wallClock(instant, zone).slice(0, 10)
}

export function wallClock(instant: Date, zone: string): WallClock {
  return new Date(instant.getTime() + offsetAt(instant.getTime(), zone)).toISOString().slice(0, 16)
}

/** The instant at which the wall shows `clock` (the earlier of two), or null where it never does. */
export function instantOf(clock: WallClock, zone: string): Date | null {
  const shown = Date.parse(`${clock}:00Z`)
  if (Number.isNaN(shown)) return null
  const guesses = [shown - DAY, shown + DAY].map((near) => shown - offsetAt(near, zone))
  const hit = guesses.sort((a, b) => a - b).find((guess) => guess + offsetAt(guess, zone) === shown)
  return hit === undefined ? null : new Date(hit)
}

/** The first instant of a day; where the clock skips midnight, the first minute that exists. */
export function dayStart(day: Day, zone: string): Date {
  for (let minute = 0; minute < 180; minute += 15) {
    const clock = new Date(Date.parse(`${day}T00:00:00Z`) + minute * MINUTE)
      .toISOString()
      .slice(0, 16)
    const instant = instantOf(clock, zone)
    if (instant) return instant
  }
  throw new RangeError(`no such day in ${zone}: ${day}`)
}

export function addDays(day: Day, count: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY).toISOString().slice(0, 10)
}

/** Days from the first to the last, both included; 0 where the last comes first. */
export function countDays(first: Day, last: Day): number {
  return Math.max(
    0,
    Math.round((Date.parse(`${last}T00:00:00Z`) - Date.parse(`${first}T00:00:00Z`)) / DAY) + 1,
  )
}

/** The last day of the day's month. */
export const lastOfMonth = (day: Day): Day => addDays(monthOf(addDays(monthOf(day), 31)), -1)

/** The first day of the day's month. */
export const monthOf = (day: Day): Day => `${day.slice(0, 8)}01`

/** A real calendar day between 1900 and 2999: refuses 30 February. */
export function isDay(text: string): boolean {
  if (!/^(19|2\d)\d{2}-\d{2}-\d{2}$/.test(text)) return false
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text
}

/** Cuts seconds off: fuel moves in whole minutes. */
export function wholeMinute(instant: Date): Date {
  return new Date(Math.floor(instant.getTime() / MINUTE) * MINUTE)
}

/** ISO 8601 with a minute at least, and perhaps an offset. */
export const INSTANT_PATTERN =
  /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::([0-5]\d)(?:\.\d{1,9})?)?(Z|[+-](?:0\d|1[0-4]):?[0-5]\d)?$/

/** Reads ISO 8601, with an offset or (without one) in `zone`, cut to whole minutes; null where it is no time. */
export function readInstant(text: string, zone: string): Date | null {
  const match = INSTANT_PATTERN.exec(text)
  if (!match) return null
  const [, day = '', clock = '', , offset] = match
  if (!isDay(day) || !/^([01]\d|2[0-3]):[0-5]\d$/.test(clock)) return null
  if (!offset) return instantOf(`${day}T${clock}`, zone)
  const colon = offset === 'Z' ? 'Z' : `${offset.slice(0, 3)}:${offset.slice(-2)}`
  return new Date(Date.parse(`${day}T${clock}:00${colon}`))
}

/** Reads a time as people type it where the browser draws no calendar: `23/11/2026 14.05`; null where it is no time. */
export function readTypedTime(text: string, zone: string): Date | null {
  const match = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})[ ,T]+(\d{1,2})[.:](\d{2})$/.exec(text.trim())
  if (!match) return readInstant(text.trim().replace(' ', 'T'), zone)
  const [, day = '', month = '', year = '', hour = '', minute = ''] = match
  const pad = (part: string) => part.padStart(2, '0')
  return readInstant(`${year}-${pad(month)}-${pad(day)}T${pad(hour)}:${minute}`, zone)
}

/** Reads a day as people type it where the browser draws no calendar: `23/11/2026`, or as a calendar sends it. */
export function readTypedDay(text: string): Day | null {
  const match = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text.trim())
  const [, day = '', month = '', year = ''] = match ?? []
  const iso = match ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : text.trim()
  return isDay(iso) ? iso : null
}

const MONTHS =
  'Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember'.split(
    ' ',
  )
const WEEKDAYS = 'Minggu Senin Selasa Rabu Kamis Jumat Sabtu'.split(' ')

/** "23/11/2026" */
export function formatDay(day: Day): string {
  return `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(0, 4)}`
}

/** "23 November 2026" */
export function formatDate(day: Day): string {
  return `${Number(day.slice(8, 10))} ${MONTHS[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`
}

/** "Senin, 23 November 2026" */
export function formatLongDay(day: Day): string {
  return `${WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()]}, ${formatDate(day)}`
}

/** "14.05" */
export function formatClock(clock: WallClock): string {
  return clock.slice(11, 16).replace(':', '.')
}

/** "23/11/2026 14.05" */
export function formatDayClock(clock: WallClock): string {
  return `${formatDay(clock)} ${formatClock(clock)}`
}

/** "hari ini 14.05"; of another day than `today` "23/11/2026 14.05". */
export function formatRecent(clock: WallClock, today: Day): string {
  return clock.slice(0, 10) === today ? `hari ini ${formatClock(clock)}` : formatDayClock(clock)
}

const INDONESIAN_ZONES: Record<string, string> = {
  'Asia/Makassar': 'WITA',
  'Asia/Jakarta': 'WIB',
  'Asia/Pontianak': 'WIB',
  'Asia/Jayapura': 'WIT',
}

/** The name people give the zone: "WITA" for Makassar, else the zone's own name. */
export function zoneLabel(zone: string): string {
  return INDONESIAN_ZONES[zone] ?? zone
}

/** A place's zone, by its name: an offset such as +08:00 is none, since it says nothing of where the company is. */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false
  try {
    formatterOf(zone)
    return true
  } catch {
    return false
  }
}

function offsetAt(time: number, zone: string): number {
  const bucket = Math.floor(time / QUARTER)
  const key = `${zone} ${bucket}`
  const known = offsets.get(key)
  if (known !== undefined) return known
  if (offsets.size >= MAX_CACHED_OFFSETS) offsets.clear()
  const offset = measureOffset(bucket * QUARTER, zone)
  offsets.set(key, offset)
  return offset
}

function measureOffset(time: number, zone: string): number {
  const parts = Object.fromEntries(
    formatterOf(zone)
      .formatToParts(time)
      .map((part) => [part.type, Number(part.value)]),
  )
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second) - time
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  formatters.set(zone, made)
  return made
}
