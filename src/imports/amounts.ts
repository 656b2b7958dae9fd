/** Which mark stands before the hundredths of a litre in a file; the other one groups thousands. */
export type DecimalMark = 'comma' | 'point'

export type FileAmount = { decimal: string } | { problem: string }

const STRICT = {
  comma: /^(\d+|[1-9]\d{0,2}(?:\.\d{3})+)(?:,(\d{1,2}))?$/,
  point: /^(\d+|[1-9]\d{0,2}(?:,\d{3})+)(?:\.(\d{1,2}))?$/,
}
const TOO_PRECISE = { comma: /^[\d.]+,\d{3,}$/, point: /^[\d,]+\.\d{3,}$/ }
const EXAMPLE = { comma: '1.250,50', point: '1,250.50' }
const MAX_DIGITS = 10

/** Reads an amount under the style of the whole file, strictly: `13,75` never becomes 1375. */
export function readAmount(cell: string, mark: DecimalMark): FileAmount {
  const text = cell.trim()
  if (text === '') return { problem: 'Isi jumlah liter.' }
  const match = STRICT[mark].exec(text)
  if (!match) return { problem: explain(text, mark) }
  const [, grouped = '', fraction = ''] = match
  const whole = grouped.replace(/[.,]/g, '').replace(/^0+(?=\d)/, '')
  if (whole.length > MAX_DIGITS)
    return { problem: 'Jumlah terlalu besar. Paling banyak 9.999.999.999,99 liter.' }
  const decimal = `${whole}.${fraction.padEnd(2, '0')}`
  return /[1-9]/.test(decimal) ? { decimal } : { problem: 'Jumlah harus lebih dari 0.' }
}

/**
 * What an amount proves about its file: the mark that must be the decimal one, "either" where one mark could be
 * both (`1.250`, `1,250`), null where there is no mark or no number.
 */
export function provenMark(cell: string): DecimalMark | 'either' | null {
  const text = cell.trim()
  const marks = text.replace(/\d/g, '')
  if (marks === '' || !/^\d[\d.,]*\d$/.test(text)) return null
  const first = marks.charAt(0)
  const last = marks.charAt(marks.length - 1)
  if (first !== last) return nameOf(last)
  if (marks.length > 1) return nameOf(first === '.' ? ',' : '.')
  return /^[1-9]\d{0,2}[.,]\d{3}$/.test(text) ? 'either' : nameOf(last)
}

const nameOf = (mark: string): DecimalMark => (mark === ',' ? 'comma' : 'point')

function explain(text: string, mark: DecimalMark): string {
  if (/^[-−]/.test(text)) return 'Jumlah harus lebih dari 0.'
  if (TOO_PRECISE[mark].test(text)) return 'Paling banyak dua angka di belakang koma desimal.'
  return /^[\d.,]+$/.test(text)
    ? `Tidak cocok dengan cara angka lain di berkas ini ditulis, misalnya ${EXAMPLE[mark]}.`
    : `Bukan angka. Tulis misalnya ${EXAMPLE[mark]}.`
}
