import type { ExportRow } from '#src/exports/rows.ts'
import type { EntryKind, EntryType } from '#src/ledger/entry-view.ts'

const KINDS: Partial<Record<EntryKind, string>> = {
  opening: 'Stok awal',
  delivery: 'Stok masuk',
  usage: 'Pemakaian',
  reversal: 'Perbaikan',
}
const MOVES: Partial<Record<EntryKind, string>> = {
  adjustment: 'Penyesuaian',
  transfer: 'Pindahan',
}
const WAYS: Record<EntryType, string> = { IN: 'masuk', OUT: 'keluar' }

/** What an entry is, in words from which an import knows its direction again. */
export const kindInWords = ({ kind, type }: ExportRow): string =>
  KINDS[kind] ?? `${MOVES[kind]} ${WAYS[type]}`

/** The two halves of a reversed pair count as nothing, also where one of them was a replacement before. */
export function statusInWords({ reversesId, reversedById, replacesId }: ExportRow): string {
  if (reversedById !== null) return 'Diperbaiki'
  if (reversesId !== null) return 'Perbaikan'
  return replacesId === null ? '' : 'Pengganti'
}

export const isCounted = ({ reversesId, reversedById }: ExportRow): boolean =>
  reversesId === null && reversedById === null
