import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import {
  addDays,
  businessDay,
  countDays,
  dayStart,
  formatClock,
  formatDate,
  formatDay,
  formatDayClock,
  formatLongDay,
  instantOf,
  isDay,
  isZone,
  readInstant,
  readTypedDay,
  readTypedTime,
  wallClock,
  wholeMinute,
  zoneLabel,
} from '#src/units/business-day.ts'

const WITA = 'Asia/Makassar'
const at = (text: string) => new Date(text)
const iso = (instant: Date | null) => instant?.toISOString() ?? null

describe('the business day', () => {
  test.each([
    ['2026-11-23T15:59:59.999Z', '2026-11-23'],
    ['2026-11-23T16:00:00.000Z', '2026-11-24'],
    ['2026-11-23T16:05:00.000Z', '2026-11-24'],
    ['2026-12-31T16:00:00.000Z', '2027-01-01'],
    ['2024-02-28T16:00:00.000Z', '2024-02-29'],
  ])('of %s in Makassar is %s', (instant, day) => {
    expect(businessDay(at(instant), WITA)).toBe(day)
  })

  test('begins at the first instant that belongs to it, in every zone', () => {
    const zones = fc.constantFrom(
      WITA,
      'Asia/Kathmandu',
      'America/New_York',
      'Australia/Lord_Howe',
      'America/Santiago',
      'Pacific/Apia',
      'UTC',
    )
    const days = fc.integer({ min: 0, max: 20_000 }).map((count) => addDays('1980-01-01', count))
    fc.assert(
      fc.property(zones, days, (zone, day) => {
        fc.pre(!(zone === 'Pacific/Apia' && day === '2011-12-30'))
        const start = dayStart(day, zone)
        expect(businessDay(start, zone)).toBe(day)
        expect(businessDay(new Date(start.getTime() - 1), zone) < day).toBe(true)
      }),
    )
  })

  test('of 23 and of 25 hours is found where clocks are changed', () => {
    const hours = (day: string) =>
      (dayStart(addDays(day, 1), 'Europe/Berlin').getTime() -
        dayStart(day, 'Europe/Berlin').getTime()) /
      3_600_000
    expect([hours('2026-03-29'), hours('2026-10-25'), hours('2026-06-01')]).toEqual([23, 25, 24])
  })

  test('whose midnight the clock skips begins with the first minute that exists', () => {
    expect(iso(dayStart('2026-09-06', 'America/Santiago'))).toBe('2026-09-06T04:00:00.000Z')
    expect(wallClock(dayStart('2026-09-06', 'America/Santiago'), 'America/Santiago')).toBe(
      '2026-09-06T01:00',
    )
  })
})

describe('the clock on the wall', () => {
  test('and the instant lead to one another', () => {
    const minutes = fc.integer({ min: 0, max: 30_000_000 })
    fc.assert(
      fc.property(minutes, (minute) => {
        const instant = new Date(Date.UTC(1980, 0, 1) + minute * 60_000)
        expect(iso(instantOf(wallClock(instant, WITA), WITA))).toBe(instant.toISOString())
      }),
    )
  })

  test('that shows a time twice means the earlier, and one that is skipped means none', () => {
    expect(iso(instantOf('2026-10-25T02:30', 'Europe/Berlin'))).toBe('2026-10-25T00:30:00.000Z')
    expect(instantOf('2026-03-29T02:30', 'Europe/Berlin')).toBeNull()
    expect(instantOf('2026-02-31T25:00', WITA)).toBeNull()
  })
})

describe('days', () => {
  test.each(['2026-02-28', '2024-02-29', '1900-01-01', '2999-12-31'])('%s is one', (day) => {
    expect(isDay(day)).toBe(true)
  })
  test.each([
    '2026-02-30',
    '2026-02-29',
    '2100-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '1899-12-31',
    '3000-01-01',
    '',
    '2026-11-23T00:00',
    ' 2026-11-23',
  ])('%j is none', (day) => expect(isDay(day)).toBe(false))

  test('are counted with both ends', () => {
    expect([
      countDays('2026-11-23', '2026-11-23'),
      countDays('2024-02-28', '2024-03-01'),
      countDays('2026-11-24', '2026-11-23'),
    ]).toEqual([1, 3, 0])
    expect([addDays('2026-12-31', 1), addDays('2024-03-01', -1)]).toEqual([
      '2027-01-01',
      '2024-02-29',
    ])
  })
})

