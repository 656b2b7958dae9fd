import type { LowLocation } from '#src/cover/queries.ts'
import type { Day } from '#src/units/business-day.ts'
import { formatLitres } from '#src/units/litres.ts'
import { coverInWords } from '#views/cover/words.ts'
import { LOW_STOCK_ID } from '#views/ids.ts'
import { drawnOnce } from '#views/ui/drawn-once.tsx'
import { Notice } from '#views/ui/notice.tsx'

export type LowStock = {
  named: LowLocation[]
  /** How many more locations are low. */
  others: number
  today: Day
  mayRecordDelivery: boolean
}

export type LowBannerProps = {
  /** Null where nothing is low: the place stays, so that news can come into it. */
  lowStock: LowStock | null
  isOutOfBand?: boolean
}

const MOST = 64

/** On every page of those it concerns: where stock runs out, how much is left and for how long. */
export const LowBanner = drawnOnce(MOST, ({ lowStock, isOutOfBand }: LowBannerProps) => {
  return (
    <div id={LOW_STOCK_ID} hx-swap-oob={isOutOfBand ? 'true' : undefined}>
      {lowStock && lowStock.named.length > 0 ? <Notices {...lowStock} /> : null}
    </div>
  )
})

function Notices({ named, others, ...shown }: LowStock) {
  return (
    <aside class="low-stock" aria-label="Stok menipis">
      {named.map((location) => (
        <LowNotice location={location} {...shown} />
      ))}
      {others > 0 ? (
        <Notice tone="low" isLine>
          <p>
            <strong>{others} lokasi lain di bawah batas.</strong>
          </p>
          <a href="/">Lihat semua lokasi</a>
        </Notice>
      ) : null}
    </aside>
  )
}

function LowNotice({
  location,
  today,
  mayRecordDelivery,
}: Pick<LowStock, 'today' | 'mayRecordDelivery'> & { location: LowLocation }) {
  const { code, name, balance, lowStockLitres, cover } = location
  return (
    <Notice tone="low" isLine>
      <p>
        <strong>{name} di bawah batas.</strong> Sisa {formatLitres(balance)} liter
        {lowStockLitres === null ? '' : `, batas ${formatLitres(lowStockLitres)} liter`}.
        {cover === null ? '' : ` ${coverInWords(cover, today)}.`}
      </p>
      {mayRecordDelivery ? (
        <a href={`/stock/in?location=${encodeURIComponent(code)}`}>Catat stok masuk</a>
      ) : null}
    </Notice>
  )
}
