import { formatClock, formatDate, type WallClock } from '#src/units/business-day.ts'
import { formatLitres } from '#src/units/litres.ts'
import { coverInWords } from '#views/cover/words.ts'
import type { LocationCard } from '#views/stock/location-card.ts'

/** The depot's clock, as a page shows it. */
export type DepotClock = { now: WallClock; zoneLabel: string }

/** A link that carries more is cut short by browsers and phones. */
const MOST_LOCATIONS = 20

/** Today's figures as a message to send on; WhatsApp writes what stands between asterisks in bold. */
export function summaryText(locations: LocationCard[], { now, zoneLabel }: DepotClock): string {
  const today = now.slice(0, 10)
  const head = `*Stok solar ${formatDate(today)} pukul ${formatClock(now)} ${zoneLabel}*`
  const parts = locations.slice(0, MOST_LOCATIONS).map((location) => {
    const { name, balance, lowStockLitres, isLow, hasEntries, cover } = location
    if (!hasEntries) return `*${name}*\nBelum ada catatan.`
    const limit =
      isLow && lowStockLitres !== null ? ` (di bawah batas ${formatLitres(lowStockLitres)} L)` : ''
    return [
      `*${name}*`,
      `Stok awal: ${formatLitres(location.today.opening)} L`,
      `Stok masuk: ${formatLitres(location.today.in)} L`,
      `Pemakaian: ${formatLitres(location.today.out)} L`,
      `Sisa: ${formatLitres(balance)} L${limit}`,
      coverInWords(cover, today),
    ].join('\n')
  })
  const rest = locations.length - MOST_LOCATIONS
  return [head, ...parts, ...(rest > 0 ? [`Dan ${rest} lokasi lain.`] : [])].join('\n\n')
}
