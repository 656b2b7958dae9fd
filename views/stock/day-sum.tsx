import { formatLitres } from '#src/units/litres.ts'
import type { DayFigures } from '#views/stock/location-card.ts'
import { Signed } from '#views/stock/signed.tsx'

export function DaySum({ day }: { day: DayFigures }) {
  return (
    <dl class="day-sum">
      <div>
        <dt>Stok awal hari ini</dt>
        <dd>{formatLitres(day.opening)}</dd>
      </div>
      <div>
        <dt>Stok masuk</dt>
        <Signed as="dd" type="IN" litres={day.in} />
      </div>
      <div>
        <dt>Pemakaian</dt>
        <Signed as="dd" type="OUT" litres={day.out} />
      </div>
      <div>
        <dt>Stok akhir</dt>
        <dd>{formatLitres(day.closing)}</dd>
      </div>
    </dl>
  )
}
