import type { State } from '#src/audit/compare.ts'
import { formatClock, formatDay, isDay, wallClock } from '#src/units/business-day.ts'
import { formatLitres, parseDecimal } from '#src/units/litres.ts'
import { CONSUMER_KIND_LABELS } from '#views/consumers/kind-labels.ts'
import { KIND_LABELS } from '#views/stock/kind-labels.ts'

/** What is needed to say a value in words: the company's zone, and names by "user:7". */
export type Reading = { zone: string; names: Record<string, string> }

/** Words on screen for each field that a row of the audit trail keeps. */
const LABELS: Record<string, string> = {
  id: 'Nomor',
  type: 'Arah',
  kind: 'Jenis',
  litres: 'Jumlah',
  location: 'Lokasi',
  locationId: 'Nomor lokasi',
  occurredAt: 'Waktu',
  businessDay: 'Hari',
  recordedAt: 'Dicatat pada',
  userId: 'Nomor pengguna',
  notes: 'Keterangan',
  reference: 'No. surat jalan / DO',
  consumer: 'Untuk',
  consumerId: 'Nomor genset atau kapal',
  requestId: 'Kunci permintaan',
  requestHash: 'Sidik permintaan',
  reversesId: 'Membatalkan catatan',
  replacesId: 'Mengganti catatan',
  placeOfId: 'Pada urutan catatan',
  importId: 'Nomor impor',
  overCapacity: 'Melebihi kapasitas',
  balanceAfter: 'Sisa sesudahnya',
  email: 'Email',
  name: 'Nama',
  role: 'Peran',
  active: 'Aktif',
  mustChangePassword: 'Harus mengganti kata sandi',
  code: 'Kode',
  capacityLitres: 'Kapasitas',
  lowStockLitres: 'Batas stok menipis',
  powerKilowatts: 'Daya (kW)',
  companyName: 'Nama perusahaan',
  alertRecipients: 'Penerima peringatan',
  signatories: '',
  prepared: 'Dibuat',
  checked: 'Diperiksa',
  acknowledged: 'Mengetahui',
  approved: 'Menyetujui',
  position: 'Jabatan',
  fileName: 'Nama berkas',
  fileHash: 'Sidik berkas',
  rows: 'Baris',
  litresIn: 'Masuk',
  litresOut: 'Keluar',
  firstId: 'Catatan pertama',
  lastId: 'Catatan terakhir',
  balance: 'Sisa',
  entries: 'Catatan',
  days: '',
  consumerDays: '',
  net: 'Bersih',
  entriesIn: 'Catatan masuk',
  entriesOut: 'Catatan keluar',
  rowsIn: 'Baris masuk',
  rowsOut: 'Baris keluar',
  lowest: 'Terendah',
  highest: 'Tertinggi',
  lastAt: 'Gerakan terakhir',
  scope: 'Boleh',
  prefix: 'Awal kunci',
  reason: 'Alasan',
}

const LITRES = new Set([
  'litres',
  'balanceAfter',
  'balance',
  'capacityLitres',
  'lowStockLitres',
  'litresIn',
  'litresOut',
  'net',
  'lowest',
  'highest',
])

/** Which names a number stands for. */
const NOUNS: Record<string, string> = {
  userId: 'user',
  locationId: 'location',
  consumerId: 'consumer',
  importId: 'import',
}

const VALUES: Record<string, Record<string, string>> = {
  type: { IN: 'Masuk', OUT: 'Keluar' },
  kind: { ...KIND_LABELS, ...CONSUMER_KIND_LABELS },
  role: { admin: 'Admin', supervisor: 'Supervisor', operasional: 'Operasional' },
  scope: { read: 'Membaca', book: 'Mencatat di satu lokasi' },
}

/** What people do not ask about first: numbers of what is named beside them, and keys. */
const TECHNICAL = new Set([
  'locationId',
  'userId',
  'consumerId',
  'placeOfId',
  'requestId',
  'requestHash',
])

export const isTechnical = (path: string): boolean => TECHNICAL.has(path)

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const DECIMAL = /^-?\d+(\.\d{1,2})?$/

/** "Diperiksa, jabatan" of "signatories.checked.position". A field that nobody has named yet shows its own name. */
export function fieldLabel(path: string): string {
  const parts = path.split('.').flatMap((name) => partLabel(name) || [])
  const [first = 'Isi', ...others] = parts
  return [first, ...others.map((part) => part.toLowerCase())].join(', ')
}

function partLabel(name: string): string {
  if (isDay(name)) return formatDay(name)
  return LABELS[name] ?? name
}

/** A value as the screens write it: litres, days, names. Nothing is a dash. */
export function stateInWords(path: string, state: State | undefined, reading: Reading): string {
  if (state === undefined || state === null || state === '') return '–'
  if (typeof state === 'boolean') return state ? 'Ya' : 'Tidak'
  if (typeof state !== 'string' && typeof state !== 'number') return listInWords(state)
  const name = path.split('.').pop() ?? ''
  const text = String(state)
  if (LITRES.has(name) && DECIMAL.test(text)) return `${formatLitres(parseDecimal(text))} L`
  const known = reading.names[`${NOUNS[name]}:${text}`]
  if (known !== undefined) return `${text}, ${known}`
  if (INSTANT.test(text)) return momentInWords(text, reading.zone)
  if (isDay(text)) return formatDay(text)
  return VALUES[name]?.[text] ?? text
}

const listInWords = (list: readonly unknown[]): string =>
  list.length === 0 ? '–' : list.map(String).join('\n')

function momentInWords(text: string, zone: string): string {
  const clock = wallClock(new Date(text), zone)
  return `${formatDay(clock)} pukul ${formatClock(clock)}`
}
