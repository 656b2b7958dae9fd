import type { EntryKind } from '#src/ledger/entry-view.ts'

/** Words on screen for each kind of entry. */
export const KIND_LABELS: Record<EntryKind, string> = {
  opening: 'Stok awal',
  delivery: 'Stok masuk',
  usage: 'Pemakaian',
  adjustment: 'Penyesuaian',
  transfer: 'Pindahan',
  reversal: 'Perbaikan',
}
