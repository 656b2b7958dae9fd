import { type DepotClock, summaryText } from '#views/cover/summary-text.ts'
import { SUMMARY_ID } from '#views/ids.ts'
import type { LocationCard } from '#views/stock/location-card.ts'

export type SendSummaryProps = { locations: LocationCard[]; clock: DepotClock }

/** Opens WhatsApp with today's figures, on a phone the app and elsewhere its page; whom to send them to is chosen there. */
export function SendSummary({ locations, clock }: SendSummaryProps) {
  const text = encodeURIComponent(summaryText(locations, clock))
  return (
    <a
      class="button"
      id={SUMMARY_ID}
      href={`https://wa.me/?text=${text}`}
      target="_blank"
      rel="noopener"
    >
      Kirim ringkasan
    </a>
  )
}
