import type { Name } from '#tests/support/cast.ts'

/** The plain model: a list of entries. Everything else is counted again from it, by loops over the whole list. */
export const PLACES = ['GENSET', 'TUG_ASSIST'] as const
export type Place = (typeof PLACES)[number]
export type EntryType = 'IN' | 'OUT'
export type EntryKind = 'opening' | 'delivery' | 'usage' | 'reversal'

export type Entry = {
  /** The number that the real system gave it; the model only asks that numbers grow. */
  id: number
  place: Place
  type: EntryType
  kind: EntryKind
  /** In hundredths. */
  litres: bigint
  /** The minute, in milliseconds since 1970. */
  at: number
  by: Name
  bookedAt: number
  notes: string | null
  consumer: string | null
  reversesId: number | null
  replacesId: number | null
  /** The entry at whose place in the minute this one stands. */
  placeOfId: number | null
  isOverfull: boolean
}

export type Draft = Omit<Entry, 'id'>

export type DayRow = {
  net: bigint
  litresIn: bigint
  litresOut: bigint
  entriesIn: number
  entriesOut: number
  lowest: bigint
  highest: bigint
}

/** One that was booked under a key: what the request said, and the rows that it led to. */
export type Known = { identity: string; ids: number[] }

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** Makassar is eight hours ahead and has never known summer time since. */
export const dayOf = (at: number): string => new Date(at + 8 * HOUR).toISOString().slice(0, 10)

/** Midnight at which the day of this moment began, or one so many days earlier. */
export const midnightOf = (at: number, daysEarlier = 0): number =>
  Math.floor((at + 8 * HOUR) / DAY) * DAY - 8 * HOUR - daysEarlier * DAY

export const plus = ({ type, litres }: Pick<Entry, 'type' | 'litres'>): bigint =>
  type === 'IN' ? litres : -litres

/** By time; within a minute by number, a replacement that kept its minute at the place of what it replaced. */
export function inOrder<Row extends Pick<Entry, 'at' | 'placeOfId' | 'id'>>(rows: Row[]): Row[] {
  return [...rows].sort(
    (a, b) => a.at - b.at || (a.placeOfId ?? a.id) - (b.placeOfId ?? b.id) || a.id - b.id,
  )
}

export function reversedIds(entries: Entry[]): Set<number> {
  return new Set(entries.flatMap(({ reversesId }) => reversesId ?? []))
}

/** The entries of a place that count, in order: no reversals, and nothing that was reversed. */
export function timelineOf(entries: Entry[], place: Place): Entry[] {
  const reversed = reversedIds(entries)
  return inOrder(
    entries.filter(
      (entry) => entry.place === place && entry.kind !== 'reversal' && !reversed.has(entry.id),
    ),
  )
}

/** What is left after each entry, those that do not count among them. */
export function balancesAfter(entries: Entry[], place: Place): Map<number, bigint> {
  const counting = new Set(timelineOf(entries, place))
  const after = new Map<number, bigint>()
  let balance = 0n
  for (const entry of inOrder(entries.filter((one) => one.place === place))) {
    if (counting.has(entry)) balance += plus(entry)
    after.set(entry.id, balance)
  }
  return after
}

export function balanceOf(entries: Entry[], place: Place): bigint {
  return timelineOf(entries, place).reduce((sum, entry) => sum + plus(entry), 0n)
}

/** Every day on which there is a row, also where none of them counts. */
export function daysOf(entries: Entry[], place: Place): Map<string, DayRow> {
  const here = entries.filter((entry) => entry.place === place)
  const days = new Map(here.map((entry) => [dayOf(entry.at), quietDay()]))
  for (const entry of timelineOf(entries, place)) {
    const row = days.get(dayOf(entry.at)) ?? quietDay()
    row.net += plus(entry)
    if (entry.type === 'IN') {
      row.litresIn += entry.litres
      row.entriesIn++
    } else {
      row.litresOut += entry.litres
      row.entriesOut++
    }
    if (row.net < row.lowest) row.lowest = row.net
    if (row.net > row.highest) row.highest = row.net
    days.set(dayOf(entry.at), row)
  }
  return days
}

const quietDay = (): DayRow => ({
  net: 0n,
  litresIn: 0n,
  litresOut: 0n,
  entriesIn: 0,
  entriesOut: 0,
  lowest: 0n,
  highest: 0n,
})

/** All rows of a day, whether they count or not, and when the last one moved. */
export function rowsOf(entries: Entry[], place: Place, day: string) {
  const rows = entries.filter((entry) => entry.place === place && dayOf(entry.at).startsWith(day))
  const rowsIn = rows.filter(({ type }) => type === 'IN').length
  return { rowsIn, rowsOut: rows.length - rowsIn, lastAt: Math.max(...rows.map(({ at }) => at)) }
}

/** What each genset and tug used by day, as far as it counts. */
export function usesOf(entries: Entry[], place: Place) {
  const uses = new Map<string, { litres: bigint; entries: number }>()
  for (const { kind, consumer, at, litres } of timelineOf(entries, place)) {
    if (kind !== 'usage' || consumer === null) continue
    const key = `${dayOf(at)} ${consumer}`
    const use = uses.get(key) ?? { litres: 0n, entries: 0 }
    uses.set(key, { litres: use.litres + litres, entries: use.entries + 1 })
  }
  return uses
}

/** The months, as `2026-11`. */
export function monthsOf(entries: Entry[], place: Place) {
  const days = [...daysOf(entries, place)]
  const months = new Set(days.map(([day]) => day.slice(0, 7)))
  return [...months].map((month) => {
    const own = days.filter(([day]) => day.startsWith(month)).map(([, row]) => row)
    const sum = (name: 'litresIn' | 'litresOut') => own.reduce((sum, row) => sum + row[name], 0n)
    const litres = { litresIn: sum('litresIn'), litresOut: sum('litresOut') }
    return [month, { ...litres, ...rowsOf(entries, place, month) }] as const
  })
}

/** The first moment at which a timeline falls below zero, and how far. */
export function firstBelowZero<Row extends Pick<Entry, 'at' | 'type' | 'litres'>>(
  timeline: Row[],
): { row: Row; balance: bigint } | null {
  let balance = 0n
  for (const row of timeline) {
    balance += plus(row)
    if (balance < 0n) return { row, balance }
  }
  return null
}
