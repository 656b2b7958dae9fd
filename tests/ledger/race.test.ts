import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { bringIn, csv } from '#tests/imports/bring-in.ts'
import { dataOf, EntryJson, LocationJson } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { balanceOf, countEntries, deliver, use } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'
import { drawWrite, openingWrites, openJournal, sendAs, sendLoad } from '#tests/support/load.ts'
import { countStatuses, expectClean, race, times } from '#tests/support/race.ts'
import { randomNumbers } from '#tests/support/random.ts'
import { findChangedRepeats, findDifferences, sumOfAcknowledged } from '#tests/support/tally.ts'

let depot: Depot
let wati: Client
let agus: Client
let sari: Client
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  await signInAnew()
})
afterAll(() => depot.close())

/** A session may write three hundred times in a quarter of a minute, which is less than twenty rounds ask of one. */
async function signInAnew(): Promise<void> {
  wati = await depot.signIn('wati')
  agus = await depot.signIn('agus')
  sari = await depot.signIn('sari')
}

const ROUNDS = Array.from({ length: 20 }, (_, at) => at + 1)
const SOME_ROUNDS = ROUNDS.slice(0, 8)
const YESTERDAY = '2026-11-22T08:00'
const LAST_WEEK = '2026-11-16T08:00'

const usage = (client: Client, fields: object, key?: string) =>
  client.api(
    'POST',
    '/api/stock/out',
    { location: 'GENSET', amount: 10, confirmUnusual: true, ...fields },
    key ? { 'Idempotency-Key': key } : {},
  )

const correction = (client: Client, fields: object, key?: string) =>
  client.api(
    'POST',
    '/api/stock/corrections',
    { reason: 'salah ketik', confirmUnusual: true, ...fields },
    key ? { 'Idempotency-Key': key } : {},
  )

/** Uses up what is left, for a round that begins with nothing. */
async function drain(location: string): Promise<void> {
  const left = await balanceOf(depot.db, location)
  if (left > 0n) await use(wati, { location, amount: Number(left) / 100, confirmUnusual: true })
}

describe('fifty usages of 10 liters at once of a stock of 100 liters', () => {
  test('are ten, twenty times over', async () => {
    for (const round of ROUNDS) {
      await signInAnew()
      await deliver(wati, { location: 'GENSET', amount: 100 })
      const clients = [sari, wati, agus]
      const answers = await race(
        round,
        times(50, (at) => usage(clients[at % 3] ?? wati, {})),
      )
      expect(countStatuses(answers)).toEqual({ 201: 10, 422: 40 })
      expect(await balanceOf(depot.db, 'GENSET')).toBe(0n)
    }
    await expectClean(depot.system)
  })

  test('are ten at each of two locations', async () => {
    const at = (location: string) => times(50, () => usage(wati, { location }))
    for (const round of SOME_ROUNDS) {
      await signInAnew()
      for (const location of ['GENSET', 'TUG_ASSIST'])
        await deliver(wati, { location, amount: 100 })
      const answers = await race(round, [...at('GENSET'), ...at('TUG_ASSIST')])
      for (const half of [answers.slice(0, 50), answers.slice(50)])
        expect(countStatuses(half)).toEqual({ 201: 10, 422: 40 })
    }
    await expectClean(depot.system)
  })

  test('are ten where half of them are dated back before the others', async () => {
    await deliver(wati, { location: 'GENSET', amount: 0.01, occurredAt: LAST_WEEK })
    for (const round of SOME_ROUNDS) {
      await signInAnew()
      await deliver(wati, { location: 'GENSET', amount: 100, occurredAt: LAST_WEEK })
      const answers = await race(round, [
        ...times(25, () => usage(wati, {})),
        ...times(25, () => usage(sari, { occurredAt: YESTERDAY })),
      ])
      expect(countStatuses(answers)).toEqual({ 201: 10, 422: 40 })
      expect(await balanceOf(depot.db, 'GENSET')).toBe(1n)
    }
    await expectClean(depot.system)
  })
})

describe('corrections at once', () => {
  test('of one entry are one, the others are told that it was corrected', async () => {
    await deliver(wati, { location: 'GENSET', amount: 1000 })
    for (const round of SOME_ROUNDS) {
      const { id: entryId } = await use(sari, { amount: 10 })
      const before = await countEntries(depot.db)
      const clients = [sari, wati, agus]
      const answers = await race(
        round,
        times(12, (at) => {
          const replacement = at % 2 ? { amount: 10 + at } : null
          return correction(clients[at % 3] ?? wati, { entryId, replacement })
        }),
      )
      expect(countStatuses(answers)).toEqual({ 201: 1, 409: 11 })
      const isReplaced = answers.findIndex(({ status }) => status === 201) % 2 === 1
      expect(await countEntries(depot.db)).toBe(before + (isReplaced ? 2 : 1))
    }
    await expectClean(depot.system)
  })

  test('of a delivery and usages of its last liters leave exactly one of them standing', async () => {
    for (const round of ROUNDS) {
      await signInAnew()
      const isReplaced = round % 2 === 1
      const fields = { location: 'GENSET', amount: 100, confirmUnusual: true }
      const { id: entryId } = await deliver(wati, fields)
      const [corrected, ...used] = await race(round, [
        () => correction(agus, { entryId, replacement: isReplaced ? { amount: 50 } : null }),
        ...times(isReplaced ? 12 : 3, () => usage(wati, { amount: isReplaced ? 10 : 30 })),
      ])
      const { 201: booked = 0, 422: refused = 0 } = countStatuses(used)
      const isCorrected = corrected?.status === 201
      expect(isCorrected ? 201 : 422).toBe(corrected?.status ?? 0)
      expect(booked + refused).toBe(used.length)
      // No usage is refused but for want of stock.
      if (isReplaced) expect(booked).toBe(isCorrected ? 5 : 10)
      else expect(booked).toBe(isCorrected ? 0 : 3)
      await drain('GENSET')
    }
    await expectClean(depot.system)
  })
})

