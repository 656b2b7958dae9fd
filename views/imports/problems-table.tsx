import type { RowAdvice, RowProblem } from '#src/imports/problems.ts'
import { groupThousands } from '#src/units/litres.ts'
import { CREATE_LOCATIONS_LABEL } from '#views/imports/create-locations.tsx'
import { Panel } from '#views/ui/panel.tsx'

const ADVICE: Record<RowAdvice, string> = {
  'create-locations': ` Betulkan, atau centang “${CREATE_LOCATIONS_LABEL}” di bawah.`,
  opening: ' Stok awal diisi di halaman ini, sesudah baris lain benar.',
}

/** As much of a cell as tells which one it is. */
const SHOWN_LETTERS = 60

export type ProblemsTableProps = { rows: number; problems: number; shown: RowProblem[] }

/** The bad rows of a file: where, what stands there, and what is wrong with it. */
export function ProblemsTable({ problems, shown }: ProblemsTableProps) {
  const isAll = shown.length >= problems
  return (
    <Panel
      id="problems"
      heading="Yang salah"
      aside={
        isAll ? null : (
          <p class="hint">{`${shown.length} pertama dari ${groupThousands(String(problems))}`}</p>
        )
      }
    >
      <table class="table stack import-problems">
        <caption class="visually-hidden">Baris yang salah</caption>
        <thead>
          <tr>
            <th scope="col" class="num">
              Baris
            </th>
            <th scope="col">Kolom</th>
            <th scope="col">Tertulis</th>
            <th scope="col">Yang salah</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ line, column, text, reason, advice }) => (
            <tr>
              <th scope="row" class="c-line num">
                {groupThousands(String(line))}
              </th>
              <td class="c-column">{cut(column ?? '')}</td>
              <td class="c-text">{text === null || text.trim() === '' ? null : cut(text)}</td>
              <td class="c-reason">{`${reason}${advice ? ADVICE[advice] : ''}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

function cut(text: string): string {
  const letters = [...text]
  return letters.length > SHOWN_LETTERS ? `${letters.slice(0, SHOWN_LETTERS).join('')}…` : text
}
