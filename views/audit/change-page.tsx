import { actionLabel } from '#views/audit/action-labels.ts'
import { ChangeDetails, type ChangeDetailsProps } from '#views/audit/change-details.tsx'
import { CHANGES_COLUMNS } from '#views/audit/changes-table.tsx'
import { AUDIT_PATH } from '#views/audit/filter.ts'
import { subjectInWords } from '#views/audit/subject.tsx'
import { inWords } from '#views/history/entry-facts.tsx'
import { changeDetailsId, changeRowId } from '#views/ids.ts'
import { Buttons } from '#views/ui/button.tsx'

/** "Perubahan lokasi: GENSET". */
export const changeHeading = ({ change }: Pick<ChangeDetailsProps, 'change'>): string =>
  `${actionLabel(change.action)}: ${subjectInWords(change.subject)}`

/** One change of the audit trail. */
export function ChangePage(props: ChangeDetailsProps) {
  const { change, zoneLabel } = props
  return (
    <>
      <div class="page-head">
        <div>
          <h1>{changeHeading(props)}</h1>
          <p>{inWords(change.clock, zoneLabel)}</p>
        </div>
        <p>
          <a href={AUDIT_PATH}>Semua jejak audit</a>
        </p>
      </div>
      <section class="panel" aria-label="Rincian perubahan">
        <div class="panel-body">
          <ChangeDetails {...props} />
        </div>
      </section>
    </>
  )
}

/** The same below its row in the list. */
export function ChangeDrawer(props: ChangeDetailsProps) {
  const { id } = props.change
  return (
    <tr class="drawer" id={changeDetailsId(id)}>
      <td colspan={CHANGES_COLUMNS}>
        <ChangeDetails {...props} />
        <Buttons>
          <a class="button compact" href={`${AUDIT_PATH}#${changeRowId(id)}`}>
            Tutup
          </a>
        </Buttons>
      </td>
    </tr>
  )
}
