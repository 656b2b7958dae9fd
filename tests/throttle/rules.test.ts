import { expect, test } from 'bun:test'
import { networkOf, waitAfter } from '#src/throttle/rules.ts'

test('nobody waits before the fifth failure; then it is a second, twice as long each time, and a minute at most', () => {
  const waits = Array.from({ length: 14 }, (_, failures) => waitAfter(failures))
  expect(waits).toEqual([0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60])
  expect(waitAfter(1_000_000)).toBe(60)
})

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['', ''],
])('the address %s counts as %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})
