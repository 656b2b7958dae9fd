/**
 * Reads litres as people type them: `1250`, `1250,5`, `1.250,50` and `1250.50`.
 * Works on text alone, without bigint, because the browser's echo (Chromium 64) runs this same code.
 */
export type TypedLitres = { decimal: string } | { problem: string }

const NOT_A_NUMBER = 'Tulis angka saja, misalnya 1250 atau 1.250,50.'
const TOO_PRECISE = 'Paling banyak dua angka di belakang koma, misalnya 1250,55.'
const TOO_LARGE = 'Jumlah terlalu besar. Paling banyak 9.999.999.999,99 liter.'
const NOT_POSITIVE = 'Jumlah harus lebih dari 0.'

/** Answers a plain decimal with two places ("1250.50") or a sentence in Indonesian that says what to type. */
export function readLitres(typed: string): TypedLitres {
  const text = typed.replace(/\s/g, '').replace(/(liter|ltr|l)$/i, '')
  if (text === '') return { problem: 'Isi jumlah liter.' }
  if (/^[-−]/.test(text)) return { problem: NOT_POSITIVE }
  if (!/^[\d.,]+$/.test(text) || !/\d/.test(text)) return { problem: NOT_A_NUMBER }
  const [whole, fraction, problem] = splitNumber(text)
  if (problem) return { problem }
  const digits = whole.replace(/^0+(?=\d)/, '')
  if (digits.length > 10) return { problem: TOO_LARGE }
  const decimal = `${digits}.${`${fraction}00`.slice(0, 2)}`
  return /[1-9]/.test(decimal) ? { decimal } : { problem: NOT_POSITIVE }
}

type Parts = [whole: string, fraction: string, problem?: string]

function splitNumber(text: string): Parts {
  const marks = text.replace(/\d/g, '')
  if (marks === '') return [text, '']
  const hasBoth = marks.includes('.') && marks.includes(',')
  const last = marks.charAt(marks.length - 1)
  if (hasBoth) return splitAtDecimalMark(text, last)
  if (marks.length > 1) return isGrouped(text, last) ? [ungroup(text), ''] : refuse(NOT_A_NUMBER)
  return splitAtOnlyMark(text, last)
}

/** Both marks occur: the last one is the decimal mark, the other groups thousands. */
function splitAtDecimalMark(text: string, mark: string): Parts {
  const at = text.lastIndexOf(mark)
  const whole = text.slice(0, at)
  const fraction = text.slice(at + 1)
  if (!isGrouped(whole, mark === ',' ? '.' : ',')) return refuse(NOT_A_NUMBER)
  if (fraction.length > 2) return refuse(TOO_PRECISE)
  return fraction === '' ? refuse(NOT_A_NUMBER) : [ungroup(whole), fraction]
}

/** One mark: `1.250` is one thousand two hundred and fifty; `1,250` could be read two ways. */
function splitAtOnlyMark(text: string, mark: string): Parts {
  const [whole = '', fraction = ''] = text.split(mark)
  if (fraction === '') return refuse(NOT_A_NUMBER)
  if (fraction.length <= 2) return [whole === '' ? '0' : whole, fraction]
  if (!isGrouped(text, mark)) return refuse(TOO_PRECISE)
  if (mark === '.') return [ungroup(text), '']
  return refuse(nameBothReadings(whole, fraction))
}

function nameBothReadings(whole: string, fraction: string): string {
  const significant = fraction.replace(/0+$/, '')
  const asDecimal = significant === '' ? whole : `${whole},${significant}`
  const advice =
    significant.length > 2
      ? `Tulis ${whole}${fraction}, atau paling banyak dua angka di belakang koma.`
      : `Tulis ${asDecimal} atau ${whole}${fraction}.`
  return `Maksudnya ${asDecimal} liter atau ${whole}.${fraction} liter? ${advice}`
}

function isGrouped(text: string, mark: string): boolean {
  const groups = text.split(mark)
  const first = groups[0] || ''
  const rest = groups.slice(1)
  return (
    rest.length > 0 && /^[1-9]\d{0,2}$/.test(first) && rest.every((group) => /^\d{3}$/.test(group))
  )
}

const ungroup = (text: string): string => text.replace(/[.,]/g, '')
const refuse = (problem: string): Parts => ['', '', problem]
