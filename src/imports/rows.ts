import { unguardText } from '#src/exports/guarded-text.ts'
import { readAmount } from '#src/imports/amounts.ts'
import type { ColumnName, Columns } from '#src/imports/columns.ts'
import type { FileRecord } from '#src/imports/csv.ts'
import type { Place, Places } from '#src/imports/places.ts'
import type { RowAdvice, RowProblem } from '#src/imports/problems.ts'
import type { FileStyle } from '#src/imports/style.ts'
import { readTime } from '#src/imports/times.ts'
import type { EntryType } from '#src/ledger/entry-view.ts'
import { apiEntry } from '#src/ledger/input.ts'

/** A row of a file, parsed and checked by itself. */
export type ImportRow = {
  line: number
  at: Date
  type: EntryType
  kind: 'opening' | 'delivery' | 'usage'
  place: Place
  /** A plain decimal with two places. */
  litres: string
  notes: string | null
  reference: string | null
}

const OPENING = 'stok awal'

const TYPES = new Map<string, EntryType>([
  ['in', 'IN'],
  ['masuk', 'IN'],
  ['stok masuk', 'IN'],
  ['out', 'OUT'],
  ['keluar', 'OUT'],
  ['pemakaian', 'OUT'],
])

/** Further words that an export of ours has, where it has a status as well. */
const EXPORTED_TYPES = new Map<string, EntryType>([
  [OPENING, 'IN'],
  ['penyesuaian masuk', 'IN'],
  ['pindahan masuk', 'IN'],
  ['penyesuaian keluar', 'OUT'],
  ['pindahan keluar', 'OUT'],
])

/** The halves of a reversed pair come to nothing, and are left out. */
const REVERSED = new Set(['diperbaiki', 'perbaikan'])

const UNREADABLE_LETTER = '\ufffd'

type Given = {
  columns: Columns
  style: FileStyle
  places: Places
  zone: string
  now: Date
  isUtf8: boolean
  isWorkbook: boolean
}

/** Makes the reader of one file's rows: it answers the row, everything that is wrong with it, or null where it counts as nothing. */
export function makeRowReader(
  given: Given,
): (record: FileRecord) => ImportRow | RowProblem[] | null {
  const { columns, style, places, zone, now } = given
  const texts = apiEntry(zone).shape
  const isExport = columns.places.status !== undefined
  // A spreadsheet calculates no text cell of a workbook, and so an export guards none there.
  const isGuarded = isExport && !given.isWorkbook

  return ({ line, fields, numbers }) => {
    if (fields.length !== columns.headings.length) {
      const reason = `Baris ini punya ${fields.length} kolom, judulnya ${columns.headings.length}. Teks yang memuat tanda pemisah harus diapit tanda kutip.`
      return [{ kind: 'row', line, column: null, text: null, reason }]
    }
    const problems: RowProblem[] = []
    const cell = (name: ColumnName) => fields[columns.places[name] ?? -1] ?? ''
    const refuse = (name: ColumnName, reason: string, advice?: RowAdvice) => {
      const column = columns.headings[columns.places[name] ?? -1] ?? name
      const problem = { kind: 'row', line, column, text: cell(name), reason } as const
      problems.push(advice ? { ...problem, advice } : problem)
    }
    const readText = (name: 'notes' | 'reference'): string | null => {
      const value = isGuarded ? unguardText(cell(name)) : cell(name)
      if (!given.isUtf8 && value.includes(UNREADABLE_LETTER))
        refuse(name, 'Ada huruf yang tidak terbaca. Simpan berkas sebagai CSV UTF-8.')
      const parsed = texts[name].safeParse(value)
      if (parsed.success) return parsed.data
      refuse(name, parsed.error.issues[0]?.message ?? 'Teks ini tidak bisa disimpan.')
      return null
    }
    if (REVERSED.has(cell('status').trim().toLowerCase())) return null
    const time = readTime(cell('date'), style.dates, zone)
    if ('problem' in time) refuse('date', time.problem)
    else if (time.at > now) refuse('date', 'Waktu ini belum terjadi.')
    const word = cell('type').trim().toLowerCase()
    const type = TYPES.get(word) ?? (isExport ? EXPORTED_TYPES.get(word) : undefined)
    if (!type) refuse('type', 'Tulis Masuk atau Keluar.', 'opening')
    const place = places.find(cell('location'))
    if ('problem' in place) refuse('location', place.problem, place.advice)
    const isNumber = numbers?.includes(columns.places.amount ?? -1)
    const amount = readAmount(cell('amount'), isNumber ? 'point' : style.decimal)
    if ('problem' in amount) refuse('amount', amount.problem)
    const notes = readText('notes')
    const reference = readText('reference')
    problems.push(...findStrayTexts(columns, line, fields))
    if (problems.length > 0 || 'problem' in time || !type) return problems
    if ('problem' in place || 'problem' in amount) return problems
    const kind = word === OPENING ? 'opening' : type === 'IN' ? 'delivery' : 'usage'
    return { line, at: time.at, type, kind, place, litres: amount.decimal, notes, reference }
  }
}

/** A column without a heading must be empty: nobody would know what its texts mean. */
function findStrayTexts({ headings }: Columns, line: number, fields: string[]): RowProblem[] {
  return headings.flatMap((heading, place) => {
    const text = fields[place] ?? ''
    if (heading.trim() !== '' || text.trim() === '') return []
    const reason = `Kolom ke-${place + 1} tidak punya judul.`
    return [{ kind: 'row', line, column: null, text, reason }]
  })
}