describe('a time as it is sent', () => {
  test.each([
    ['2026-11-23T14:05', '2026-11-23T06:05:00.000Z'],
    ['2026-11-23T14:05:59.999', '2026-11-23T06:05:00.000Z'],
    ['2026-11-23T14:05Z', '2026-11-23T14:05:00.000Z'],
    ['2026-11-23T14:05:30+08:00', '2026-11-23T06:05:00.000Z'],
    ['2026-11-23T14:05+0530', '2026-11-23T08:35:00.000Z'],
    ['2026-11-23T00:05-11:00', '2026-11-23T11:05:00.000Z'],
    ['2026-11-23', null],
    ['2026-11-23 14:05', null],
    ['2026-11-23T14', null],
    ['2026-11-23T24:00', null],
    ['2026-11-23T14:60', null],
    ['2026-02-30T14:05', null],
    ['2026-11-23T14:05+15:00', null],
    ['2026-11-23T14:05 ', null],
    ['2026-11-23T14:05\n', null],
    ['20261123T1405', null],
    ['', null],
  ])('%j is %s', (text, expected) => expect(iso(readInstant(text, WITA))).toBe(expected))

  test.each([
    ['23/11/2026 14.05', '2026-11-23T06:05:00.000Z'],
    ['23-11-2026, 14:05', '2026-11-23T06:05:00.000Z'],
    ['3/1/2026 9.05', '2026-01-03T01:05:00.000Z'],
    [' 2026-11-23 14:05 ', '2026-11-23T06:05:00.000Z'],
    ['30/02/2026 08.00', null],
    ['11/23/2026 08.00', null],
    ['23/11/26 08.00', null],
    ['23/11/2026', null],
    ['kemarin', null],
  ])('by a person as %j is %s', (text, expected) =>
    expect(iso(readTypedTime(text, WITA))).toBe(expected),
  )
})

test('dates and times are shown as Indonesia writes them', () => {
  const clock = wallClock(at('2026-11-22T16:05:00Z'), WITA)
  expect([
    formatDay(clock),
    formatDate(clock),
    formatLongDay('2026-11-23'),
    formatClock(clock),
    formatDayClock(clock),
  ]).toEqual([
    '23/11/2026',
    '23 November 2026',
    'Senin, 23 November 2026',
    '00.05',
    '23/11/2026 00.05',
  ])
  expect([zoneLabel(WITA), zoneLabel('Asia/Jakarta'), zoneLabel('UTC')]).toEqual([
    'WITA',
    'WIB',
    'UTC',
  ])
})

test('seconds are cut off, also before 1970', () => {
  expect(iso(wholeMinute(at('2026-11-23T06:05:59.999Z')))).toBe('2026-11-23T06:05:00.000Z')
  expect(iso(wholeMinute(at('1969-12-31T23:59:30Z')))).toBe('1969-12-31T23:59:00.000Z')
})

test('a zone is known by its name', () => {
  expect([isZone(WITA), isZone('Asia/Jayapura'), isZone('Mars/Olympus'), isZone('')]).toEqual([
    true,
    true,
    false,
    false,
  ])
})

test.each([
  ['23/11/2026', '2026-11-23'],
  [' 1/2/2026 ', '2026-02-01'],
  ['23.11.2026', '2026-11-23'],
  ['2026-11-23', '2026-11-23'],
  ['30/02/2026', null],
  ['11/23/2026', null],
  ['23/11/26', null],
  ['kemarin', null],
  ['', null],
])('the day typed as %p is %p', (typed, day) => {
  expect(readTypedDay(typed)).toBe(day)
})
