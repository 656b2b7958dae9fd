import type { PastImport } from '#src/imports/queries.ts'
import { formatDayClock } from '#src/units/business-day.ts'
import { formatLitres, groupThousands } from '#src/units/litres.ts'
import { Empty } from '#views/ui/empty.tsx'
import { Panel } from '#views/ui/panel.tsx'

/** The files that were brought into the books, the newest first. */
export function PastImports({ past, zoneLabel }: { past: PastImport[]; zoneLabel: string }) {
  return (
    <Panel id="past" heading="Impor terakhir">
      {past.length > 0 ? (
        <PastTable past={past} zoneLabel={zoneLabel} />
      ) : (
        <Empty heading="Belum ada impor">
          <p>Setiap berkas yang dibukukan muncul di sini.</p>
        </Empty>
      )}
    </Panel>
  )
}

function PastTable({ past, zoneLabel }: { past: PastImport[]; zoneLabel: string }) {
  return (
    <table class="table stack past">
      <caption class="visually-hidden">{`${past.length} impor terakhir`}</caption>
      <thead>
        <tr>
          <th scope="col">{`Waktu (${zoneLabel})`}</th>
          <th scope="col">Berkas</th>
          <th scope="col" class="num">
            Baris
          </th>
          <th scope="col" class="num">
            Masuk (L)
          </th>
          <th scope="col" class="num">
            Keluar (L)
          </th>
          <th scope="col">Oleh</th>
        </tr>
      </thead>
      <tbody>
        {past.map(({ id, fileName, clock, by, booked }) => (
          <tr id={`import-${id}`}>
            <td class="c-when">{formatDayClock(clock)}</td>
            <th scope="row" class="c-file">
              {fileName}
            </th>
            <td class="c-rows num">{booked ? groupThousands(String(booked.rows)) : null}</td>
            <td class="c-in num">{booked ? formatLitres(booked.litresIn) : null}</td>
            <td class="c-out num">{booked ? formatLitres(booked.litresOut) : null}</td>
            <td class="c-by">{by}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
