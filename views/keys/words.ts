import type { KeyScope } from '#src/auth/permissions.ts'
import type { WallClock } from '#src/units/business-day.ts'

export const KEYS_PATH = '/keys'
export const NEW_KEY_PATH = '/keys/new'

export const revocationHref = (id: number): string => `${KEYS_PATH}/${id}/revocation`

/** A key as it is shown: everything but the key. */
export type KeyRow = {
  id: number
  name: string
  scope: KeyScope
  /** The name of its location; null for all. */
  place: string | null
  prefix: string
  createdClock: WallClock
  createdBy: string
  lastUsedClock: WallClock | null
  revokedClock: WallClock | null
}

export const SCOPE_LABELS: Record<KeyScope, string> = {
  read: 'Membaca',
  book: 'Mencatat',
}

export const SCOPE_SENTENCES: Record<KeyScope, string> = {
  read: 'Membaca stok, riwayat, grafik, laporan dan ekspor',
  book: 'Mencatat pemakaian dan stok masuk di satu lokasi',
}

export const placeOf = ({ place }: Pick<KeyRow, 'place'>): string => place ?? 'Semua lokasi'
