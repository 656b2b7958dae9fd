import { type WallClock, wallClock } from '#src/units/business-day.ts'

const DAY_MS = 86_400_000

/**
 * A wall clock for instants that come in their order: a zone that shows the same offset at both ends of a day of UTC
 * shows it all day, so it is looked up once a day instead of once a row.
 */
export function openDayClock(zone: string): (instant: Date) => WallClock {
  let known = Number.NaN
  let offset: number | null = null
  return (instant) => {
    const time = instant.getTime()
    const day = Math.floor(time / DAY_MS)
    if (day !== known) {
      const begin = offsetAt(day * DAY_MS, zone)
      offset = begin === offsetAt((day + 1) * DAY_MS, zone) ? begin : null
      known = day
    }
    if (offset === null) return wallClock(instant, zone)
    return new Date(time + offset).toISOString().slice(0, 16)
  }
}

const offsetAt = (time: number, zone: string): number =>
  Date.parse(`${wallClock(new Date(time), zone)}Z`) - time
