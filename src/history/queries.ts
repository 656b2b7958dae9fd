import type { Actor } from '#src/auth/permissions.ts'
import type { Db } from '#src/database/client.ts'
import { inSnapshot } from '#src/database/transaction.ts'
import { readPageByDays, sumByDays } from '#src/history/by-days.ts'
import { countBeforeUpToLimit, readRowsByIndex, sumUpToLimit } from '#src/history/by-index.ts'
import { readIdsOfPairs, sumUpPairs, sumUpWithoutPairs } from '#src/history/by-pairs.ts'
import { findByWords } from '#src/history/by-words.ts'
import { type Choices, readChoices } from '#src/history/choices.ts'
import {
  type Chosen,
  COUNTED,
  type HistoryTotals,
  isByTime,
  isCountedByDays,
  isDownwards,
} from '#src/history/chosen.ts'
import { reachOf, scopeOf } from '#src/history/conditions.ts'
import { readDayFigures } from '#src/history/days.ts'
import type { HistoryFilter } from '#src/history/input.ts'
import { countBefore } from '#src/history/seek-day.ts'
import type { Found, Turn } from '#src/history/turning.ts'
import type { EntryView } from '#src/ledger/entry-view.ts'
import { compareWithinMinute } from '#src/ledger/order.ts'
import { completeEntries, readEntries } from '#src/ledger/queries.ts'
import { Rejected } from '#src/rejected.ts'
import type { Day } from '#src/units/business-day.ts'
import { compareLitres, type Litres } from '#src/units/litres.ts'

export type HistoryPage = Choices & {
  rows: EntryView[]
  totals: HistoryTotals
  days: Record<Day, { opening: Litres; in: Litres; out: Litres; closing: Litres }>
  /** The page shown, of so many that can be reached. */
  page: number
  totalPages: number
  /** Instead of numbered pages, where entries are found by words. */
  turn: Turn | null
}

/** One page of the history under a filter, its totals and its days, all of one moment. */
export async function readHistory(
  db: Db,
  actor: Actor,
  { filter, zone }: { filter: HistoryFilter; zone: string },
): Promise<HistoryPage> {
  return inSnapshot(db, async (snapshot) => {
    const choices = await readChoices(snapshot, actor)
    const scope = scopeOf(choices.locations, filter.location)
    // Words are looked for from the newest entry back.
    const sort = filter.search === undefined ? filter.sort : '-date'
    const chosen: Chosen = {
      filter: { ...filter, sort },
      places: scope.map(({ id }) => id),
      reach: reachOf(scope, choices.locations, actor),
      size: scope.reduce((sum, { entries }) => sum + entries, 0),
      zone,
    }
    const { rows: found, ...page } =
      filter.search === undefined
        ? await findNumbered(snapshot, chosen)
        : await findWords(snapshot, chosen)
    const rows = inOrderOf(found, chosen)
    const isWholeDays = isCountedByDays(chosen) && filter.type === undefined && isByTime(chosen)
    const shownDays = isWholeDays ? rows.map(({ occurredClock }) => occurredClock.slice(0, 10)) : []
    return { ...choices, ...page, rows, days: await readDayFigures(snapshot, scope, shownDays) }
  })
}

/** The index knows times and numbers; on a page a replacement stands beside what it replaced. */
function inOrderOf(rows: EntryView[], chosen: Chosen): EntryView[] {
  const sign = isDownwards(chosen) ? -1 : 1
  const place = ({ occurredAt, id, placeOfId }: EntryView) => ({ at: occurredAt, id, placeOfId })
  return rows.sort(
    isByTime(chosen)
      ? (a, b) =>
          sign *
          (a.occurredAt.getTime() - b.occurredAt.getTime() ||
            compareWithinMinute(place(a), place(b)))
      : (a, b) => sign * (compareLitres(a.litres, b.litres) || a.id - b.id),
  )
}

/** One entry, or null where there is none that this person may see. */
export async function findVisibleEntry(
  db: Db,
  actor: Actor,
  { id, zone }: { id: number; zone: string },
): Promise<EntryView | null> {
  const [entry] = await readEntries(db, zone, [id])
  const isVisible = actor.role !== 'operasional' || entry?.location === actor.location?.code
  return entry && isVisible ? entry : null
}

/** A page of entries and where it stands. */
type Page = Omit<Found, 'ids' | 'turn'> & Pick<HistoryPage, 'rows' | 'turn' | 'page' | 'totalPages'>

async function findWords(db: Db, chosen: Chosen): Promise<Page> {
  const { ids, ...found } = await findByWords(db, chosen)
  return { ...found, rows: await readEntries(db, chosen.zone, ids), page: 1, totalPages: 1 }
}

/** Days and months count what they can; the rest is counted, and paged through, up to ten thousand entries. */
async function findNumbered(db: Db, chosen: Chosen): Promise<Page> {
  const { zone, filter } = chosen
  const { limit, corrected } = filter
  const page = await findPage(db, chosen)
  const skip = (page - 1) * limit
  if (isCountedByDays(chosen) && isByTime(chosen)) {
    const { rows, totals } = await readPageByDays(db, chosen, { skip, limit })
    const totalPages = Math.ceil(totals.entries / limit)
    const isGapless = filter.type === undefined
    const views = await completeEntries(db, rows, { zone, isGapless })
    return { rows: views, totals, turn: null, page, totalPages }
  }
  const totals = await sumUp(db, chosen)
  const place = { skip, limit, found: totals.isMore ? null : totals.entries }
  const rows =
    corrected === 'yes'
      ? await readEntries(db, zone, await readIdsOfPairs(db, chosen, place))
      : await completeEntries(db, await readRowsByIndex(db, chosen, place), { zone })
  const totalPages = Math.ceil(Math.min(totals.entries, COUNTED) / limit)
  return { rows, totals, turn: null, page, totalPages }
}

async function sumUp(db: Db, chosen: Chosen): Promise<HistoryTotals> {
  const { corrected } = chosen.filter
  if (isCountedByDays(chosen)) return sumByDays(db, chosen)
  if (corrected === 'yes') return sumUpPairs(db, chosen)
  const whole = { ...chosen, filter: { ...chosen.filter, corrected: undefined } }
  const isCounting = corrected === 'no' && isCountedByDays(whole)
  return isCounting ? sumUpWithoutPairs(db, chosen) : sumUpToLimit(db, chosen)
}

/** The page asked for, or the one on which a day begins. Throws Rejected 422 where that day is out of reach. */
async function findPage(db: Db, chosen: Chosen): Promise<number> {
  const { page, date, limit } = chosen.filter
  if (date === undefined) return page
  if (!isByTime(chosen)) throw refuseDate('Urutkan menurut waktu dulu.')
  const before = isCountedByDays(chosen)
    ? await countBefore(db, chosen, date)
    : await countBeforeUpToLimit(db, chosen, date)
  if (before === null) throw refuseDate('Terlalu jauh untuk saringan ini. Isi sampai tanggal.')
  return Math.floor(before / limit) + 1
}

const refuseDate = (sentence: string): Rejected => new Rejected(422, sentence, { date: sentence })
