const LABELS: Record<string, string> = {
  'entry.book': 'Pencatatan',
  'entry.correct': 'Perbaikan',
  'import.book': 'Impor berkas',
  'books.rebuild': 'Sisa dan angka harian dihitung ulang',
  'location.create': 'Lokasi baru',
  'location.change': 'Perubahan lokasi',
  'user.create': 'Pengguna baru',
  'user.change': 'Perubahan pengguna',
  'settings.change': 'Perubahan pengaturan',
  'user.password': 'Kata sandi baru',
  'user.session-end': 'Sesi diakhiri',
}

/** Words on screen for an action of the audit trail; one that nobody has named yet shows its own name. */
export const actionLabel = (action: string): string => LABELS[action] ?? action
