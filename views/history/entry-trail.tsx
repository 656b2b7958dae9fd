import type { TrailRowView } from '#src/audit/queries.ts'
import { formatDayClock } from '#src/units/business-day.ts'
import { groupThousands } from '#src/units/litres.ts'
import { actionLabel } from '#views/audit/action-labels.ts'
import { AUDIT_PATH, changeHref } from '#views/audit/filter.ts'
import { SYSTEM } from '#views/audit/nobody.ts'
import { changeRowId } from '#views/ids.ts'
import { Panel } from '#views/ui/panel.tsx'

/** Enough to find the row again, and to compare it by eye. */
const SHORT_HASH = 12

export type EntryTrailProps = {
  rows: TrailRowView[]
  zoneLabel: string
  mayViewAudit: boolean
}

/** The rows of the audit trail that tell of an entry, by their place in their chain. */
export function EntryTrail({ rows, zoneLabel, mayViewAudit }: EntryTrailProps) {
  return (
    <Panel
      id="entry-trail"
      heading="Jejak audit"
      aside={mayViewAudit ? <a href={AUDIT_PATH}>Semua jejak audit</a> : null}
    >
      <table class="table stack trail changes">
        <caption class="visually-hidden">Jejak audit catatan ini</caption>
        <thead>
          <tr>
            <th scope="col">{`Waktu (${zoneLabel})`}</th>
            <th scope="col">Perubahan</th>
            <th scope="col">Oleh</th>
            <th scope="col">Rantai</th>
            <th scope="col">Sidik</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr id={changeRowId(row.id)}>
              <td class="c-when">{formatDayClock(row.clock)}</td>
              <td class="c-action">
                {mayViewAudit ? (
                  <a href={changeHref(row.id)}>{actionLabel(row.action)}</a>
                ) : (
                  actionLabel(row.action)
                )}
              </td>
              <td class="c-by">{row.by ?? SYSTEM}</td>
              <td class="c-link">
                {`${row.chainName}, baris ${groupThousands(String(row.position))}`}
              </td>
              <td class="c-mark">
                <code class="hash">{row.hash.slice(0, SHORT_HASH)}…</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
