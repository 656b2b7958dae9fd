import { formatDayClock } from '#src/units/business-day.ts'
import {
  type KeyRow,
  NEW_KEY_PATH,
  placeOf,
  revocationHref,
  SCOPE_LABELS,
} from '#views/keys/words.ts'
import { DOCS_PATH } from '#views/openapi/words.ts'
import { Badge } from '#views/ui/badge.tsx'
import { ButtonLink } from '#views/ui/button.tsx'
import { Empty } from '#views/ui/empty.tsx'
import { Panel } from '#views/ui/panel.tsx'

/** The keys of programs: which there are, what they may do, and when they were used last. */
export function KeysPage({ keys }: { keys: KeyRow[] }) {
  const active = keys.filter(({ revokedClock }) => revokedClock === null)
  return (
    <>
      <div class="page-head">
        <div>
          <h1>Kunci API</h1>
          <p>{`${active.length} aktif, ${keys.length - active.length} dicabut`}</p>
        </div>
        <ButtonLink look="primary" href={NEW_KEY_PATH}>
          Buat kunci
        </ButtonLink>
      </div>
      <Panel id="keys" heading="Daftar kunci" aside={<a href={DOCS_PATH}>Dokumentasi API</a>}>
        {keys.length > 0 ? (
          <KeysTable keys={keys} />
        ) : (
          <Empty heading="Belum ada kunci">
            <p>Dengan kunci, sebuah program membaca buku atau mencatat atas namanya sendiri.</p>
          </Empty>
        )}
      </Panel>
    </>
  )
}

function KeysTable({ keys }: { keys: KeyRow[] }) {
  return (
    <table class="table stack keys">
      <caption class="visually-hidden">Kunci API, yang aktif lebih dulu</caption>
      <thead>
        <tr>
          <th scope="col">Nama</th>
          <th scope="col">Boleh</th>
          <th scope="col">Lokasi</th>
          <th scope="col">Awal kunci</th>
          <th scope="col">Dibuat</th>
          <th scope="col">Terakhir dipakai</th>
          <th scope="col">Keadaan</th>
        </tr>
      </thead>
      <tbody>
        {keys.map((row) => (
          <Row row={row} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ row }: { row: KeyRow }) {
  const { id, name, scope, prefix, createdClock, createdBy, lastUsedClock, revokedClock } = row
  return (
    <tr id={`key-${id}`} class={revokedClock === null ? undefined : 'revoked'}>
      <th scope="row" class="c-name">
        {name}
      </th>
      <td class="c-scope">{SCOPE_LABELS[scope]}</td>
      <td class="c-place">{placeOf(row)}</td>
      <td class="c-prefix">
        <code>{`${prefix}…`}</code>
      </td>
      <td class="c-made">{`${formatDayClock(createdClock)}, ${createdBy}`}</td>
      <td class="c-used">
        {lastUsedClock === null ? 'Belum pernah' : formatDayClock(lastUsedClock)}
      </td>
      <td class="c-state">
        {revokedClock === null ? (
          <a href={revocationHref(id)} aria-label={`Cabut kunci ${name}`}>
            Cabut
          </a>
        ) : (
          <>
            <Badge>Dicabut</Badge> <span class="soft">{formatDayClock(revokedClock)}</span>
          </>
        )}
      </td>
    </tr>
  )
}
