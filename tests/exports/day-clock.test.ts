import { expect, test } from 'bun:test'
import { openDayClock } from '#src/exports/day-clock.ts'
import { wallClock } from '#src/units/business-day.ts'

const QUARTER = 15 * 60_000

test.each([
  ['Asia/Makassar', '2026-11-22T00:00Z'],
  ['Asia/Kathmandu', '2026-11-22T00:00Z'],
  ['America/New_York', '2026-10-31T00:00Z'],
  ['America/New_York', '2026-03-07T00:00Z'],
  ['Australia/Lord_Howe', '2026-04-03T00:00Z'],
])('in %s the clock shows from %s on what the wall does', (zone, from) => {
  const clock = openDayClock(zone)
  for (let quarter = 0; quarter < 4 * 24 * 4; quarter++) {
    const instant = new Date(Date.parse(from) + quarter * QUARTER)
    expect(clock(instant)).toBe(wallClock(instant, zone))
  }
})
