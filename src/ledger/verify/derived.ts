import { eq } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { locationBalances, locationDays } from '#src/database/schema/locations.ts'
import { type DayFigures, QUIET_DAY } from '#src/ledger/rules.ts'
import type { Sums } from '#src/ledger/verify/sums.ts'
import { type Day, formatDay } from '#src/units/business-day.ts'
import { formatLitres, type Litres } from '#src/units/litres.ts'

/** The derived rows of a location as they are stored. */
export type Derived = {
  balance: { balance: Litres; entries: number } | null
  days: Map<Day, DayFigures>
}

/** One figure that is not what the entries come to; `day` is null for what is left now. */
export type WrongFigure = { day: Day | null; sentence: string; change: string }

const FIGURES = [
  'net',
  'litresIn',
  'litresOut',
  'entriesIn',
  'entriesOut',
  'lowest',
  'highest',
] as const

export async function readDerived(db: Db, locationId: number): Promise<Derived> {
  const [balance] = await db
    .select({ balance: locationBalances.balance, entries: locationBalances.entries })
    .from(locationBalances)
    .where(eq(locationBalances.locationId, locationId))
  const days = await db.select().from(locationDays).where(eq(locationDays.locationId, locationId))
  return {
    balance: balance ?? null,
    days: new Map(days.map(({ locationId: _, businessDay, ...day }) => [businessDay, day])),
  }
}

/** Every figure that differs, in words, what is left first and then the days in their order. */
export function compareDerived(
  { code }: { code: string },
  stored: Derived,
  sums: Sums,
): WrongFigure[] {
  const days = [...new Set([...sums.days.keys(), ...stored.days.keys()])].sort()
  return [...compareBalance(code, stored.balance, sums), ...days.flatMap(compareDay)]

  /** A day of which every entry was reversed may keep a row of zeros, or have none. */
  function compareDay(day: Day): WrongFigure[] {
    const is = stored.days.get(day) ?? QUIET_DAY
    const should = sums.days.get(day) ?? QUIET_DAY
    return FIGURES.filter((name) => is[name] !== should[name]).map((name) => {
      const [from, to] = [show(is[name]), show(should[name])]
      const what = `${code} ${formatDay(day)}: ${name}`
      return {
        day,
        sentence: `${what} tersimpan ${from}, seharusnya ${to}`,
        change: `${what} ${from} menjadi ${to}`,
      }
    })
  }
}

function compareBalance(code: string, stored: Derived['balance'], sums: Sums): WrongFigure[] {
  if (stored === null) {
    const change = `${code}: baris sisa dibuat lagi, ${formatLitres(sums.balance)} liter`
    return [{ day: null, sentence: `${code}: baris sisa tidak ada`, change }]
  }
  const wrong: WrongFigure[] = []
  const say = (what: string, from: string, to: string) =>
    wrong.push({
      day: null,
      sentence: `${code}: ${what} tersimpan ${from}, seharusnya ${to}`,
      change: `${code}: ${what} ${from} menjadi ${to}`,
    })
  if (stored.balance !== sums.balance)
    say('sisa', formatLitres(stored.balance), `${formatLitres(sums.balance)} liter`)
  if (stored.entries !== sums.entries)
    say('jumlah catatan', String(stored.entries), String(sums.entries))
  return wrong
}

const show = (figure: Litres | number): string =>
  typeof figure === 'bigint' ? `${formatLitres(figure)} liter` : String(figure)
