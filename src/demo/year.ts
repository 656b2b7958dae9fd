import { addDays, businessDay, dayStart } from '#src/units/business-day.ts'
import { type Litres, smallest } from '#src/units/litres.ts'

/** A location of the example with the habits of its people. */
export type Depot = {
  code: string
  kind: 'genset' | 'tug'
  capacityLitres: Litres
  lowStockLitres: Litres
  consumers: string[]
  openingLitres: Litres
  /** Litres of one tanker, and of one usage from and to. */
  tankerLitres: number[]
  usageLitres: [number, number]
  usagesADay: [number, number]
}

export type Movement = {
  kind: 'opening' | 'delivery' | 'usage'
  location: string
  at: Date
  bookedAfterMs: number
  litres: Litres
  notes: string | null
  reference: string | null
  consumer: string | null
}

export const DEPOTS: Depot[] = [
  {
    code: 'GENSET',
    kind: 'genset',
    capacityLitres: 25_000_00n,
    lowStockLitres: 5_000_00n,
    consumers: ['Genset #1 500 kVA', 'Genset #2 500 kVA', 'Genset #3 250 kVA'],
    openingLitres: 14_250_50n,
    tankerLitres: [5_000, 8_000],
    usageLitres: [90, 360],
    usagesADay: [3, 6],
  },
  {
    code: 'TUG_ASSIST',
    kind: 'tug',
    capacityLitres: 40_000_00n,
    lowStockLitres: 8_000_00n,
    consumers: ['TB Bosowa I', 'TB Bosowa II', 'TB Anging Mammiri', 'KM Losari'],
    openingLitres: 21_400_00n,
    tankerLitres: [8_000, 16_000],
    usageLitres: [180, 720],
    usagesADay: [1, 4],
  },
]

const MINUTE = 60_000
const DAYS = 365
const FIRST_SHIFT_MINUTE = 6 * 60
const LAST_SHIFT_MINUTE = 21 * 60
const REORDER_PART = 3n

/** A year of one location, up to now: usages by day, a tanker whenever a third is left, never more than the tank holds. */
export function makeYear(depot: Depot, now: Date, zone: string): Movement[] {
  const firstDay = addDays(businessDay(now, zone), -DAYS)
  const start = dayStart(firstDay, zone).getTime()
  const year: Movement[] = [move(depot, 'opening', start, depot.openingLitres)]
  let balance = depot.openingLitres
  for (let day = 0; day <= DAYS; day++) {
    for (const at of timesOf(depot, dayStart(addDays(firstDay, day), zone).getTime())) {
      if (at > now.getTime() - 2 * MINUTE) continue
      const tanker =
        balance < depot.capacityLitres / REORDER_PART ? whole(pick(depot.tankerLitres)) : 0n
      if (tanker > 0n && balance + tanker <= depot.capacityLitres) {
        year.push(move(depot, 'delivery', at - MINUTE, tanker))
        balance += tanker
      }
      const litres = smallest(quarters(between(...depot.usageLitres)), balance)
      if (litres === 0n) continue
      year.push(move(depot, 'usage', at, litres))
      balance -= litres
    }
  }
  return year
}

function timesOf({ usagesADay }: Depot, midnight: number): number[] {
  const count = between(...usagesADay)
  const times = Array.from(
    { length: count },
    () => midnight + between(FIRST_SHIFT_MINUTE, LAST_SHIFT_MINUTE) * MINUTE,
  )
  return times.sort((a, b) => a - b)
}

function move(depot: Depot, kind: Movement['kind'], at: number, litres: Litres): Movement {
  const isUsage = kind === 'usage'
  return {
    kind,
    location: depot.code,
    at: new Date(at),
    bookedAfterMs: between(5_000, 55_000),
    litres,
    notes: isUsage
      ? usageNote(depot)
      : kind === 'delivery'
        ? `nopol DD ${between(8000, 9999)} KB`
        : null,
    reference: kind === 'delivery' ? `DO ${between(80_000_000, 89_999_999)}` : null,
    consumer: isUsage ? pick(depot.consumers) : null,
  }
}

function usageNote({ kind }: Depot): string | null {
  if (Math.random() < 0.3) return null
  if (kind === 'genset') return `beban ${between(35, 90)}% ${between(2, 8)} jam`
  return `assist ${pick(['sandar', 'lepas', 'geser'])} ${between(1, 6)} jam`
}

const between = (low: number, high: number): number =>
  low + Math.floor(Math.random() * (high - low + 1))
const whole = (litres: number): Litres => BigInt(litres) * 100n
const quarters = (litres: number): Litres => whole(litres) + BigInt(pick([0, 25, 50, 75]))

function pick<T>(list: T[]): T {
  const [item] = list.slice(Math.floor(Math.random() * list.length))
  if (item === undefined) throw new RangeError('nothing to pick from')
  return item
}
