import { eq } from 'drizzle-orm'
import { isUnder } from '#src/alerts/rules.ts'
import type { Db } from '#src/database/client.ts'
import {
  locationBalances,
  locationDays,
  locationMonths,
  locations,
} from '#src/database/schema/locations.ts'
import { compareFigure, type WrongFigure } from '#src/ledger/verify/figures.ts'
import {
  type DayRow,
  EMPTY_DAY,
  EMPTY_MONTH,
  type MonthRow,
  monthsOf,
  type Sums,
} from '#src/ledger/verify/sums.ts'
import { compareUses, readUses, type Uses } from '#src/ledger/verify/uses.ts'
import { type Day, formatDay } from '#src/units/business-day.ts'
import { formatLitres, type Litres } from '#src/units/litres.ts'

/** The derived rows of a location as they are stored. */
export type Derived = {
  balance: { balance: Litres; entries: number; isLow: boolean } | null
  lowStockLitres: Litres | null
  days: Map<Day, DayRow>
  months: Map<Day, MonthRow>
  uses: Uses
}

const DAY_FIGURES = [
  'net',
  'litresIn',
  'litresOut',
  'entriesIn',
  'entriesOut',
  'lowest',
  'highest',
  'rowsIn',
  'rowsOut',
  'lastAt',
] as const
const MONTH_FIGURES = ['litresIn', 'litresOut', 'rowsIn', 'rowsOut'] as const

export async function readDerived(db: Db, locationId: number): Promise<Derived> {
  const [found] = await db
    .select({
      lowStockLitres: locations.lowStockLitres,
      balance: locationBalances.balance,
      entries: locationBalances.entries,
      lowSince: locationBalances.lowSince,
    })
    .from(locations)
    .leftJoin(locationBalances, eq(locationBalances.locationId, locations.id))
    .where(eq(locations.id, locationId))
  const days = await db.select().from(locationDays).where(eq(locationDays.locationId, locationId))
  const months = await db
    .select()
    .from(locationMonths)
    .where(eq(locationMonths.locationId, locationId))
  const { lowStockLitres = null, balance = null, entries = null, lowSince = null } = found ?? {}
  return {
    balance:
      balance === null || entries === null ? null : { balance, entries, isLow: lowSince !== null },
    lowStockLitres,
    days: new Map(days.map(({ locationId: _, businessDay, ...day }) => [businessDay, day])),
    months: new Map(months.map(({ locationId: _, month, ...figures }) => [month, figures])),
    uses: await readUses(db, locationId),
  }
}

/** Every figure that differs, in words: what is left first, then the days, the months and who used it in their order. */
export function compareDerived(
  { code }: { code: string },
  stored: Derived,
  sums: Sums,
): WrongFigure[] {
  const months = monthsOf(sums)
  return [
    ...compareBalance(code, stored, sums),
    ...keysOf(sums.days, stored.days).flatMap((day) => {
      const is = stored.days.get(day) ?? EMPTY_DAY
      const should = sums.days.get(day) ?? EMPTY_DAY
      const what = `${code} ${formatDay(day)}`
      return DAY_FIGURES.flatMap((name) =>
        compareFigure(`${what}: ${name}`, { day, is: is[name], should: should[name] }),
      )
    }),
    ...keysOf(months, stored.months).flatMap((month) => {
      const is = stored.months.get(month) ?? EMPTY_MONTH
      const should = months.get(month) ?? EMPTY_MONTH
      const what = `${code} bulan ${formatDay(month).slice(3)}`
      return MONTH_FIGURES.flatMap((name) =>
        compareFigure(`${what}: ${name}`, { is: is[name], should: should[name] }),
      )
    }),
    ...compareUses({ code }, stored.uses, sums),
  ]
}

const keysOf = (...maps: Map<Day, unknown>[]): Day[] =>
  [...new Set(maps.flatMap((map) => [...map.keys()]))].sort()

function compareBalance(
  code: string,
  { balance: stored, lowStockLitres }: Derived,
  sums: Sums,
): WrongFigure[] {
  if (stored === null) {
    const change = `${code}: baris sisa dibuat lagi, ${formatLitres(sums.balance)} liter`
    return [{ day: null, use: null, sentence: `${code}: baris sisa tidak ada`, change }]
  }
  const wrong: WrongFigure[] = []
  const say = (what: string, from: string, to: string) =>
    wrong.push({
      day: null,
      use: null,
      sentence: `${code}: ${what} tersimpan ${from}, seharusnya ${to}`,
      change: `${code}: ${what} ${from} menjadi ${to}`,
    })
  if (stored.balance !== sums.balance)
    say('sisa', formatLitres(stored.balance), `${formatLitres(sums.balance)} liter`)
  if (stored.entries !== sums.entries)
    say('jumlah catatan', String(stored.entries), String(sums.entries))
  const isLow = sums.entries > 0 && isUnder(sums.balance, lowStockLitres)
  if (stored.isLow !== isLow) say('tanda stok menipis', yesOrNo(stored.isLow), yesOrNo(isLow))
  return wrong
}

const yesOrNo = (is: boolean): string => (is ? 'ya' : 'tidak')
