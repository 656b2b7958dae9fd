import { expect } from 'bun:test'
import { z } from 'zod'
import type { Draft, Entry } from '#tests/ledger/model/books.ts'
import { entryJson, readRefusal } from '#tests/ledger/model/compare.ts'
import type { RealDepot } from '#tests/ledger/model/depot.ts'
import { judge } from '#tests/ledger/model/judge.ts'
import { identityOf, isBooking, type Sent } from '#tests/ledger/model/requests.ts'
import type { Model } from '#tests/ledger/model/state.ts'
import type { Refusal } from '#tests/ledger/model/verdict.ts'

/** Sends a request to the real system, which must answer what the model says; then it stands in the model too. */
export async function send(model: Model, real: RealDepot, sent: Sent): Promise<string> {
  const verdict = judge(model, sent)
  model.sent.push(sent)
  const desk = await real.desk(sent.who)
  const headers = sent.key === null ? {} : { 'Idempotency-Key': sent.key }
  const response = await desk.api('POST', sent.path, sent.body, headers)
  const answer: unknown = await response.json()
  expect({ status: response.status, why: verdict.why, answer }).toMatchObject({
    status: verdict.status,
  })
  if (verdict.status === 201) {
    const entries = append(model, verdict.drafts, idsIn(answer))
    const ids = entries.map(({ id }) => id)
    if (sent.key !== null) model.known.set(sent.key, { identity: identityOf(sent), ids })
    expect(answer).toEqual(answerOf(model, sent, ids))
  } else if (verdict.status === 200) {
    expect(answer).toEqual(answerOf(model, sent, verdict.known.ids))
  } else {
    compareRefusal(verdict, answer)
  }
  return verdict.why
}

/** Gives drafts the numbers that the real system gave them, which must be higher than all before. */
export function append(model: Model, drafts: Draft[], ids: number[]): Entry[] {
  expect(ids).toHaveLength(drafts.length)
  return drafts.map((draft, index) => {
    const id = ids[index] ?? 0
    expect(id).toBeGreaterThan(model.entries.at(-1)?.id ?? 0)
    const entry = { ...draft, id }
    model.entries.push(entry)
    return entry
  })
}

const Numbered = z.object({ id: z.number() })
const Booked = z.object({
  data: z.union([Numbered, z.object({ reversal: Numbered, replacement: Numbered.nullable() })]),
})

function idsIn(answer: unknown): number[] {
  const { data } = Booked.parse(answer)
  if ('id' in data) return [data.id]
  return data.replacement ? [data.reversal.id, data.replacement.id] : [data.reversal.id]
}

/** The rows as they stand in the books now, also where they were booked long ago. */
function answerOf(model: Model, sent: Sent, ids: number[]) {
  const [first, second] = ids.map((id) => {
    const entry = model.entries.find((one) => one.id === id)
    return entry ? entryJson(model, entry) : null
  })
  return { data: isBooking(sent) ? first : { reversal: first, replacement: second ?? null } }
}

function compareRefusal({ sentence, field }: Refusal, answer: unknown): void {
  const { error, details } = readRefusal(answer)
  if (sentence !== undefined) expect(error).toBe(sentence)
  if (field !== undefined) expect(Object.keys(details)).toEqual([field])
}