describe('one key at once', () => {
  test('from two people is one entry, and nothing of it is shown to the other', async () => {
    await deliver(wati, { location: 'GENSET', amount: 1000 })
    for (const round of SOME_ROUNDS) {
      const answers = await race(round, [
        ...times(10, () => usage(wati, {}, `kunci-${round}`)),
        ...times(10, () => usage(agus, {}, `kunci-${round}`)),
      ])
      expect(countStatuses(answers)).toEqual({ 200: 9, 201: 1, 409: 10 })
      const booked = await Promise.all(
        answers.filter(({ ok }) => ok).map((answer) => dataOf(answer, EntryJson)),
      )
      expect(new Set(booked.map(({ id }) => id)).size).toBe(1)
    }
    expect(await countEntries(depot.db)).toBe(1 + SOME_ROUNDS.length)
    await expectClean(depot.system)
  })

  test('of a correction is one correction', async () => {
    await deliver(wati, { location: 'GENSET', amount: 1000 })
    for (const round of SOME_ROUNDS) {
      const { id: entryId } = await use(wati, { location: 'GENSET', amount: 10 })
      const body = { entryId, replacement: { amount: 11 } }
      const answers = await race(
        round,
        times(20, () => correction(wati, body, `perbaikan-${round}`)),
      )
      expect(countStatuses(answers)).toEqual({ 200: 19, 201: 1 })
      expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1)
    }
    await expectClean(depot.system)
  })
})

test('a location that is made inactive meanwhile takes what was sent before, and nothing after', async () => {
  await deliver(wati, { location: 'GENSET', amount: 1000 })
  const [place] = await dataOf(await agus.api('GET', '/api/locations'), LocationJson.array())
  const turn = (active: boolean) => agus.api('PATCH', `/api/locations/${place?.id}`, { active })
  for (const round of SOME_ROUNDS) {
    const before = await balanceOf(depot.db, 'GENSET')
    const [turned, ...answers] = await race(round, [
      () => turn(false),
      ...times(20, () => usage(wati, { amount: 1 })),
    ])
    const { 201: booked = 0, 422: refused = 0 } = countStatuses(answers)
    expect([turned?.status, booked + refused]).toEqual([200, 20])
    expect((await usage(wati, { amount: 1 })).status).toBe(422)
    expect(await balanceOf(depot.db, 'GENSET')).toBe(before - BigInt(booked) * 100n)
    expect((await turn(true)).status).toBe(200)
  }
  await expectClean(depot.system)
})

test('a file that comes in meanwhile is booked whole or not at all', async () => {
  for (const round of SOME_ROUNDS) {
    await deliver(wati, { location: 'GENSET', amount: 100, occurredAt: YESTERDAY })
    const rows = Array.from({ length: 20 }, () => `2026-11-23T13:00,OUT,GENSET,4,,${round}`)
    const file = csv(`2026-11-22T09:00,IN,GENSET,0.5,,putaran ${round}`, ...rows)
    const used = times(15, async (at) => {
      // Reading the file takes it some time before it comes to the books.
      await Bun.sleep(at * round)
      return usage(wati, { amount: 5, occurredAt: '2026-11-23T12:00' })
    })
    const [imported, answers] = await Promise.all([bringIn(depot, file), race(round, used)])
    const { 201: booked = 0, 422: refused = 0 } = countStatuses(answers)
    expect(booked + refused).toBe(15)
    const ofFile = imported.outcome === 'booked' ? -7_950n : 0n
    expect(await balanceOf(depot.db, 'GENSET')).toBe(10_000n - BigInt(booked) * 500n + ofFile)
    await drain('GENSET')
  }
  await expectClean(depot.system)
})

test.each([1, 2])('everything at once, as drawn from seed %i, adds up', async (seed) => {
  const random = randomNumbers(seed)
  const journal = openJournal(`acak-${seed}`)
  const desks = await Promise.all(Array.from({ length: 6 }, () => depot.signIn('wati')))
  const clients = desks.map(sendAs)
  const now = depot.clock.now
  const opening = openingWrites(now)
  const draw = () => opening.shift() ?? drawWrite(random, { journal, now })
  await sendLoad(clients.slice(0, 1), journal, { draw, isEnough: () => opening.length === 0 })
  await sendLoad(clients, journal, { draw, isEnough: () => journal.sent.length > 150 })
  expect(await findDifferences(depot.db, journal)).toEqual([])
  expect(await findChangedRepeats(clients, journal.sent)).toEqual([])
  for (const location of ['GENSET', 'TUG_ASSIST'])
    expect(await balanceOf(depot.db, location)).toBe(sumOfAcknowledged(journal, location))
  expect(journal.sent.filter(({ outcome }) => outcome?.status === 201).length).toBeGreaterThan(50)
  await expectClean(depot.system)
})
