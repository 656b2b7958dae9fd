import type { ChainWithLast } from '#src/audit/queries.ts'
import { formatDayClock } from '#src/units/business-day.ts'
import { groupThousands } from '#src/units/litres.ts'
import { SYSTEM } from '#views/audit/nobody.ts'
import { Code } from '#views/ui/code.tsx'
import { Panel } from '#views/ui/panel.tsx'

type ChainsProps = { chains: ChainWithLast[]; zoneLabel: string }

/** The chains of the audit trail with their fingerprints. */
export function ChainsPanel({ chains, zoneLabel }: ChainsProps) {
  return (
    <Panel id="audit-chains" heading="Sidik rantai">
      <div class="panel-body">
        <p class="audit-use">
          Catat sidik beserta jumlah barisnya di luar sistem: pada jumlah baris yang sama sidik
          harus tetap sama, juga di hasil <code>bin/verify</code>; bila berbeda, masa lalu telah
          diubah. Halaman ini hanya membaca ujung setiap rantai; seluruh barisnya diperiksa setiap
          kali <code>bin/verify</code> dijalankan di komputer server.
        </p>
      </div>
      <Chains chains={chains} zoneLabel={zoneLabel} />
    </Panel>
  )
}

function Chains({ chains, zoneLabel }: ChainsProps) {
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
            <td class="c-last">
              {last ? `${formatDayClock(last.clock)}, ${last.by ?? SYSTEM}` : null}
            </td>
            <td class="c-hash">
              <code class="hash">{headHash}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
