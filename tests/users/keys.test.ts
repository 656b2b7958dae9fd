import { afterAll, beforeEach, describe, expect, test } from 'bun:test'
import { refusalOf } from '#tests/support/answers.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { everythingIn } from '#tests/support/books.ts'
import type { Client } from '#tests/support/client.ts'

let depot: Depot
let agus: Client
const KEY = { 'Idempotency-Key': 'sekali' }

beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
  agus = await depot.signIn('agus')
})
afterAll(() => depot.close())

const rani = {
  email: 'rani@contoh.test',
  name: 'Rani',
  role: 'supervisor',
  password: 'sepuluh-huruf-lebih',
}

/** Each write of people and locations, and another body that the same key is not good for. */
const writes = () =>
  [
    ['POST', '/api/users', rani, { ...rani, password: 'yang-lain-sama-sekali' }],
    ['PATCH', `/api/users/${depot.ids.sari}`, { name: 'Sari W.' }, { name: 'Sari' }],
    ['PATCH', `/api/users/${depot.ids.sari}`, { password: 'baru-sekali-ini' }, { name: 'Sari' }],
    ['DELETE', `/api/users/${depot.ids.sari}`, undefined, undefined],
    ['POST', '/api/locations', { code: 'DERMAGA', name: 'Dermaga' }, { code: 'X', name: 'X' }],
    ['PATCH', '/api/locations/GENSET', { capacity: '9000.5' }, { capacity: null }],
  ] as const

describe.each([0, 1, 2, 3, 4, 5])(
  'a write of people or locations (number %d) that comes again',
  (index) => {
    const write = async (change: 'same' | 'other' = 'same', key: Record<string, string> = KEY) => {
      const [method, path, body, other] = writes()[index] ?? writes()[0]
      return agus.api(method, await withId(path), change === 'same' ? body : other, key)
    }

    test('is answered 200 with the first answer and changes nothing', async () => {
      const first = await write()
      expect(first.status).toBe(writes()[index]?.[0] === 'POST' ? 201 : 200)
      const before = await everythingIn(depot.db)
      const again = await write()
      expect(again.status).toBe(200)
      expect(await again.json()).toEqual(await first.json())
      expect(await everythingIn(depot.db)).toEqual(before)
    })

    test('ten times at once is carried out once', async () => {
      const before = (await everythingIn(depot.db)).audit.length
      const answers = await Promise.all(Array.from({ length: 10 }, () => write()))
      const bodies = await Promise.all(answers.map((answer) => answer.text()))
      expect(answers.filter(({ status }) => status >= 300)).toEqual([])
      expect(new Set(bodies).size).toBe(1)
      expect((await everythingIn(depot.db)).audit).toHaveLength(before + 1)
    })

    test('under the key of something else is refused and shows nothing of it', async () => {
      const wati = await depot.signIn('wati')
      const booking = { location: 'GENSET', amount: 12.34 }
      expect((await wati.api('POST', '/api/stock/in', booking, KEY)).status).toBe(201)
      const before = await everythingIn(depot.db)
      const refused = await write()
      expect(refused.status).toBe(409)
      expect(JSON.stringify(await refusalOf(refused))).not.toContain('12.34')
      expect(await everythingIn(depot.db)).toEqual(before)
    })

    test('with another body, or before a booking of the same key, is refused', async () => {
      expect((await write()).status).toBeLessThan(300)
      if (writes()[index]?.[3]) expect((await write('other')).status).toBe(409)
      const booking = { location: 'GENSET', amount: 1 }
      expect((await agus.api('POST', '/api/stock/in', booking, KEY)).status).toBe(409)
    })

    test('with a broken key is refused', async () => {
      expect((await write('same', { 'Idempotency-Key': 'dua kata' })).status).toBe(422)
    })
  },
)

async function withId(path: string): Promise<string> {
  const { locations } = await everythingIn(depot.db)
  const genset = locations.find(({ code }) => code === 'GENSET')
  return path.replace('GENSET', String(genset?.id))
}
