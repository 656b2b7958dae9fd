import type { ChartRow, Step } from '#src/charts/rules.ts'
import { formatLitres, type Litres } from '#src/units/litres.ts'
import { rowInWords, STEP_HEADS } from '#views/charts/words.ts'
import { TREND_TABLE_ID } from '#views/ids.ts'
import { moveClass, signedText } from '#views/stock/signed.tsx'
import { drawnOnce } from '#views/ui/drawn-once.tsx'

export type TrendTableProps = { caption: string; step: Step; rows: ChartRow[] }

/** Newest first. The chart is drawn from this very table, by the classes of its cells. */
export function TrendTable({ caption, step, rows }: TrendTableProps) {
  return (
    <table class="table stack trend" id={TREND_TABLE_ID}>
      <caption class="visually-hidden">{caption}</caption>
      <TrendHead head={STEP_HEADS[step]} />
      <tbody>
        {rows.toReversed().map((row) => (
          <TrendRow
            head={rowInWords(row, step)}
            opening={row.opening}
            in={row.in}
            out={row.out}
            closing={row.closing}
          />
        ))}
      </tbody>
      <tfoot>
        <TrendRow head="Jumlah" {...totalOf(rows)} />
      </tfoot>
    </table>
  )
}

const MOST_HEADS = 16

/** The columns of opening, in, out and closing, behind one of another name. */
export const TrendHead = drawnOnce(MOST_HEADS, ({ head }: { head: string }) => {
  return (
    <thead>
      <tr>
        <th scope="col">{head}</th>
        <th scope="col" class="num c-open">
          Awal (L)
        </th>
        <th scope="col" class="num">
          Masuk (L)
        </th>
        <th scope="col" class="num">
          Pemakaian (L)
        </th>
        <th scope="col" class="num">
          Akhir (L)
        </th>
      </tr>
    </thead>
  )
})

type RowFigures = { opening: Litres; in: Litres; out: Litres; closing: Litres }

/** Of the days of some twenty charts. */
const MOST_ROWS = 500

export const TrendRow = drawnOnce(
  MOST_ROWS,
  ({ head, href, ...figures }: RowFigures & { head: string; href?: string }) => (
    <tr>
      <th scope="row">{href === undefined ? head : <a href={href}>{head}</a>}</th>
      <td class="num c-open">{formatLitres(figures.opening)}</td>
      <MoveCell type="IN" litres={figures.in} class="c-in" />
      <MoveCell type="OUT" litres={figures.out} class="c-out" />
      <td class="num amount c-close">{formatLitres(figures.closing)}</td>
    </tr>
  ),
)

type MoveCellProps = { type: 'IN' | 'OUT'; litres: Litres; class: string }

function MoveCell({ type, litres, class: className }: MoveCellProps) {
  const colour = litres === 0n ? '' : ` ${moveClass(type)}`
  return <td class={`num ${className}${colour}`}>{signedText(type, litres)}</td>
}

function totalOf(rows: ChartRow[]): RowFigures {
  return {
    opening: rows[0]?.opening ?? 0n,
    in: rows.reduce((sum, row) => sum + row.in, 0n),
    out: rows.reduce((sum, row) => sum + row.out, 0n),
    closing: rows[rows.length - 1]?.closing ?? 0n,
  }
}
