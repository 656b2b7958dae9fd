import type { StockPayload } from '#src/alerts/payload.ts'
import { formatClock, formatDate, wallClock, zoneLabel } from '#src/units/business-day.ts'
import { formatLitres, formatRound, parseDecimal } from '#src/units/litres.ts'

/** What a mail says of a stock level. */
export function mailOf(
  payload: StockPayload,
  { zone, origin }: { zone: string; origin: string },
): { subject: string; text: string } {
  const { event, name, litres, thresholdLitres, at } = payload
  const left = parseDecimal(litres)
  const clock = wallClock(new Date(at), zone)
  const isLow = event === 'stock.low'
  const limit =
    thresholdLitres === null
      ? 'Lokasi ini tidak lagi punya batas stok menipis.'
      : `Batas stok menipis: ${formatLitres(parseDecimal(thresholdLitres))} liter.`
  const lines = [
    isLow ? `Stok solar di ${name} turun di bawah batas.` : `Stok solar di ${name} cukup lagi.`,
    '',
    `Sisa: ${formatLitres(left)} liter.`,
    limit,
    `Dicatat: ${formatDate(clock.slice(0, 10))} pukul ${formatClock(clock)} ${zoneLabel(zone)}.`,
    '',
    `Buka Monitoring BBM: ${origin}/`,
  ]
  const subject = isLow ? `Stok ${name} menipis` : `Stok ${name} cukup lagi`
  return { subject: `${subject}: ${formatRound(left)} liter`, text: `${lines.join('\n')}\n` }
}
