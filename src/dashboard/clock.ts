import type { System } from '#src/system.ts'
import { wallClock, zoneLabel } from '#src/units/business-day.ts'
import type { DepotClock } from '#views/cover/summary-text.ts'

/** What the clock on the wall of the depot shows now. */
export const depotClock = ({ now, config }: System): DepotClock => ({
  now: wallClock(now(), config.timezone),
  zoneLabel: zoneLabel(config.timezone),
})
