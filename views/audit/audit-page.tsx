import type { ChainWithLast, ChangeView } from '#src/audit/queries.ts'
import { formatDayClock } from '#src/units/business-day.ts'
import { groupThousands } from '#src/units/litres.ts'
import { actionLabel } from '#views/audit/action-labels.ts'
import { HISTORY_PATH } from '#views/history/filter.ts'
import { AUDIT_ID } from '#views/ids.ts'
import { Code } from '#views/ui/code.tsx'
import { Empty } from '#views/ui/empty.tsx'
import { Panel } from '#views/ui/panel.tsx'

export type AuditPageProps = { chains: ChainWithLast[]; changes: ChangeView[]; zoneLabel: string }

/** The chains of the audit trail with their fingerprints, and what was changed last. */
export function AuditPage({ chains, changes, zoneLabel }: AuditPageProps) {
  return (
    <div class="audit" id={AUDIT_ID}>
      <div class="page-head">
        <h1>Jejak audit</h1>
      </div>
      <Panel id="audit-chains" heading="Sidik rantai">
        <div class="panel-body">
          <p class="audit-use">
            Catat sidik beserta jumlah barisnya di luar sistem: pada jumlah baris yang sama sidik
            harus tetap sama, juga di hasil <code>bin/verify</code>; bila berbeda, masa lalu telah
            diubah.
          </p>
        </div>
        <Chains chains={chains} zoneLabel={zoneLabel} />
      </Panel>
      <Panel id="audit-changes" heading="Perubahan terakhir">
        {changes.length > 0 ? (
          <Changes changes={changes} zoneLabel={zoneLabel} />
        ) : (
          <Empty heading="Belum ada perubahan">
            <p>Setiap pencatatan dan perubahan muncul di sini.</p>
          </Empty>
        )}
      </Panel>
    </div>
  )
}

function Chains({ chains, zoneLabel }: Pick<AuditPageProps, 'chains' | 'zoneLabel'>) {
  return (
    <table class="table stack trail chains">
      <caption class="visually-hidden">Rantai jejak audit dengan sidiknya</caption>
      <thead>
        <tr>
          <th scope="col">Rantai</th>
          <th scope="col" class="num">
            Baris
          </th>
          <th scope="col">{`Perubahan terakhir (${zoneLabel})`}</th>
          <th scope="col">Sidik</th>
        </tr>
      </thead>
      <tbody>
        {chains.map(({ name, length, last, headHash }) => (
          <tr>
            <th scope="row" class="c-chain">
              <Code code={name} />
            </th>
            <td class="c-rows num">{groupThousands(String(length))}</td>
            <td class="c-last">{last ? `${formatDayClock(last.clock)}, ${last.by}` : null}</td>
            <td class="c-hash">
              <code class="hash">{headHash}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Changes({ changes, zoneLabel }: Pick<AuditPageProps, 'changes' | 'zoneLabel'>) {
  return (
    <table class="table stack trail changes">
      <caption class="visually-hidden">{`${changes.length} perubahan terakhir`}</caption>
      <thead>
        <tr>
          <th scope="col">{`Waktu (${zoneLabel})`}</th>
          <th scope="col">Perubahan</th>
          <th scope="col">Apa</th>
          <th scope="col">Oleh</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr id={`change-${change.id}`}>
            <td class="c-when">{formatDayClock(change.clock)}</td>
            <td class="c-action">{actionLabel(change.action)}</td>
            <td class="c-subject">
              <Subject subject={change.subject} />
            </td>
            <td class="c-by">{change.by}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Subject({ subject }: Pick<ChangeView, 'subject'>) {
  if ('words' in subject) return <Code code={subject.words} />
  return <a href={`${HISTORY_PATH}/${subject.entryId}`}>{`Catatan nomor ${subject.entryId}`}</a>
}
