import { and, eq, gt, gte, lt, lte, or, type SQL, sql } from 'drizzle-orm'
import type { Db } from '#src/database/client.ts'
import { preparedFor, slot, slots } from '#src/database/prepared.ts'
import { entries } from '#src/database/schema/transactions.ts'
import { isCounted, selectPlaced } from '#src/ledger/placed.ts'
import { signed } from '#src/ledger/rules.ts'
import { byTimeAndNumber, type Moment, type Shown, type Span } from '#src/ledger/span.ts'
import { type Litres, parseDecimal } from '#src/units/litres.ts'

/**
 * Long days: from their opening or their closing, whichever is nearer, up to the first entry shown the index is added up
 * at once, and from there on from entry to entry. That may heed no reversals, which lie in the minute of what they take
 * back: outside of it both come to zero. Only where such a minute itself is shown its entries are opened.
 */
export async function readFromEnds(
  db: Db,
  spans: Span[],
  asked: Asked,
): Promise<Map<number, Litres>> {
  const balances = await sumToEntries(db, spans, asked)
  const corrected = findCorrectedMinutes(asked.shown)
  for (const { id, balance } of await readThroughMinutes(db, corrected, balances))
    balances.set(id, balance)
  return balances
}

/** `isGapless`: between two entries shown of a location there are no others. */
type Asked = { shown: Shown[]; isGapless: boolean }

/** What was left after each entry, from the index alone. */
async function sumToEntries(
  db: Db,
  spans: Span[],
  { shown, isGapless }: Asked,
): Promise<Map<number, Litres>> {
  const shownOf = new Map(
    spans.map((span) => [span, shown.filter(isOf(span)).sort(byTimeAndNumber)]),
  )
  const walked = isGapless ? [] : spans.filter((span) => (shownOf.get(span)?.length ?? 0) > 1)
  const sums = await askSums(db, { spans, walked, shownOf })
  const sumOf = new Map(sums.map(({ span, id, total }) => [`${span} ${id}`, total]))
  const balances = new Map<number, Litres>()
  for (const [index, span] of spans.entries()) {
    const { isFromEnd, opening, closing } = span
    const sum = sumOf.get(`${index} ${WHOLE}`) ?? 0n
    const before = isFromEnd ? closing - sum : opening + sum
    let walkedHere = 0n
    for (const one of shownOf.get(span) ?? []) {
      walkedHere += signed(one)
      balances.set(one.id, before + (sumOf.get(`${index} ${one.id}`) ?? walkedHere))
    }
  }
  return balances
}

const isOf =
  ({ locationId, day }: Span) =>
  (one: Shown): boolean =>
    one.locationId === locationId && one.businessDay === day

/** Stands for no entry: the sum between the end of a day and the first entry shown. */
const WHOLE = 0

type SumsAsked = { spans: Span[]; walked: Span[]; shownOf: Map<Span, Shown[]> }

function askSums(db: Db, { spans, walked, shownOf }: SumsAsked) {
  const values: Record<string, unknown> = {}
  const shape = { sums: seatsFor(spans.length), walks: seatsFor(walked.length) }
  for (let seat = 0; seat < shape.sums; seat++) {
    const span = spans[seat]
    const { from, until } = span ? beforeShown(span) : NOTHING
    put(values, `sum${seat}`, { place: span?.locationId ?? NOWHERE, from, until })
  }
  for (let seat = 0; seat < shape.walks; seat++) {
    const span = walked[seat]
    const [from, until] = span ? [span.firstShown, span.lastShown] : [NEVER, NEVER]
    put(values, `walk${seat}`, { place: span?.locationId ?? NOWHERE, from, until })
    values[`walk${seat}Span`] = span ? spans.indexOf(span) : -1
    values[`walk${seat}Ids`] = span ? (shownOf.get(span) ?? []).map(({ id }) => id) : []
  }
  return selectSums(db, shape, values)
}

