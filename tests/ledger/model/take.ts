import { expect } from 'bun:test'
import { type Entry, midnightOf, type Place } from '#tests/ledger/model/books.ts'
import { bring } from '#tests/ledger/model/bring.ts'
import type { RealDepot } from '#tests/ledger/model/depot.ts'
import type { FileRow, ModelFile } from '#tests/ledger/model/files.ts'
import { look } from '#tests/ledger/model/look.ts'
import {
  type BookingBody,
  type CorrectionBody,
  decimal,
  hundredths,
  type Sent,
} from '#tests/ledger/model/requests.ts'
import { send } from '#tests/ledger/model/send.ts'
import { CONSUMERS, HOME, isClerk, type Model } from '#tests/ledger/model/state.ts'
import type { Consumer, Moment, Row, Step } from '#tests/ledger/model/steps.ts'
import type { Name } from '#tests/support/cast.ts'

type Of<Kind extends Step['step']> = Extract<Step, { step: Kind }>

/** Takes a step in the real system and in the model; answers what became of it, for counting. */
export async function take(model: Model, real: RealDepot, step: Step): Promise<string> {
  switch (step.step) {
    case 'book': {
      const what = step.isOpening ? 'opening' : step.isIn ? 'delivery' : 'usage'
      return `${what}: ${await send(model, real, bookingOf(model, step))}`
    }
    case 'correct':
      return `correction: ${await send(model, real, correctionOf(model, step))}`
    case 'again':
      return sendAgain(model, real, step)
    case 'location':
      return switchLocation(model, real, step)
    case 'person':
      return switchPerson(model, real, step)
    case 'wait':
      model.now += step.seconds * 1000
      real.depot.clock.now = new Date(model.now)
      return 'wait'
    case 'file':
      return bring(model, real, fileOf(model, step))
    case 'file again':
      return bringAgain(model, real, step)
    case 'look':
      return look(model, real, step)
  }
}

function bookingOf(model: Model, step: Of<'book'>): Sent {
  const { who, isIn, isOpening, isAstray } = step
  const home = HOME[who]
  const elsewhere = home === 'GENSET' ? 'TUG_ASSIST' : 'GENSET'
  const named = isClerk(who) ? (isAstray ? elsewhere : home) : isAstray ? undefined : step.place
  const body: BookingBody = { amount: decimal(BigInt(step.litres)) }
  if (named) body.location = named
  if (step.moment) body.occurredAt = isoOf(model, step.moment)
  if (step.notes !== null) body.notes = step.notes
  if (step.consumer !== null && named) body.consumer = CONSUMERS[named][step.consumer]
  if (isOpening && isIn) body.kind = 'opening'
  if (step.isConfirmed) body.confirmUnusual = true
  return { path: isIn ? '/api/stock/in' : '/api/stock/out', who, key: keyOf(step.key), body }
}

function correctionOf(model: Model, step: Of<'correct'>): Sent {
  const { who, pick, aim, replacement } = step
  const isSeen = ({ place }: Entry) => !isClerk(who) || HOME[who] === place
  const seen = model.entries.filter((entry) => isSeen(entry) === (aim !== 'unknown'))
  const own = seen.filter(({ by }) => by === who)
  const entry = fromEnd(aim === 'own' && own.length > 0 ? own : seen, pick)
  const entryId = entry?.id ?? 999_999_999
  const body: CorrectionBody = { entryId, reason: 'salah ketik' }
  if (replacement) {
    const { litres, moment, notes } = replacement
    const consumer = nameOf(entry?.place ?? 'GENSET', replacement.consumer)
    const asIs = moment === 'as it was' || moment === null
    body.replacement = {
      amount: decimal(BigInt(litres)),
      ...(!asIs && { occurredAt: isoOf(model, moment) }),
      ...(notes !== undefined && { notes }),
      ...(consumer !== undefined && { consumer }),
    }
  }
  if (step.isConfirmed) body.confirmUnusual = true
  return { path: '/api/stock/corrections', who, key: keyOf(step.key), body }
}

/** Null for none, undefined for as it was. */
const nameOf = (place: Place, consumer: Consumer | null | undefined) =>
  typeof consumer === 'number' ? CONSUMERS[place][consumer] : consumer

