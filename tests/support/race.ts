import { expect } from 'bun:test'
import { verifyBooks } from '#src/ledger/verify.ts'
import type { System } from '#src/system.ts'
import { randomNumbers } from '#tests/support/random.ts'

type Request = () => Promise<Response>

const SPREAD_MS = 6

/** Sends requests at about the same time, in an order that the seed decides; answers in the order in which they are listed. */
export async function race(seed: number, requests: Request[]): Promise<Response[]> {
  const random = randomNumbers(seed)
  const runners = requests.map((send, at) => ({ send, at, start: random() * SPREAD_MS }))
  runners.sort((a, b) => a.start - b.start)
  const answers = await Promise.all(
    runners.map(async ({ send, at, start }) => {
      await Bun.sleep(start)
      return { at, response: await send() }
    }),
  )
  return answers.sort((a, b) => a.at - b.at).map(({ response }) => response)
}

export const times = (count: number, request: (at: number) => Promise<Response>): Request[] =>
  Array.from({ length: count }, (_, at) => () => request(at))

/** How many answers there were of each status. */
export function countStatuses(responses: readonly Response[]): Record<number, number> {
  const counts: Record<number, number> = {}
  for (const { status } of responses) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

/** What bin/verify would say: nothing. */
export async function expectClean(system: System): Promise<void> {
  const found: string[] = []
  await verifyBooks(system, (difference) => found.push(difference))
  expect(found).toEqual([])
}
