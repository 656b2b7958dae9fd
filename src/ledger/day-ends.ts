import { and, eq, gte, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { isCounted, selectPlaced } from '#src/ledger/placed.ts'
import { signed } from '#src/ledger/rules.ts'
import type { Shown, Span } from '#src/ledger/span.ts'
import { type Litres, parseDecimal } from '#src/units/litres.ts'

/**
 * Long days: from their opening or their closing, whichever is nearer, to each entry the index is added up. That may
 * heed no reversals, which lie in the minute of what they take back: outside of it both come to zero. Only where such a
 * minute itself is shown its entries are opened.
 */
export async function readFromEnds(
  db: Db,
  spans: Span[],
  shown: Shown[],
): Promise<Map<number, Litres>> {
  const sums = await sumToEntries(db, spans, shown)
  const balances = new Map<number, Litres>()
  for (const { span, id, own, total } of sums) {
    const { isFromEnd, opening, closing } = spans[span] ?? {
      isFromEnd: false,
      opening: 0n,
      closing: 0n,
    }
    balances.set(id, isFromEnd ? closing - total + own : opening + total)
  }
  const corrected = await findCorrectedMinutes(db, spans)
  for (const { id, balance } of await readThroughMinutes(db, spans, { corrected, balances }))
    balances.set(id, balance)
  return balances
}

type EntrySum = { span: number; id: number; own: Litres; total: Litres }

/** For each entry: all litres from the nearer end of its day to it, itself included. From the index alone. */
async function sumToEntries(db: Db, spans: Span[], shown: Shown[]): Promise<EntrySum[]> {
  const ids = new Map<string, number[]>()
  for (const { id, locationId, businessDay } of shown) {
    const key = `${locationId} ${businessDay}`
    ids.set(key, [...(ids.get(key) ?? []), id])
  }
  const parts = spans.map(({ locationId, day, from, to, isFromEnd }, index) => {
    const direction = sql.raw(isFromEnd ? 'desc' : 'asc')
    const span = sql.raw(String(index))
    return sql`select ${span} as span, id, own, total from (
      select ${entries.id} as id, ${SIGNED} as own,
        sum(${SIGNED}) over (order by ${entries.occurredAt} ${direction}, ${entries.id} ${direction}) as total
      from ${entries}
      where ${and(eq(entries.locationId, locationId), gte(entries.occurredAt, from), lt(entries.occurredAt, endOf(to)))}
      ) as sums_${span} where id in (${sql.join(ids.get(`${locationId} ${day}`) ?? [0], sql`, `)})`
  })
  const [rows] = await db.execute(sql.join(parts, sql` union all `))
  return sumRows(rows).map(({ own, total, ...row }) => ({
    ...row,
    own: parseDecimal(own),
    total: parseDecimal(total),
  }))
}

const SIGNED = sql`if(${entries.type} = 'IN', ${entries.litres}, -${entries.litres})`

/** Times are whole minutes. */
const endOf = (minute: Date): Date => new Date(minute.getTime() + 1_000)

type SumRow = { span: number; id: number; own: string; total: string }

/** mysql2 types the answer to a statement of our own as anything. */
const sumRows = (rows: unknown): SumRow[] => rows as SumRow[]

type Minute = { locationId: number; at: Date }

/** The minutes shown in which something was taken back. */
async function findCorrectedMinutes(db: Db, spans: Span[]): Promise<Minute[]> {
  return db
    .selectDistinct({ locationId: entries.locationId, at: entries.occurredAt })
    .from(entries)
    .where(and(eq(entries.kind, 'reversal'), or(...spans.map(isInSpan))))
}

const isInSpan = ({ locationId, minutes }: Span): SQL | undefined =>
  and(
    eq(entries.locationId, locationId),
    inArray(
      entries.occurredAt,
      minutes.map((at) => new Date(at)),
    ),
  )

/**
 * The entries of such minutes, one after the other. Begins with what was left before the minute: the balance that the
 * sums give its first entry, which is right but for the order within the minute, less all of the minute up to there.
 */
async function readThroughMinutes(
  db: Db,
  spans: Span[],
  { corrected, balances }: { corrected: Minute[]; balances: Map<number, Litres> },
): Promise<{ id: number; balance: Litres }[]> {
  if (corrected.length === 0 || spans.length === 0) return []
  const rows = await selectPlaced(
    db,
    or(
      ...corrected.map(({ locationId, at }) =>
        and(eq(entries.locationId, locationId), eq(entries.occurredAt, at)),
      ),
    ),
  )
  return corrected.flatMap(({ locationId, at }) => {
    const here = rows.filter(
      (row) => row.locationId === locationId && row.at.getTime() === at.getTime(),
    )
    const byNumber = [...here].sort((a, b) => a.id - b.id)
    const known = byNumber.findIndex(({ id }) => balances.has(id))
    const upTo = byNumber.slice(0, known + 1).reduce((sum, row) => sum + signed(row), 0n)
    let balance = (balances.get(byNumber[known]?.id ?? 0) ?? 0n) - upTo
    return here.map((row) => {
      if (isCounted(row)) balance += signed(row)
      return { id: row.id, balance }
    })
  })
}
