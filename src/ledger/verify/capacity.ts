import type { Place, Report } from '#src/ledger/verify/report.ts'
import { formatDayClock, wallClock } from '#src/units/business-day.ts'
import { formatLitres, type Litres, largest } from '#src/units/litres.ts'

const MAX_REMARKS = 20

/**
 * Remarks on each time that the stock stood above today's capacity, from the entry that raised it to the one that
 * brought it down again. No difference: fuel in the tank cannot be refused.
 */
export function watchCapacity(place: Place, remark: Report) {
  const { code, capacityLitres: capacity, zone } = place
  let over: { since: Date; most: Litres } | null = null
  let times = 0

  function close(until: Date | null): void {
    if (over === null || capacity === null) return
    times++
    if (times <= MAX_REMARKS) {
      const end = until === null ? 'sekarang' : clock(until)
      remark(
        `${code}: melebihi kapasitas ${formatLitres(capacity)} liter sejak ${clock(over.since)} sampai ${end}, paling banyak ${formatLitres(over.most)} liter`,
      )
    }
    over = null
  }

  const clock = (at: Date) => formatDayClock(wallClock(at, zone))

  return {
    see(at: Date, balance: Litres): void {
      if (capacity === null) return
      if (balance <= capacity) close(at)
      else over = { since: over?.since ?? at, most: largest(over?.most ?? balance, balance) }
    },
    end(): void {
      close(null)
      if (times > MAX_REMARKS)
        remark(`${code}: dan ${times - MAX_REMARKS} kali lagi melebihi kapasitas`)
    },
  }
}
