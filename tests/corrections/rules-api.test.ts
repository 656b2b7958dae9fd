import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { expectRefused, openCorrectable, send } from '#tests/corrections/setting.ts'
import { differencesIn } from '#tests/ledger/verifying.ts'
import { CorrectionJson, dataOf } from '#tests/support/answers.ts'
import type { Depot } from '#tests/support/app.ts'
import { balanceOf, booksOf, correct, countEntries } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'

let depot: Depot
let wati: Client
let sari: Client
let deliveryId: number
let usageId: number
beforeEach(async () => {
  await depot?.close()
  ;({ depot, wati, sari, deliveryId, usageId } = await openCorrectable({
    amount: '287.50',
    notes: 'beban 65%',
  }))
})
afterAll(() => depot.close())

const differences = () => differencesIn(depot)

describe('who may correct', () => {
  test('supervisors and admins any entry, at any time', async () => {
    depot.pass({ days: 40 })
    wati = await depot.signIn('wati')
    const agus = await depot.signIn('agus')
    await correct(agus, { entryId: deliveryId, replacement: { amount: 6000 } })
    await correct(wati, { entryId: usageId, replacement: { amount: 1 } })
    expect(await balanceOf(depot.db, 'GENSET')).toBe(599_900n)
  })

  test('a clerk their own within 24 hours of booking, and not a millisecond later', async () => {
    depot.pass({ hours: 24 })
    sari = await depot.signIn('sari')
    const { replacement } = await correct(sari, { entryId: usageId, replacement: { amount: 280 } })
    depot.clock.now = new Date(depot.clock.now.getTime() + 24 * 3_600_000 + 1)
    sari = await depot.signIn('sari')
    const { error } = await expectRefused(depot, send(sari, { entryId: replacement?.id }), 403)
    expect(error).toContain('24 jam')
  })

  test("a clerk neither another's entry nor one of another location, which is not there", async () => {
    await expectRefused(depot, send(sari, { entryId: deliveryId }), 403)
    const budi = await depot.signIn('budi')
    await expectRefused(depot, send(budi, { entryId: usageId }), 404)
    await expectRefused(depot, send(budi, { entryId: 999_999 }), 404)
    await expectRefused(depot, send(depot.visit(), { entryId: usageId }), 401)
  })

  test('a clerk dates a replacement no further back than any entry', async () => {
    const far = { amount: 1, occurredAt: '2026-11-21T23:59' }
    const refused = await expectRefused(
      depot,
      send(sari, { entryId: usageId, replacement: far }),
      422,
    )
    expect(refused.details['replacement.occurredAt']).toContain('Terlalu lama berlalu')
  })
})

describe('bad input', () => {
  test.each([
    ['no entry', { entryId: undefined }, 'entryId'],
    ['an entry as text', { entryId: '1' }, 'entryId'],
    ['a fraction of an entry', { entryId: 1.5 }, 'entryId'],
    ['no reason', { reason: undefined }, 'reason'],
    ['a short reason', { reason: '  abcd  ' }, 'reason'],
    ['a long reason', { reason: 'a'.repeat(501) }, 'reason'],
    ['a control character', { reason: 'salah\u0000ketik' }, 'reason'],
    ['no amount', { replacement: {} }, 'replacement.amount'],
    ['a zero', { replacement: { amount: 0 } }, 'replacement.amount'],
    ['thousandths', { replacement: { amount: '1.005' } }, 'replacement.amount'],
    [
      'nonsense of a time',
      { replacement: { amount: 1, occurredAt: 'x' } },
      'replacement.occurredAt',
    ],
    ['long notes', { replacement: { amount: 1, notes: 'a'.repeat(501) } }, 'replacement.notes'],
    [
      'a long reference',
      { replacement: { amount: 1, reference: 'a'.repeat(101) } },
      'replacement.reference',
    ],
    ['an unknown consumer', { replacement: { amount: 1, consumer: 'x' } }, 'replacement.consumer'],
    ['another kind', { replacement: { amount: 1, kind: 'opening' } }, 'replacement.kind'],
    ['a word for yes', { confirmUnusual: 'ya' }, 'confirmUnusual'],
    ['something unknown', { salah: 1 }, 'salah'],
  ])('with %s is refused at the field', async (_, change, field) => {
    const { details } = await expectRefused(depot, send(wati, { entryId: usageId, ...change }), 422)
    expect(Object.keys(details)).toEqual([field])
  })

  test('a reason counts letters as people do', async () => {
    await expectRefused(
      depot,
      send(wati, { entryId: usageId, reason: '🛢️'.slice(0, 2).repeat(4) }),
      422,
    )
    expect((await send(wati, { entryId: usageId, reason: '🛢'.repeat(500) })).status).toBe(201)
  })
})

describe('once', () => {
  test('the same request again answers the same, and books nothing', async () => {
    const fields = { entryId: usageId, replacement: { amount: 280 } }
    const first = await dataOf(await send(wati, fields, 'k'), CorrectionJson)
    const books = await booksOf(depot.db)
    const again = await send(wati, fields, 'k')
    expect(again.status).toBe(200)
    expect(await dataOf(again, CorrectionJson)).toEqual(first)
    const other = { ...fields, replacement: { amount: 281 } }
    expect((await send(wati, other, 'k')).status).toBe(409)
    expect(await booksOf(depot.db)).toEqual(books)
  })

  test('an entry is corrected by one of many at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, at) =>
        send(at % 2 ? wati : sari, { entryId: usageId, replacement: { amount: 100 + at } }),
      ),
    )
    const statuses = answers.map(({ status }) => status).sort()
    expect(statuses).toEqual([201, ...Array.from({ length: 11 }, () => 409)])
    expect(await countEntries(depot.db)).toBe(4)
    expect(await differences()).toEqual([])
  })

  test('one request sent many times at once is booked once', async () => {
    const fields = { entryId: usageId, replacement: { amount: 280 } }
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(wati, fields, 'k')))
    expect(answers.map(({ status }) => status).sort()).toEqual([
      200, 200, 200, 200, 200, 200, 200, 201,
    ])
    expect(await countEntries(depot.db)).toBe(4)
  })

  test('neither a corrected entry nor a reversal is corrected again, but a replacement is', async () => {
    const { reversal, replacement } = await correct(wati, {
      entryId: usageId,
      replacement: { amount: 280 },
    })
    const { error } = await expectRefused(depot, send(wati, { entryId: usageId }), 409)
    expect(error).toContain(`nomor ${reversal.id}`)
    const { details } = await expectRefused(depot, send(wati, { entryId: reversal.id }), 422)
    expect(details.entryId).toContain('penggantinya')
    await correct(wati, { entryId: replacement?.id })
    expect(await balanceOf(depot.db, 'GENSET')).toBe(500_000n)
    expect(await differences()).toEqual([])
  })
})
