import type { PlaceOutcome } from '#src/imports/draft.ts'
import { formatLitres, groupThousands, type Litres } from '#src/units/litres.ts'
import { signedText } from '#views/stock/signed.tsx'
import { Badge } from '#views/ui/badge.tsx'
import { Code } from '#views/ui/code.tsx'

/** What a file does to each location, and what is left there afterwards. */
export function PlacesTable({ places }: { places: PlaceOutcome[] }) {
  return (
    <table class="table stack import-places">
      <caption class="visually-hidden">Akibatnya pada tiap lokasi</caption>
      <thead>
        <tr>
          <th scope="col">Lokasi</th>
          <th scope="col" class="num">
            Stok awal (L)
          </th>
          <th scope="col" class="num">
            Masuk (L)
          </th>
          <th scope="col" class="num">
            Baris masuk
          </th>
          <th scope="col" class="num">
            Keluar (L)
          </th>
          <th scope="col" class="num">
            Baris keluar
          </th>
          <th scope="col" class="num">
            Sisa sesudahnya (L)
          </th>
        </tr>
      </thead>
      <tbody>
        {places.map((place) => (
          <tr>
            <th scope="row" class="c-place">
              <Code code={place.code} /> {place.isNew ? <Badge tone="on">Lokasi baru</Badge> : null}
            </th>
            <td class="c-opening num">{moved('IN', place.openingLitres)}</td>
            <td class="c-in num">{moved('IN', place.litresIn)}</td>
            <td class="c-rows-in num">{rows(place.rowsIn)}</td>
            <td class="c-out num">{moved('OUT', place.litresOut)}</td>
            <td class="c-rows-out num">{rows(place.rowsOut)}</td>
            <td class={place.balance < 0n ? 'c-after num loss' : 'c-after num'}>
              {formatLitres(place.balance)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const moved = (type: 'IN' | 'OUT', litres: Litres) =>
  litres === 0n ? null : (
    <span class={type === 'IN' ? 'in' : 'out'}>{signedText(type, litres)}</span>
  )

const rows = (count: number): string | null => (count === 0 ? null : groupThousands(String(count)))
