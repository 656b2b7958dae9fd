import type { Db } from '#src/database/client.ts'
import { inSnapshot } from '#src/database/transaction.ts'
import { compareWithinMinute } from '#src/ledger/order.ts'
import { parseDecimal, toDecimal } from '#src/units/litres.ts'
import { booksOf } from '#tests/support/books.ts'
import {
  type Booked,
  type Journal,
  type Send,
  type Sent,
  sendOnce,
  shareOut,
  type Write,
} from '#tests/support/load.ts'

type Row = Awaited<ReturnType<typeof booksOf>>['entries'][number]
/** The books, with the ways by which rows are looked up. */
type Books = Awaited<ReturnType<typeof readBooks>>

/** A refusal says one of these; anything else is a fault. */
const REFUSED = new Set([409, 422])

/**
 * Holds what clients noted against the books, knowing nothing of how these are kept: what was acknowledged is there
 * exactly once and whole, what was refused is not there, nobody else has booked, no balance was ever below zero, and
 * the balances are the sums.
 */
export async function findDifferences(db: Db, { sent }: Journal): Promise<string[]> {
  const books = await readBooks(db)
  return [
    ...sent.flatMap((one) => {
      const difference = differenceOf(one, books)
      return difference ? [`${one.key} ${JSON.stringify(one.write)}: ${difference}`] : []
    }),
    ...findStrangers(sent, books),
    ...findWrongBalances(books),
  ]
}

/** Sends everything that was acknowledged again; answers what came back otherwise than the first time. */
export async function findChangedRepeats(clients: Send[], sent: readonly Sent[]) {
  const found: string[] = []
  const acknowledged = sent.filter(({ outcome }) => outcome && outcome.booked.length > 0)
  await shareOut(clients, acknowledged, async (send, one) => {
    const again = await sendOnce(send, one)
    const [first, second] = [one.outcome?.booked.map(lasting), again?.booked.map(lasting)]
    if (again?.status !== 200 || !isAlike(first, second))
      found.push(`${one.key}: the repeat was answered ${JSON.stringify(again)}`)
  })
  return found
}

/** What later entries do not change. */
const lasting = ({ balanceAfter: _, reversedById: __, ...rest }: Booked) => rest

/** What the acknowledged writes come to at a location, in hundredths. */
export function sumOfAcknowledged({ sent }: Journal, location: string): bigint {
  return sent
    .flatMap(({ outcome }) => outcome?.booked ?? [])
    .filter((entry) => entry.location === location)
    .reduce((sum, { type, amount }) => sum + signed(type, parseDecimal(amount)), 0n)
}

async function readBooks(db: Db) {
  const books = await inSnapshot(db, booksOf)
  const { entries } = books
  return {
    ...books,
    byId: new Map(entries.map((row) => [row.id, row])),
    byKey: new Map(entries.map((row) => [row.requestId, row])),
    byReplaced: new Map(entries.flatMap((row) => (row.replacesId ? [[row.replacesId, row]] : []))),
    links: Map.groupBy(books.audit, ({ subject }) => subject),
  }
}

function differenceOf({ key, write, outcome }: Sent, books: Books): string | null {
  const rows = rowsOf(key, books)
  if (rows.length === 0) {
    if (outcome === null || REFUSED.has(outcome.status)) return null
    return `answered ${outcome.status}, and not in the books`
  }
  if (outcome && outcome.booked.length === 0) return `answered ${outcome.status}, and booked`
  const found = rows.map(({ kind, litres }) => [kind, toDecimal(litres)])
  if (!isAlike(found, wantedOf(write, books))) return `in the books as ${JSON.stringify(found)}`
  const links = countLinks(rows, books)
  if (links !== 1) return `${links} rows in the audit trail`
  const answered = outcome?.booked.map(({ id, kind, amount }) => [id, kind, amount])
  const booked = rows.map(({ id, kind, litres }) => [id, kind, toDecimal(litres)])
  if (!outcome || isAlike(answered, booked)) return null
  return `answered ${JSON.stringify(answered)}, in the books ${JSON.stringify(booked)}`
}

/** The row under a key and, of a correction, what replaces the same entry. */
function rowsOf(key: string, { byKey, byReplaced }: Books): Row[] {
  const row = byKey.get(key)
  const replacement = byReplaced.get(row?.reversesId ?? 0)
  return [row, replacement].filter((one) => one !== undefined)
}

function wantedOf({ path, body }: Write, { byId }: Books): (string | undefined)[][] {
  if ('amount' in body) return [[path === '/api/stock/in' ? 'delivery' : 'usage', body.amount]]
  const original = byId.get(body.entryId)
  const reversal = ['reversal', original && toDecimal(original.litres)]
  return body.replacement ? [reversal, [original?.kind, body.replacement.amount]] : [reversal]
}

function countLinks([row]: Row[], { links }: Books): number {
  const [action, id] = row?.reversesId ? ['entry.correct', row.reversesId] : ['entry.book', row?.id]
  const found = links.get(`entry:${id}`) ?? []
  return found.filter((link) => link.action === action).length
}

function findStrangers(sent: readonly Sent[], books: Books): string[] {
  const known = new Set(sent.flatMap(({ key }) => rowsOf(key, books)))
  return books.entries
    .filter((row) => row.importId === null && !known.has(row))
    .map((row) => `nobody sent entry ${row.id} (${row.requestId})`)
}

function findWrongBalances({ entries, balances }: Books): string[] {
  const reversed = new Set(entries.map(({ reversesId }) => reversesId))
  const counted = entries.filter((row) => row.reversesId === null && !reversed.has(row.id))
  return balances.flatMap(({ locationId, balance }) => {
    const timeline = counted
      .filter((row) => row.locationId === locationId)
      .map((row) => ({ ...row, at: row.occurredAt }))
      .sort((a, b) => a.at.getTime() - b.at.getTime() || compareWithinMinute(a, b))
    let sum = 0n
    const below = timeline.filter(({ type, litres }) => {
      sum += signed(type, litres)
      return sum < 0n
    })
    return [
      ...below.map(({ id }) => `below zero after entry ${id}`),
      ...(sum === balance ? [] : [`location ${locationId} has ${balance}, its entries are ${sum}`]),
    ]
  })
}

const signed = (type: 'IN' | 'OUT', litres: bigint): bigint => (type === 'IN' ? litres : -litres)

const isAlike = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
