import type { Forecast } from '#src/cover/rules.ts'
import type { Day } from '#src/units/business-day.ts'
import { formatLitres } from '#src/units/litres.ts'
import { coverInWords, reachInWords } from '#views/cover/words.ts'
import type { LocationCard } from '#views/stock/location-card.ts'

export type CoverProps = { location: LocationCard; today: Day }

/** Until when it lasts, in one line under the number. Where nothing was booked there is nothing to reckon with. */
export function CoverLine({ location, today }: CoverProps) {
  if (!location.hasEntries) return null
  return <p class="plate-cover">{coverInWords(location.cover, today)}</p>
}

/** The same at both paces, with the day on which the threshold is reached. */
export function CoverDetails({ location, today }: CoverProps) {
  const { name, cover, lowStockLitres } = location
  if (cover === null) return null
  const isSame = cover.long.usageDays === cover.recent.usageDays
  const paces = isSame ? [cover.recent] : [cover.recent, cover.long]
  const limit = lowStockLitres === null ? '' : ` ${formatLitres(lowStockLitres)} L`
  return (
    <details class="more cover">
      <summary>
        Hitungan cukup sampai<span class="visually-hidden"> {name}</span>
      </summary>
      <table>
        <caption>Sisa sekarang dibagi rata-rata hari yang ada pemakaian, tanpa hari ini.</caption>
        <thead>
          <tr>
            <th scope="col">Pemakaian</th>
            {paces.map(({ usageDays }) => (
              <th scope="col">{usageDays} hari terakhir</th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Row
            label="Rata-rata sehari"
            paces={paces}
            say={({ mean }) => `${formatLitres(mean)} L`}
          />
          {lowStockLitres === null ? null : (
            <Row
              label={`Batas${limit}`}
              paces={paces}
              say={({ lowOn }) =>
                lowOn === null ? '' : reachInWords(lowOn, { today, passed: 'sudah lewat' })
              }
            />
          )}
          <Row
            label="Habis"
            paces={paces}
            say={({ emptyOn }) => reachInWords(emptyOn, { today, passed: 'sudah habis' })}
          />
        </tbody>
      </table>
    </details>
  )
}

type RowProps = { label: string; paces: Forecast[]; say: (forecast: Forecast) => string }

function Row({ label, paces, say }: RowProps) {
  return (
    <tr>
      <th scope="row">{label}</th>
      {paces.map((forecast) => (
        <td>{unbroken(say(forecast))}</td>
      ))}
    </tr>
  )
}

/** A narrow column may break before a year, not between a day and its month. */
const unbroken = (words: string): string =>
  words.replace(/± (\d+) /, '±\u00a0$1\u00a0').replace(/ L$/, '\u00a0L')
