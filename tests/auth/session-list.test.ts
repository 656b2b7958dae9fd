import { afterAll, beforeAll, expect, test } from 'bun:test'
import { deviceOf } from '#src/auth/devices.ts'
import { listSessions } from '#src/auth/session-list.ts'
import { endSession, openSession } from '#src/auth/sessions.ts'
import { type Depot, openDepot } from '#tests/support/app.ts'

let depot: Depot
beforeAll(async () => {
  depot = await openDepot()
})
afterAll(() => depot.close())

const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)'

test.each([
  [
    `Mozilla/5.0 (Windows NT 6.1; Win64; x64) ${WEBKIT} Chrome/109.0.0.0 Safari/537.36`,
    'Chrome di Windows 7',
  ],
  [
    `Mozilla/5.0 (Windows NT 6.3; x64) ${WEBKIT} Chrome/64.0.3282 Safari/537.36`,
    'Chrome di Windows 8.1',
  ],
  [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0`,
    'Microsoft Edge di Windows 10 atau 11',
  ],
  [
    `Mozilla/5.0 (Linux; Android 10; K) ${WEBKIT} Chrome/130.0.0.0 Mobile Safari/537.36`,
    'Chrome di Android',
  ],
  [
    `Mozilla/5.0 (Linux; Android 13; SAMSUNG SM-A536B) ${WEBKIT} SamsungBrowser/23.0 Chrome/115.0.0.0 Mobile Safari/537.36`,
    'Samsung Internet di Android',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1 Mobile/15E148 Safari/604.1',
    'Safari di iOS',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', 'Firefox di Linux'],
  [
    'Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko',
    'Internet Explorer di Windows 7',
  ],
  ['Lynx/2.9.0dev.12 libwww-FM/2.14', 'Lynx'],
  ['curl/7.88.1', 'curl'],
  ['Mozilla/5.0', 'Peramban tidak dikenal'],
  ['', 'Peramban tidak dikenal'],
  ['   ', 'Peramban tidak dikenal'],
  ['<script>', 'Peramban tidak dikenal'],
  ['💣'.repeat(60), 'Peramban tidak dikenal'],
])('calls %s by its name', (userAgent, name) => {
  expect(deviceOf(userAgent)).toBe(name)
})

test('lists the sessions that can still be used, the latest seen first', async () => {
  const { system, db, ids } = depot
  const begin = async (address: string) =>
    (await openSession(system, ids.sari, { address, userAgent: 'curl/8.0' })).sessionId
  const old = await begin('10.0.0.1')
  depot.pass({ hours: 23 })
  const ended = await begin('10.0.0.2')
  await endSession(db, system.now(), ended, 'logout')
  const young = await begin('10.0.0.3')
  await openSession(system, ids.budi, { address: '10.0.0.4', userAgent: '' })
  const now = system.now()
  const rows = await listSessions(db, ids.sari, now)
  expect(rows.map(({ id }) => id)).toEqual([young, old])
  expect(rows[0]).toEqual({
    id: young,
    device: 'curl',
    address: '10.0.0.3',
    createdAt: now,
    lastSeenAt: now,
  })
  depot.pass({ hours: 2 })
  expect((await listSessions(db, ids.sari, system.now())).map(({ id }) => id)).toEqual([young])
})
