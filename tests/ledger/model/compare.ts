import { expect } from 'bun:test'
import { asc } from 'drizzle-orm'
import type { RowDataPacket } from 'mysql2'
import { z } from 'zod'
import { entries } from '#src/database/schema/transactions.ts'
import {
  balanceOf,
  balancesAfter,
  dayOf,
  daysOf,
  type Entry,
  monthsOf,
  PLACES,
  reversedIds,
  rowsOf,
  usesOf,
} from '#tests/ledger/model/books.ts'
import type { RealDepot } from '#tests/ledger/model/depot.ts'
import { decimal } from '#tests/ledger/model/requests.ts'
import type { Model } from '#tests/ledger/model/state.ts'
import { HistoryJson } from '#tests/support/answers.ts'
import { CAST } from '#tests/support/cast.ts'

/** Every balance, every row of a day, a month and of who used it, read at once, after every step. */
export async function compareDerived({ entries: all }: Model, real: RealDepot): Promise<void> {
  const counted: Record<string, string> = {}
  for (const place of PLACES) {
    const rows = all.filter((entry) => entry.place === place).length
    counted[`${place} now`] = figures(decimal(balanceOf(all, place)), rows)
    for (const [day, row] of daysOf(all, place)) {
      const { net, litresIn, litresOut, entriesIn, entriesOut, lowest, highest } = row
      const litres = [net, litresIn, litresOut, lowest, highest].map(decimal)
      const { rowsIn, rowsOut, lastAt } = rowsOf(all, place, day)
      counted[`${place} ${day}`] = figures(
        ...litres,
        entriesIn,
        entriesOut,
        rowsIn,
        rowsOut,
        new Date(lastAt).toISOString().slice(0, 19).replace('T', ' '),
      )
    }
    for (const [month, { litresIn, litresOut, rowsIn, rowsOut }] of monthsOf(all, place))
      counted[`${place} ${month}`] = figures(decimal(litresIn), decimal(litresOut), rowsIn, rowsOut)
    for (const [key, { litres, entries }] of usesOf(all, place))
      counted[`${place} ${key}`] = figures(decimal(litres), entries)
  }
  const [rows] = await real.depot.database.pool.promise().query<RowDataPacket[]>(DERIVED)
  expect(Object.fromEntries(rows.map((row) => [`${row.place} ${row.day}`, row.figures]))).toEqual(
    counted,
  )
}

const figures = (...parts: (string | number)[]): string => parts.join(' ')

const DERIVED = `
  select l.code as place, d.business_day as day,
    concat_ws(' ', net, litres_in, litres_out, lowest, highest, entries_in, entries_out,
      rows_in, rows_out, last_at) as figures
  from location_days d join locations l on l.id = d.location_id
  union all
  select l.code, left(m.month, 7), concat_ws(' ', litres_in, litres_out, rows_in, rows_out)
  from location_months m join locations l on l.id = m.location_id
  union all
  select l.code, concat(u.business_day, ' ', c.name), concat_ws(' ', litres, entries)
  from consumer_days u join locations l on l.id = u.location_id join consumers c on c.id = u.consumer_id
  where litres <> 0 or entries <> 0
  union all
  select l.code, 'now', concat_ws(' ', balance, entries)
  from location_balances b join locations l on l.id = b.location_id`

/** Every column of every entry. */
export async function compareEntries(model: Model, real: RealDepot): Promise<void> {
  const stored = await real.depot.db.select().from(entries).orderBy(asc(entries.id))
  const rows = stored.map((row) => ({
    id: row.id,
    place: real.placeOf(row.locationId),
    type: row.type,
    kind: row.kind,
    litres: row.litres,
    at: row.occurredAt.getTime(),
    day: row.businessDay,
    by: row.userId,
    bookedAt: row.recordedAt.getTime(),
    notes: row.notes,
    consumer: real.nameOfConsumer(row.consumerId),
    reversesId: row.reversesId,
    replacesId: row.replacesId,
    placeOfId: row.placeOfId,
    isOverfull: row.overCapacity,
  }))
  const { ids } = real.depot
  const said = model.entries.map(({ by, ...entry }) => ({
    ...entry,
    by: ids[by],
    day: dayOf(entry.at),
  }))
  expect(rows).toEqual(said)
}

/** The totals of the history and the running balance of every row, of each place. */
export async function compareHistory(model: Model, real: RealDepot): Promise<void> {
  const desk = await real.desk('wati')
  for (const place of PLACES) {
    const shown = new Map<number, string>()
    let totals: unknown
    for (let page = 1, pages = 1; page <= pages; page++) {
      const answer = await desk.get(`/api/stock/history?limit=100&location=${place}&page=${page}`)
      const history = HistoryJson.parse(await answer.json())
      for (const { id, balanceAfter } of history.data) shown.set(id, balanceAfter)
      pages = history.pagination.totalPages
      totals = history.totals
    }
    const after = [...balancesAfter(model.entries, place)]
    expect(Object.fromEntries(shown)).toEqual(
      Object.fromEntries(after.map(([id, balance]) => [id, decimal(balance)])),
    )
    expect(totals).toEqual(
      totalsOf(
        model,
        model.entries.filter((entry) => entry.place === place),
      ),
    )
  }
}

/** What the history says below these rows: all are counted, but only those that count have litres. */
export function totalsOf(model: Model, rows: Entry[]) {
  const reversed = reversedIds(model.entries)
  const counting = rows.filter(({ id, kind }) => kind !== 'reversal' && !reversed.has(id))
  const sum = (type: string) =>
    counting.filter((row) => row.type === type).reduce((total, row) => total + row.litres, 0n)
  const [litresIn, litresOut] = [sum('IN'), sum('OUT')]
  return {
    entries: rows.length,
    litresIn: decimal(litresIn),
    litresOut: decimal(litresOut),
    net: decimal(litresIn - litresOut),
  }
}

/** An entry as the API answers it. */
export function entryJson(model: Model, entry: Entry) {
  const { id, type, kind, litres, place, at, bookedAt, by, notes, consumer, reversesId } = entry
  return {
    id,
    type,
    kind,
    amount: decimal(litres),
    location: place,
    occurredAt: new Date(at).toISOString(),
    recordedAt: new Date(bookedAt).toISOString(),
    userName: CAST[by].name,
    notes,
    reference: null,
    consumer,
    reversesId,
    reversedById: model.entries.find((one) => one.reversesId === id)?.id ?? null,
    balanceAfter: decimal(balancesAfter(model.entries, place).get(id) ?? 0n),
  }
}

const Refusal = z.object({ error: z.string(), details: z.record(z.string(), z.string()) })

export const readRefusal = (body: unknown) => Refusal.parse(body)