/** Four, eight, twelve, beyond a few: there are not so many statements then. What is too many asks for nothing. */
const seatsFor = (count: number): number => (count <= FEW ? count : Math.ceil(count / FEW) * FEW)
const FEW = 4
const NOWHERE = 0
const NEVER: Moment = { at: new Date(0), id: 0 }
const NOTHING = { from: NEVER, until: NEVER }

/** From the nearer end of the day to the first entry shown: it is added to what comes before, and taken from what comes after. */
function beforeShown({ isFromEnd, end, firstShown }: Span): { from: Moment; until: Moment } {
  return isFromEnd
    ? { from: firstShown, until: { at: end, id: Number.MAX_SAFE_INTEGER } }
    : { from: { at: end, id: 0 }, until: { at: firstShown.at, id: firstShown.id - 1 } }
}

function put(
  values: Record<string, unknown>,
  name: string,
  { place, from, until }: { place: number; from: Moment; until: Moment },
): void {
  values[`${name}Place`] = place
  values[`${name}From`] = from.at
  values[`${name}FromId`] = from.id
  values[`${name}Until`] = until.at
  values[`${name}UntilId`] = until.id
}

const selectSums = preparedFor((db, { sums, walks }: { sums: number; walks: number }) => {
  const { id, occurredAt } = entries
  const parts = [
    ...Array.from({ length: sums }, (_, seat) => {
      const span = sql.raw(String(seat))
      return sql`select ${span} as span, ${WHOLE} as id, coalesce(sum(${SIGNED}), 0) as total from ${TIMELINE}
        where ${isWithin(`sum${seat}`)}`
    }),
    ...Array.from({ length: walks }, (_, seat) => {
      const name = sql.raw(`walk_${seat}`)
      const span = sql.placeholder(`walk${seat}Span`)
      return sql`select ${span} as span, id, total from (
        select ${id} as id, sum(${SIGNED}) over (order by ${occurredAt}, ${id}) as total from ${TIMELINE}
        where ${isWithin(`walk${seat}`)}) as ${name} where id in ${slots(id, `walk${seat}Ids`)}`
    }),
  ]
  return db
    .select({
      span: sql<number>`span`,
      id: sql<number>`id`,
      total: sql`total`.mapWith(parseDecimal),
    })
    .from(sql`(${sql.join(parts, sql` union all `)}) as sums`)
})

/** Said, since to think of all others takes longer than the sums. */
const TIMELINE = sql`${entries} force index (transactions_location_timeline)`
const SIGNED = sql`if(${entries.type} = 'IN', ${entries.litres}, -${entries.litres})`

/** At one location from one entry to another, both included. A minute may hold hundreds: their numbers divide it. */
function isWithin(name: string): SQL | undefined {
  const { id, locationId, occurredAt } = entries
  const from = slot(occurredAt, `${name}From`)
  const until = slot(occurredAt, `${name}Until`)
  const isSince = gte(id, sql.placeholder(`${name}FromId`))
  const isUntil = lte(id, sql.placeholder(`${name}UntilId`))
  return and(
    eq(locationId, sql.placeholder(`${name}Place`)),
    or(gt(occurredAt, from), and(eq(occurredAt, from), isSince)),
    or(lt(occurredAt, until), and(eq(occurredAt, until), isUntil)),
  )
}

type Minute = { locationId: number; at: Date }

/** The minutes shown in which something was taken back. */
function findCorrectedMinutes(shown: Shown[]): Minute[] {
  const minutes = new Map<string, Minute>()
  for (const { locationId, occurredAt: at, isMinuteCorrected } of shown)
    if (isMinuteCorrected) minutes.set(`${locationId} ${at.getTime()}`, { locationId, at })
  return [...minutes.values()]
}

/**
 * The entries of such minutes, one after the other. Begins with what was left before the minute: the balance that the
 * sums give its first entry, which is right but for the order within the minute, less all of the minute up to there.
 */
async function readThroughMinutes(
  db: Db,
  corrected: Minute[],
  balances: Map<number, Litres>,
): Promise<{ id: number; balance: Litres }[]> {
  if (corrected.length === 0) return []
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
