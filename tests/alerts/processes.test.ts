import { afterAll, afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { outbox } from '#src/database/schema/alerts.ts'
import { headerOf, type Mailbox, openMailbox } from '#tests/alerts/mailbox.ts'
import { openReceiver, type Receiver } from '#tests/alerts/receiver.ts'
import { limit, messagesOf, openGenset, tell } from '#tests/alerts/setting.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'
import { deliver } from '#tests/support/books.ts'
import { testEnvironment } from '#tests/support/database.ts'
import { type Started, start } from '#tests/support/started.ts'

const LONG = 60_000
const STOP_LIMIT_MS = 8_000

const dataDir = mkdtempSync(join(tmpdir(), 'bbm-outbox-'))
const running: Started[] = []
let depot: Depot
let mailbox: Mailbox
let receiver: Receiver

beforeEach(async () => {
  depot = await openDepot()
  // The servers of these tests live by the clock of the machine.
  depot.clock.now = new Date()
  mailbox = await openMailbox()
  receiver = openReceiver()
  await tell(depot.db, ['wati@depo.example'])
  await openGenset(depot)
  await limit(depot, 'TUG_ASSIST', 10)
  await deliver(await depot.signIn('wati'), { location: 'TUG_ASSIST', amount: 100 })
})
afterEach(async () => {
  for (const { process, ended } of running.splice(0)) {
    process.kill('SIGKILL')
    await ended
  }
  await mailbox.close()
  await receiver.close()
  await depot.close()
})
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

const begin = async (environment: Record<string, string>): Promise<Started> => {
  const server = await start({
    DATA_DIR: join(dataDir, String(running.length)),
    LOG_LEVEL: 'silent',
    ...testEnvironment(),
    ...environment,
  })
  running.push(server)
  return server
}

const mailing = () => ({ SMTP_URL: mailbox.url })
const posting = () => ({ WEBHOOK_URL: receiver.url, WEBHOOK_SECRET: 'rahasia-antara-dua-program' })

/** Both locations fall under their thresholds: two messages a channel. */
async function fallLow(): Promise<void> {
  await limit(depot, 'GENSET', 9000)
  await limit(depot, 'TUG_ASSIST', 900)
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await Bun.sleep(25)
}

const isEverythingSent = async () =>
  (await messagesOf(depot.db)).every(({ dueAt }) => dueAt === null)

/** As if the minute and a half had passed for which a message is held. */
const letGo = (deliveryId: string) =>
  depot.db
    .update(outbox)
    .set({ claimedUntil: new Date(Date.now() - 1000) })
    .where(eq(outbox.deliveryId, deliveryId))

/** By channel: the environment, where messages arrive, and under which ids they have come so far. */
const CHANNELS = {
  email: () => ({
    environment: mailing(),
    hold: mailbox.hold,
    arrived: () =>
      mailbox.mails.map((mail) => headerOf(mail, 'Message-ID').slice(1).split('@')[0] ?? ''),
  }),
  webhook: () => ({
    environment: posting(),
    hold: receiver.hold,
    arrived: () => receiver.deliveries.map(({ id }) => id),
  }),
}

describe.each(['email', 'webhook'] as const)('a server killed while it sends by %s', (channel) => {
  test(
    'repeats the message in flight under its id, and no other',
    async () => {
      const { environment, hold, arrived } = CHANNELS[channel]()
      const answer = hold()
      const server = await begin(environment)
      await fallLow()
      const messages = await messagesOf(depot.db)
      const [genset = '', tug = ''] = messages
        .filter((message) => message.channel === channel)
        .map(({ deliveryId }) => deliveryId)
      await until(() => arrived().length === 1)
      server.process.kill('SIGKILL')
      await server.ended
      answer()
      await begin(environment)
      await until(() => arrived().length === 2)
      expect(arrived()).toEqual([genset, tug])
      await letGo(genset)
      await until(isEverythingSent)
      expect(arrived()).toEqual([genset, tug, genset])
      const [first] = await depot.db.select().from(outbox).where(eq(outbox.deliveryId, genset))
      expect(first).toMatchObject({ attempts: 2, deliveredAt: expect.any(Date), givenUpAt: null })
    },
    LONG,
  )
})

test(
  'a server that is stopped while it sends puts the message back, in time',
  async () => {
    receiver.hold()
    const server = await begin(posting())
    await fallLow()
    await until(() => receiver.deliveries.length === 1)
    const stoppedAt = Date.now()
    server.process.kill('SIGTERM')
    expect(await server.ended).toBe(0)
    expect(Date.now() - stoppedAt).toBeLessThan(STOP_LIMIT_MS)
    const [message] = await depot.db.select().from(outbox).where(eq(outbox.channel, 'webhook'))
    expect(message).toMatchObject({ attempts: 1, claimedUntil: null, lastError: 'server berhenti' })
  },
  LONG,
)

test(
  'two servers on one database send everything once and in its order',
  async () => {
    await Promise.all([begin(posting()), begin(posting())])
    for (let turn = 0; turn < 10; turn++) {
      await fallLow()
      await limit(depot, 'GENSET', 5000)
      await limit(depot, 'TUG_ASSIST', 10)
    }
    await until(isEverythingSent)
    const ids = receiver.deliveries.map(({ id }) => id)
    expect(ids).toHaveLength(40)
    expect(new Set(ids).size).toBe(40)
    for (const location of ['GENSET', 'TUG_ASSIST']) {
      const events = receiver.deliveries
        .map(({ body }) => JSON.parse(body))
        .filter((told) => told.location === location)
        .map(({ event }) => event)
      expect(events).toEqual(Array(10).fill(['stock.low', 'stock.recovered']).flat())
    }
  },
  LONG,
)
