import { LOCATIONS_HEAD_ID } from '#views/ids.ts'

export function LocationsHead() {
  return (
    <thead id={LOCATIONS_HEAD_ID}>
      <tr>
        <th scope="col" class="c-code">
          Kode
        </th>
        <th scope="col" class="c-name">
          Nama
        </th>
        <th scope="col" class="c-capacity num">
          Kapasitas (L)
        </th>
        <th scope="col" class="c-threshold num">
          Batas menipis (L)
        </th>
        <th scope="col" class="c-consumers num">
          Genset/kapal
        </th>
        <th scope="col" class="c-state">
          Status
        </th>
        <th scope="col" class="c-end">
          <span class="visually-hidden">Tindakan</span>
        </th>
      </tr>
    </thead>
  )
}
