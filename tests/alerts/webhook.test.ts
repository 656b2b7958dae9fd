import { afterAll, beforeEach, expect, test } from 'bun:test'
import { createHmac } from 'node:crypto'
import { openReceiver, type Receiver } from '#tests/alerts/receiver.ts'
import { fallLow, messagesOf, sendDue } from '#tests/alerts/setting.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { deliver } from '#tests/support/books.ts'

const SECRET = 'rahasia-antara-dua-program'

let depot: Depot
let receiver: Receiver | undefined
beforeEach(async () => {
  await depot?.close()
  depot = await openDepot()
})
afterAll(() => depot.close())

async function postTo(...statuses: number[]): Promise<Receiver> {
  await receiver?.close()
  receiver = openReceiver(...statuses)
  return receiver
}

const post = ({ url }: Receiver) => sendDue(depot, { webhook: { url, secret: SECRET } })

const posted = async () =>
  (await messagesOf(depot.db)).filter(({ channel }) => channel === 'webhook')

test('a shortage and its end are posted, signed over the time and the very bytes', async () => {
  await fallLow(depot)
  const other = await postTo()
  await post(other)
  await deliver(await depot.signIn('wati'), { location: 'GENSET', amount: 5000 })
  await post(other)
  const [low, recovered] = await posted()
  const at = depot.clock.now
  expect(other.deliveries).toHaveLength(2)
  for (const { timestamp, signature, contentType, body } of other.deliveries) {
    const expected = createHmac('sha256', SECRET).update(`${timestamp}.${body}`).digest('hex')
    expect(signature).toBe(`sha256=${expected}`)
    expect(contentType).toBe('application/json')
    expect(Number(timestamp) * 1000).toBe(at.getTime())
  }
  expect(other.deliveries.map(({ id }) => id)).toEqual([
    low?.deliveryId ?? '',
    recovered?.deliveryId ?? '',
  ])
  const about = { location: 'GENSET', name: 'GENSET', thresholdLitres: '5000.00' }
  expect(other.deliveries.map(({ body }) => JSON.parse(body))).toEqual([
    { id: low?.deliveryId, event: 'stock.low', ...about, litres: '4200.00', at: at.toISOString() },
    {
      id: recovered?.deliveryId,
      event: 'stock.recovered',
      ...about,
      litres: '9200.00',
      at: at.toISOString(),
    },
  ])
})

test.each([500, 404, 429, 301, 307])(
  'an answer of %i is tried again, and followed nowhere',
  async (status) => {
    await fallLow(depot)
    const other = await postTo(status)
    await post(other)
    expect(await posted()).toMatchObject([
      { attempts: 1, deliveredAt: null, lastError: `jawaban ${status}` },
    ])
    expect(other.deliveries).toHaveLength(1)
    depot.pass({ seconds: 30 })
    await post(other)
    const [message] = await posted()
    expect(message).toMatchObject({ attempts: 2, deliveredAt: depot.clock.now })
    expect(other.deliveries.map(({ id }) => id)).toEqual(Array(2).fill(message?.deliveryId))
    expect(other.deliveries[1]?.body).toBe(other.deliveries[0]?.body ?? '')
    expect(other.deliveries[1]?.timestamp).not.toBe(other.deliveries[0]?.timestamp ?? '')
  },
)

test('nobody who listens is a failure like any other', async () => {
  await fallLow(depot)
  await sendDue(depot, { webhook: { url: 'http://127.0.0.1:1/', secret: SECRET } })
  expect(await posted()).toMatchObject([{ attempts: 1, deliveredAt: null, givenUpAt: null }])
})

test('two that look at the same moment post once', async () => {
  await fallLow(depot)
  const other = await postTo()
  await Promise.all([post(other), post(other), post(other)])
  expect(other.deliveries).toHaveLength(1)
})

test('without WEBHOOK_URL it is given up at once', async () => {
  await fallLow(depot)
  await sendDue(depot, { webhook: undefined })
  expect(await posted()).toMatchObject([
    { givenUpAt: depot.clock.now, lastError: 'WEBHOOK_URL tidak diisi' },
  ])
})