async function sendAgain(model: Model, real: RealDepot, step: Of<'again'>): Promise<string> {
  const earlier = fromEnd(
    model.sent.filter(({ key }) => key !== null),
    step.pick,
  )
  if (!earlier) return 'again: nothing'
  const what = `again with another ${step.change}`.replace('another none', 'the same')
  return `${what}: ${await send(model, real, changed(earlier, step.change))}`
}

function changed(sent: Sent, change: Of<'again'>['change']): Sent {
  const others: Record<string, Name> = { wati: 'agus', agus: 'wati', sari: 'wati', budi: 'wati' }
  if (change === 'none') return sent
  if (change === 'person') return { ...sent, who: others[sent.who] ?? 'wati' }
  const alter = (amount: string | number): string | number =>
    change === 'amount' ? decimal(hundredths(amount) + 500n) : Number(amount)
  if (sent.path !== '/api/stock/corrections')
    return { ...sent, body: { ...sent.body, amount: alter(sent.body.amount) } }
  const { replacement } = sent.body
  if (!replacement) return { ...sent, body: { ...sent.body, ...(change === 'amount' && OTHER) } }
  const altered = { ...replacement, amount: alter(replacement.amount) }
  return { ...sent, body: { ...sent.body, replacement: altered } }
}

const OTHER = { reason: 'salah lokasi' }

async function switchLocation(model: Model, real: RealDepot, step: Of<'location'>) {
  const desk = await real.desk('agus')
  const path = `/api/locations/${real.idOfPlace(step.place)}`
  const response = await desk.api('PATCH', path, { active: step.isOpen })
  expect(response.status).toBe(200)
  if (step.isOpen) model.closed.delete(step.place)
  else model.closed.add(step.place)
  return `location: ${step.isOpen ? 'opened' : 'closed'}`
}

async function switchPerson(model: Model, real: RealDepot, { who, isActive }: Of<'person'>) {
  // Somebody who is at work loses the session that they have, and not only the next one.
  await real.desk(who)
  const desk = await real.desk('agus')
  const path = `/api/users/${real.depot.ids[who]}`
  const response = await desk.api('PATCH', path, { active: isActive })
  expect(response.status).toBe(200)
  if (isActive) {
    model.dismissed.delete(who)
    real.forgetDesk(who)
  } else model.dismissed.add(who)
  return `person: ${isActive ? 'hired' : 'dismissed'}`
}

function fileOf(model: Model, { rows, opening }: Of<'file'>): ModelFile {
  const first = rows[0]?.place
  return {
    rows: rows.map((row) => rowOf(model, row)),
    opening: opening && first ? { place: first, litres: BigInt(opening.litres) } : null,
  }
}

function rowOf(model: Model, { place, isIn, litres, moment, notes, fault }: Row): FileRow {
  const at = Date.parse(isoOf(model, fault === 'future' ? { ...moment, daysAgo: -1 } : moment))
  return {
    place: fault === 'stranger' ? 'DERMAGA' : place,
    type: isIn ? 'IN' : 'OUT',
    litres: BigInt(litres),
    at,
    notes,
    isIllegible: fault === 'illegible',
  }
}

async function bringAgain(model: Model, real: RealDepot, step: Of<'file again'>) {
  const file = fromEnd(model.files, step.pick)
  if (!file) return 'file again: nothing'
  if (!step.isLonger) return `same ${await bring(model, real, file)}`
  const rows = [...file.rows, rowOf(model, step.row)]
  return `longer ${await bring(model, real, { ...file, rows })}`
}

/** A clock time of some day, as it is sent: with the offset of Makassar. */
function isoOf(model: Model, { daysAgo, clock }: NonNullable<Moment>): string {
  const midnight = midnightOf(model.now, daysAgo)
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return new Date(midnight + (hours * 60 + minutes) * 60_000).toISOString()
}

const keyOf = (key: number | null): string | null => (key === null ? null : `kunci-${key}`)

/** One of a list, counted from its end and round again; undefined where the list is empty. */
function fromEnd<One>(list: One[], pick: number): One | undefined {
  return list.length === 0 ? undefined : list[list.length - 1 - (pick % list.length)]
}
