import type { Option } from '#views/ui/select.tsx'

/** What may stand in the chains of the books, and of files: whoever sees the books sees these. */
const OF_BOOKS: Record<string, string> = {
  'entry.book': 'Pencatatan',
  'entry.correct': 'Perbaikan',
  'import.book': 'Impor berkas',
  'books.rebuild': 'Sisa dan angka harian dihitung ulang',
}

const OF_ADMINISTRATION: Record<string, string> = {
  'user.create': 'Pengguna baru',
  'user.change': 'Perubahan pengguna',
  'user.password': 'Kata sandi baru',
  'user.session-end': 'Sesi diakhiri',
  'location.create': 'Lokasi baru',
  'location.change': 'Perubahan lokasi',
  'consumer.create': 'Genset atau kapal baru',
  'consumer.change': 'Perubahan genset atau kapal',
  'settings.change': 'Perubahan pengaturan',
  'key.create': 'Kunci API baru',
  'key.revoke': 'Kunci API dicabut',
}

const OF_ACCESS: Record<string, string> = {
  'sign-in': 'Masuk',
  'sign-in.failed': 'Gagal masuk',
  'sign-out': 'Keluar',
  'session-end': 'Sesi sendiri diakhiri',
  password: 'Kata sandi sendiri diganti',
  refused: 'Ditolak',
  export: 'Unduhan',
  'key.refused': 'Kunci API yang dicabut dipakai',
  'token.reuse': 'Tanda masuk lama dipakai lagi',
  'token.reuse.read': 'Kabar tanda masuk lama dibaca',
}

const LABELS: Record<string, string> = { ...OF_BOOKS, ...OF_ADMINISTRATION, ...OF_ACCESS }

/** Words on screen for an action of the audit trail; one that nobody has named yet shows its own name. */
export const actionLabel = (action: string): string => LABELS[action] ?? action

/** The changes that can be chosen. */
export const changeActions = (seesAdministration: boolean): Option[] =>
  optionsOf({ ...OF_BOOKS, ...(seesAdministration && OF_ADMINISTRATION) })

/** The sign-ins and refusals that can be chosen. */
export const accessActions = (): Option[] => optionsOf(OF_ACCESS)

const optionsOf = (labels: Record<string, string>): Option[] =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))
