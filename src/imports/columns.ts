import { Rejected } from '#src/rejected.ts'

export type ColumnName = 'date' | 'type' | 'location' | 'amount' | 'notes' | 'reference' | 'status'

/** Where each column stands in the file, and all headings as they are written there. */
export type Columns = {
  places: Partial<Record<ColumnName, number>>
  headings: string[]
}

const HEADINGS: Record<ColumnName, string[]> = {
  date: ['tanggal', 'waktu', 'date', 'time'],
  type: ['jenis', 'tipe', 'type'],
  location: ['lokasi', 'location'],
  amount: ['jumlah', 'liter', 'jumlah (liter)', 'amount', 'litres', 'liters'],
  notes: ['keterangan', 'catatan', 'notes', 'note'],
  reference: ['referensi', 'no. surat', 'no. surat jalan / do', 'reference'],
  status: ['status'],
}
/** What an export of ours says besides: it follows from the rest, or has no place in a new ledger. */
const ONLY_IN_EXPORTS = new Set(['masuk', 'keluar', 'sisa', 'untuk', 'oleh', 'nomor'])
const REQUIRED = ['date', 'type', 'location', 'amount'] as const
const DELIMITERS = [';', ',', '\t'] as const

const KNOWN = new Map(
  Object.entries(HEADINGS).flatMap(([name, words]) => words.map((word) => [word, name])),
)

/** The delimiter under which the most headings of the first line are known ones. */
export function findDelimiter(firstLine: string): string {
  const scores = DELIMITERS.map((delimiter) => ({
    delimiter,
    known: countKnown(firstLine, delimiter),
  }))
  return scores.reduce((best, score) => (score.known > best.known ? score : best)).delimiter
}

/** Finds the columns by their headings. Throws Rejected 422 naming every heading that is missing, unknown or doubled. */
export function readHeader(headings: string[]): Columns {
  const places: Columns['places'] = {}
  const isExport = headings.some((heading) => nameOf(heading) === 'status')
  const unknown: string[] = []
  const doubled: string[] = []
  for (const [place, heading] of headings.entries()) {
    const name = nameOf(heading)
    if (name === null) {
      if (!isExport || !ONLY_IN_EXPORTS.has(wordOf(heading))) unknown.push(heading)
    } else if (name && places[name] !== undefined) doubled.push(heading)
    else if (name) places[name] = place
  }
  const missing = REQUIRED.filter((name) => places[name] === undefined)
  const sentences = [
    missing.length > 0 &&
      `Kolom tidak ada: ${missing.map((name) => HEADINGS[name][0]).join(', ')}.`,
    unknown.length > 0 && `Kolom tidak dikenal: ${unknown.map((word) => word.trim()).join(', ')}.`,
    doubled.length > 0 &&
      `Kolom muncul dua kali: ${doubled.map((word) => word.trim()).join(', ')}.`,
  ].filter((sentence) => sentence !== false)
  if (sentences.length === 0) return { places, headings }
  const expected = 'Baris pertama berisi: tanggal, jenis, lokasi, jumlah, keterangan, referensi.'
  throw new Rejected(422, [...sentences, expected].join(' '))
}

/** The column that a heading names; null where it names none, undefined where there is no heading. */
function nameOf(heading: string): ColumnName | null | undefined {
  const word = wordOf(heading)
  if (word === '') return undefined
  const name = KNOWN.get(word)
  return isColumnName(name) ? name : null
}

const wordOf = (heading: string): string => heading.trim().toLowerCase()

function countKnown(line: string, delimiter: string): number {
  const headings = line.split(delimiter).map((heading) => heading.trim().replace(/^"(.*)"$/, '$1'))
  return headings.filter((heading) => nameOf(heading)).length
}

const isColumnName = (name: string | undefined): name is ColumnName =>
  name !== undefined && name in HEADINGS
