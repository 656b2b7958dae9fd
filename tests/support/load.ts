import { z } from 'zod'
import { toDecimal } from '#src/units/litres.ts'
import { EntryJson } from '#tests/support/answers.ts'
import type { Client } from '#tests/support/client.ts'

/** Sends a write under its key, to an app in this process or to one elsewhere. */
export type Send = (path: string, body: unknown, key: string) => Promise<Response>

export type Booked = z.output<typeof EntryJson>

type Entry = { location: string; amount: string; occurredAt?: string; notes: string }
type Correction = { entryId: number; reason: string; replacement: { amount: string } | null }

/** What a client asks for. It is never asked about an unusual amount. */
export type Write =
  | { path: '/api/stock/in' | '/api/stock/out'; body: Entry & { confirmUnusual: true } }
  | { path: '/api/stock/corrections'; body: Correction & { confirmUnusual: true } }

/** A write as its client knows it. */
export type Sent = {
  key: string
  write: Write
  /** Null while no answer was seen, or only one that leaves the outcome open (503). */
  outcome: { status: number; booked: Booked[] } | null
}

export type Journal = ReturnType<typeof openJournal>

/** What a team of clients writes down of everything it sends. */
export function openJournal(name: string) {
  const sent: Sent[] = []
  const booked: Booked[] = []
  return {
    sent,
    begin(write: Write): Sent {
      const next: Sent = { key: `${name}-${sent.length + 1}`, write, outcome: null }
      sent.push(next)
      return next
    },
    note(noted: Sent, outcome: NonNullable<Sent['outcome']>): void {
      noted.outcome = outcome
      booked.push(...outcome.booked)
    },
    /** One of the last entries that could be corrected; now and then somebody has done so before. */
    drawCorrectable(random: () => number): Booked | undefined {
      const last = booked.slice(-40).filter(({ kind }) => kind !== 'reversal')
      return last[Math.floor(random() * last.length)]
    },
  }
}

const LOCATIONS = ['GENSET', 'TUG_ASSIST'] as const
const MINUTE_MS = 60_000
const DAY_MINUTES = 24 * 60
const LATE_DAYS = 3
const OPENING_LITRES = '300.00'

/** What there is before everything else, early enough for every late entry. */
export function openingWrites(now: Date): Write[] {
  const occurredAt = minutesBefore(now, (LATE_DAYS + 1) * DAY_MINUTES)
  return LOCATIONS.map((location) => ({
    path: '/api/stock/in',
    body: { location, amount: OPENING_LITRES, occurredAt, notes: 'awal', confirmUnusual: true },
  }))
}

/** Usage, deliveries, late ones among them, and corrections with and without a replacement, at both locations. */
export function drawWrite(random: () => number, { journal, now }: { journal: Journal; now: Date }) {
  const dice = random()
  const corrected = dice < 0.25 ? journal.drawCorrectable(random) : undefined
  return corrected ? drawCorrection(random, corrected) : drawEntry(random, now)
}

function drawCorrection(random: () => number, { id }: Booked): Write {
  const replacement = random() < 0.6 ? { amount: drawAmount(random) } : null
  const body = { entryId: id, reason: 'salah ketik', replacement, confirmUnusual: true } as const
  return { path: '/api/stock/corrections', body }
}

function drawEntry(random: () => number, now: Date): Write {
  const isLate = random() < 0.3
  const late = minutesBefore(now, Math.floor(random() * LATE_DAYS * DAY_MINUTES))
  return {
    path: random() < 0.4 ? '/api/stock/in' : '/api/stock/out',
    body: {
      location: random() < 0.5 ? 'GENSET' : 'TUG_ASSIST',
      amount: drawAmount(random),
      ...(isLate && { occurredAt: late }),
      notes: `nomor ${Math.floor(random() * 1_000_000)}`,
      confirmUnusual: true,
    },
  }
}

const drawAmount = (random: () => number): string =>
  toDecimal(BigInt(1 + Math.floor(random() * 4_000)))

function minutesBefore(now: Date, minutes: number): string {
  const minute = Math.floor(now.getTime() / MINUTE_MS) - minutes
  return new Date(minute * MINUTE_MS).toISOString()
}

const BookedJson = z.union([
  EntryJson.transform((entry) => [entry]),
  z
    .strictObject({ reversal: EntryJson, replacement: EntryJson.nullable() })
    .transform(({ reversal, replacement }) => [reversal, ...(replacement ? [replacement] : [])]),
])
const Answer = z.strictObject({ data: BookedJson }).transform(({ data }) => data)

/** Sends a write once more or for the first time; answers what became of it, or null where that is not known. */
export async function sendOnce(send: Send, { key, write }: Sent): Promise<Sent['outcome']> {
  try {
    const response = await send(write.path, write.body, key)
    const text = await response.text()
    if (response.status >= 500) return null
    const booked = response.ok ? Answer.parse(JSON.parse(text)) : []
    return { status: response.status, booked }
  } catch (error) {
    // What was answered must be understood; anything else is a connection that broke.
    if (error instanceof z.ZodError) throw error
    return null
  }
}

const PAUSE_MS = 200
const OPEN_LIMIT_MS = 60_000

/** Every client sends one write after the other until it is told that it is enough. */
export async function sendLoad(
  clients: Send[],
  journal: Journal,
  { draw, isEnough }: { draw: () => Write; isEnough: () => boolean },
): Promise<void> {
  const work = async (send: Send) => {
    while (!isEnough()) {
      const sent = journal.begin(draw())
      const outcome = await sendOnce(send, sent)
      if (outcome) journal.note(sent, outcome)
      else await Bun.sleep(PAUSE_MS)
    }
  }
  await Promise.all(clients.map(work))
}

/** Sends what no answer was seen to again, under the same keys, until there is one. Throws an Error after a minute. */
export async function sendOpenOnes(clients: Send[], journal: Journal): Promise<void> {
  const giveUpAt = Date.now() + OPEN_LIMIT_MS
  const open = journal.sent.filter(({ outcome }) => outcome === null)
  await shareOut(clients, open, async (send, sent) => {
    for (;;) {
      const outcome = await sendOnce(send, sent)
      if (outcome) return journal.note(sent, outcome)
      if (Date.now() > giveUpAt) throw new Error(`${sent.key} is never answered`)
      await Bun.sleep(PAUSE_MS)
    }
  })
}

/** Lets the clients work through a list, each taking the next item when it is done with one. */
export async function shareOut<Item>(
  clients: Send[],
  items: readonly Item[],
  work: (send: Send, item: Item) => Promise<unknown>,
): Promise<void> {
  const rest = [...items]
  const takeNext = async (send: Send) => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(send, item)
  }
  await Promise.all(clients.map(takeNext))
}

export function sendAs(client: Client): Send {
  return (path, body, key) => client.api('POST', path, body, { 'Idempotency-Key': key })
}
