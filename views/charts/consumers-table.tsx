import type { ConsumerRow, ConsumersOfPlace } from '#src/charts/consumers.ts'
import { formatLitres, type Litres } from '#src/units/litres.ts'
import { differenceInWords } from '#views/charts/words.ts'
import { CONSUMERS_TABLE_ID } from '#views/ids.ts'

export type ConsumersTableProps = { caption: string; places: ConsumersOfPlace[] }

const NO_USUAL = 'belum cukup data'
const COLUMNS = 6

/** The chart is drawn from this very table, by the classes of its cells. */
export function ConsumersTable({ caption, places }: ConsumersTableProps) {
  const hasPlaces = places.length > 1
  return (
    <table class="table stack consumers" id={CONSUMERS_TABLE_ID}>
      <caption class="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Untuk</th>
          <th scope="col" class="num">
            Pemakaian (L)
          </th>
          <th scope="col" class="num">
            Hari pakai
          </th>
          <th scope="col" class="num">
            Biasanya per hari pakai (L)
          </th>
          <th scope="col" class="num">
            Biasanya, hari sebanyak itu (L)
          </th>
          <th scope="col" class="num">
            Beda
          </th>
        </tr>
      </thead>
      {places.map((place) => (
        <tbody>
          {hasPlaces && place.rows.length > 0 ? (
            <tr class="day">
              <th scope="rowgroup" colspan={COLUMNS}>
                <strong>{place.name}</strong>
              </th>
            </tr>
          ) : null}
          {place.rows.map((row) => (
            <Row {...row} />
          ))}
        </tbody>
      ))}
      <tfoot>
        <tr>
          <th scope="row">Jumlah</th>
          <td class="num amount c-used">{formatLitres(totalOf(places))}</td>
          <td class="num c-days" />
          <td class="num c-usual" />
          <td class="num c-expected" />
          <td class="num c-difference" />
        </tr>
      </tfoot>
    </table>
  )
}

function Row({ name, litres, days, usualLitres, expectedLitres }: ConsumerRow) {
  return (
    <tr>
      <th scope="row">{name ?? 'Tanpa nama'}</th>
      <td class="num amount c-used">{formatLitres(litres)}</td>
      <td class="num c-days">{days}</td>
      <td class={`num c-usual${usualLitres === null ? ' soft' : ''}`}>
        {usualLitres === null ? NO_USUAL : formatLitres(usualLitres)}
      </td>
      <td class="num c-expected">{expectedLitres === null ? '' : formatLitres(expectedLitres)}</td>
      <td class="num c-difference">{differenceInWords(litres, expectedLitres)}</td>
    </tr>
  )
}

const totalOf = (places: ConsumersOfPlace[]): Litres =>
  places.flatMap(({ rows }) => rows).reduce((sum, { litres }) => sum + litres, 0n)
