import type { ChangeView } from '#src/audit/changes.ts'
import { formatDayClock } from '#src/units/business-day.ts'
import { actionLabel } from '#views/audit/action-labels.ts'
import { changeHref } from '#views/audit/filter.ts'
import { SYSTEM } from '#views/audit/nobody.ts'
import { Subject, subjectInWords } from '#views/audit/subject.tsx'
import { changeRowId } from '#views/ids.ts'

export type ChangesTableProps = { changes: ChangeView[]; zoneLabel: string }

/** How many columns it has, for the row that opens below another one. */
export const CHANGES_COLUMNS = 5

export function ChangesTable({ changes, zoneLabel }: ChangesTableProps) {
  return (
    <table class="table stack trail changes openable">
      <caption class="visually-hidden">Perubahan, yang terbaru lebih dulu</caption>
      <thead>
        <tr>
          <th scope="col">{`Waktu (${zoneLabel})`}</th>
          <th scope="col">Perubahan</th>
          <th scope="col">Apa</th>
          <th scope="col">Oleh</th>
          <th scope="col" class="c-end">
            <span class="visually-hidden">Buka</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <ChangeRow change={change} />
        ))}
      </tbody>
    </table>
  )
}

function ChangeRow({ change }: { change: ChangeView }) {
  const { id, clock, action, subject, by } = change
  const href = changeHref(id)
  const label = actionLabel(action)
  return (
    <tr id={changeRowId(id)}>
      <td class="c-when">{formatDayClock(clock)}</td>
      <td class="c-action">{label}</td>
      <td class="c-subject">
        <Subject subject={subject} />
      </td>
      <td class="c-by">{by ?? SYSTEM}</td>
      <td class="c-end">
        <a
          href={href}
          aria-label={`Rincian ${label}, ${subjectInWords(subject)}`}
          hx-get={href}
          hx-target="closest tr"
          hx-select="unset"
          hx-swap="afterend"
          hx-push-url="false"
          hx-sync="this:drop"
        >
          Rincian
        </a>
      </td>
    </tr>
  )
}
