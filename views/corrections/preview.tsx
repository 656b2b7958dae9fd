import type { EntryType } from '#src/ledger/entry-view.ts'
import { formatLitres, type Litres } from '#src/units/litres.ts'
import { CORRECTION_PREVIEW_ID, FORESEEN_ID } from '#views/ids.ts'
import { moveClass, signedText } from '#views/stock/signed.tsx'

export type PreviewRow = {
  label: string
  before: Litres
  /** Null as long as nothing that can be booked is typed. */
  after: Litres | null
  /** Fuel that moves, counted up; null for what is left. */
  move: EntryType | null
}

export type PreviewProps = {
  locationName: string
  rows: PreviewRow[]
  /** Why this cannot be booked. */
  problem: string | null
}

/** What a correction would do to the books. The frame stays and tells a screen reader what changes in it. */
export function Preview(props: PreviewProps) {
  return (
    <div id={CORRECTION_PREVIEW_ID} role="status">
      <Foreseen {...props} />
    </div>
  )
}

function Foreseen({ locationName, rows, problem }: PreviewProps) {
  return (
    <div id={FORESEEN_ID}>
      <table class="table stack">
        <caption>Akibatnya pada buku</caption>
        <thead>
          <tr>
            <th scope="col">{locationName}</th>
            <th scope="col" class="num">
              Sebelum (L)
            </th>
            <th scope="col" class="num">
              Sesudah (L)
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, before, after, move }) => (
            <tr>
              <th scope="row">{label}</th>
              <td class={numberClass(move, before)}>{text(move, before)}</td>
              <td class={`${numberClass(move, after ?? 0n)} after`}>
                {after === null ? '–' : text(move, after)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {problem === null ? null : <p class="error">{problem}</p>}
    </div>
  )
}

const text = (move: EntryType | null, litres: Litres): string =>
  move === null ? formatLitres(litres) : signedText(move, litres)

const numberClass = (move: EntryType | null, litres: Litres): string =>
  move === null || litres === 0n ? 'num' : `num ${moveClass(move)}`
