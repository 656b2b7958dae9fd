import { expect } from 'bun:test'
import {
  balanceOf,
  dayOf,
  daysOf,
  type Entry,
  inOrder,
  midnightOf,
  PLACES,
} from '#tests/ledger/model/books.ts'
import { entryJson, totalsOf } from '#tests/ledger/model/compare.ts'
import type { RealDepot } from '#tests/ledger/model/depot.ts'
import { decimal } from '#tests/ledger/model/requests.ts'
import { HOME, type Model } from '#tests/ledger/model/state.ts'
import type { Step } from '#tests/ledger/model/steps.ts'

type Look = Extract<Step, { step: 'look' }>

/** Reads the history under a filter, and what the dashboard and the charts say, as one person sees them. */
export async function look(model: Model, real: RealDepot, step: Look): Promise<string> {
  const { who, place } = step
  const desk = await real.desk(who)
  const [first, last] = daysOfFilter(model, step)
  const isBackwards = first !== null && last !== null && first > last
  const fields = {
    location: place,
    type: step.type,
    startDate: first,
    endDate: last,
    sort: step.sort,
    limit: step.limit,
    page: step.page,
  }
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(fields))
    if (value !== null) query.set(name, String(value))
  const response = await desk.get(`/api/stock/history?${query}`)
  const answer: unknown = await response.json()
  const isElsewhere = HOME[who] !== undefined && place !== null && HOME[who] !== place
  const status = model.dismissed.has(who) ? 401 : isElsewhere ? 403 : isBackwards ? 422 : 200
  expect({ status: response.status, answer }).toMatchObject({ status })
  if (status !== 200) return `look: ${status}`
  const rows = sorted(filtered(model, step), step.sort)
  const from = (step.page - 1) * step.limit
  expect(answer).toEqual({
    data: asShown(rows.slice(from, from + step.limit), step.sort).map((entry) =>
      entryJson(model, entry),
    ),
    pagination: {
      page: step.page,
      limit: step.limit,
      total: rows.length,
      totalPages: Math.ceil(rows.length / step.limit),
    },
    totals: totalsOf(model, rows),
  })
  await compareScreens(model, real)
  return 'look: seen'
}

function daysOfFilter(model: Model, { firstDaysAgo, lastDaysAgo }: Look) {
  const day = (daysAgo: number | null) =>
    daysAgo === null ? null : dayOf(midnightOf(model.now, daysAgo))
  return [day(firstDaysAgo), day(lastDaysAgo)] as const
}

function filtered(model: Model, step: Look): Entry[] {
  const [first, last] = daysOfFilter(model, step)
  const place = step.place ?? HOME[step.who]
  return model.entries.filter(
    (entry) =>
      (place === undefined || entry.place === place) &&
      (step.type === null || entry.type === step.type) &&
      (first === null || dayOf(entry.at) >= first) &&
      (last === null || dayOf(entry.at) <= last),
  )
}

/** By time or by amount, those that are equal by number: a page must never show one twice. */
function sorted(rows: Entry[], sort: Look['sort']): Entry[] {
  const direction = sort.startsWith('-') ? -1 : 1
  const by = (entry: Entry) => (sort.endsWith('date') ? entry.at : Number(entry.litres))
  return [...rows].sort((a, b) => direction * (by(a) - by(b) || a.id - b.id))
}

/** Today on the dashboard, and every day since the beginning in the charts. */
/** By time, the rows of one page stand in the order of the ledger. */
function asShown(page: Entry[], sort: Look['sort']): Entry[] {
  if (!sort.endsWith('date')) return page
  return sort.startsWith('-') ? inOrder(page).reverse() : inOrder(page)
}

async function compareScreens(model: Model, real: RealDepot): Promise<void> {
  const desk = await real.desk('wati')
  const today = dayOf(model.now)
  const start = dayOf(midnightOf(model.now, 6))
  const summary: unknown = await (await desk.get('/api/stock/summary')).json()
  const open = PLACES.filter((place) => !model.closed.has(place))
  expect(summary).toMatchObject({
    data: open.map((location) => {
      const { date: _, location: __, ...figures } = trendDay(model, location, today)
      return { location, balance: decimal(balanceOf(model.entries, location)), today: figures }
    }),
  })
  const path = `/api/stock/trend?startDate=${start}&endDate=${today}`
  const trend: unknown = await (await desk.get(path)).json()
  const days = [6, 5, 4, 3, 2, 1, 0].map((ago) => dayOf(midnightOf(model.now, ago)))
  expect(trend).toEqual({
    data: days.flatMap((day) => PLACES.map((place) => trendDay(model, place, day))),
  })
}

function trendDay(model: Model, location: (typeof PLACES)[number], date: string) {
  const days = [...daysOf(model.entries, location)]
  const opening = days.filter(([day]) => day < date).reduce((sum, [, { net }]) => sum + net, 0n)
  const { litresIn = 0n, litresOut = 0n } = days.find(([day]) => day === date)?.[1] ?? {}
  return {
    date,
    location,
    opening: decimal(opening),
    in: decimal(litresIn),
    out: decimal(litresOut),
    closing: decimal(opening + litresIn - litresOut),
  }
}
