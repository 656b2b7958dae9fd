import { LOCATIONS_HEAD_ID } from '#views/ids.ts'
import { PlainHead } from '#views/ui/plain-head.tsx'

const COLUMNS = [
  { class: 'c-code', label: 'Kode' },
  { class: 'c-name', label: 'Nama' },
  { class: 'c-capacity num', label: 'Kapasitas (L)' },
  { class: 'c-threshold num', label: 'Batas menipis (L)' },
  { class: 'c-consumers num', label: 'Genset/kapal' },
  { class: 'c-state', label: 'Status' },
]

export const LocationsHead = () => <PlainHead id={LOCATIONS_HEAD_ID} columns={COLUMNS} />
