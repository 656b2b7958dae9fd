/** Counted as people count, by characters: an emoji is one of them, whatever it takes to store. */
export const MIN_PASSWORD_LENGTH = 10
export const MAX_PASSWORD_LENGTH = 64
/** bcrypt reads no further than this. */
export const MAX_PASSWORD_BYTES = 72

/** A shorter name, such as Ani, stands in too many words to be told from them. */
const SHORTEST_HELD = 4
const SHORTEST_COMMON = 4

/** Whose password it is to be. */
export type Owner = { name: string; email: string }

const TOO_SHORT = `Kata sandi paling sedikit ${MIN_PASSWORD_LENGTH} huruf. Tiga kata yang tidak berhubungan sudah cukup.`
const TOO_LONG = `Kata sandi paling banyak ${MAX_PASSWORD_LENGTH} huruf. Pendekkan.`
const TOO_MANY_BYTES = `Kata sandi terlalu panjang untuk disimpan: huruf beraksen dan emoji memakan tempat lebih, semuanya paling banyak ${MAX_PASSWORD_BYTES} byte. Pendekkan.`
const UNTYPED = 'Kata sandi memuat tanda yang tidak bisa diketik. Hapus tanda itu.'
const PERSONAL =
  'Kata sandi memuat nama atau email pemiliknya, jadi mudah ditebak. Pilih kata lain.'
const REPEATED =
  'Kata sandi ini hanya mengulang beberapa huruf, jadi mudah ditebak. Pakai beberapa kata yang tidak berhubungan.'
const COMMON =
  'Kata sandi ini termasuk yang paling sering dipakai orang, jadi mudah ditebak. Pakai beberapa kata yang tidak berhubungan.'

/** What is wrong with the shape of a new password, as a sentence for its field; null where it is fit to be stored. */
export function shapeProblem(password: string): string | null {
  const length = [...password].length
  if (length < MIN_PASSWORD_LENGTH) return TOO_SHORT
  if (length > MAX_PASSWORD_LENGTH) return TOO_LONG
  if (Buffer.byteLength(password) > MAX_PASSWORD_BYTES) return TOO_MANY_BYTES
  // Half of a surrogate pair would be stored as if it were any other half.
  return /[\p{Cc}\p{Cs}]/u.test(password) ? UNTYPED : null
}

/** Why others would guess a new password, as a sentence for its field; null where they would not. */
export function guessProblem(
  password: string,
  owner: Owner,
  isCommon: (word: string) => boolean,
): string | null {
  const folded = password.toLowerCase()
  if (personalParts(owner).some((part) => folded.includes(part))) return PERSONAL
  const repeated = /^(.+?)\1+$/su.exec(folded)?.[1]
  if (repeated !== undefined && repeated.length < SHORTEST_COMMON) return REPEATED
  return commonForms(folded, repeated).some(isCommon) ? COMMON : null
}

/** The words of the name, and the address whole and up to its "@". */
function personalParts({ name, email }: Owner): string[] {
  const address = email.toLowerCase()
  const words = name.toLowerCase().split(/[^\p{L}\p{M}\p{N}]+/u)
  const parts = [...words, words.join(''), address.split('@')[0] ?? '', address]
  return parts.filter((part) => [...part].length >= SHORTEST_HELD)
}

/**
 * The password itself, what it repeats, and the word that is left when the digits and signs around it are taken off:
 * "qwerty2026!!" is "qwerty". Most common passwords are shorter than ours may be, and this is how people lengthen them.
 */
function commonForms(folded: string, repeated = folded): string[] {
  const word = folded.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  return word.length >= SHORTEST_COMMON ? [folded, repeated, word] : [folded, repeated]
}
