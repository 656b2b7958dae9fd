import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const LIST = '@zxcvbn-ts/language-common/src/passwords.json'

/** Words of the product and of the country, which a list from abroad does not know. In small letters. */
const OWN_WORDS = new Set([
  'administrator',
  'bismillah',
  'indonesia',
  'kata-sandi',
  'katakunci',
  'katasandi',
  'monitoringbbm',
  'operasional',
  'rahasia',
  'supervisor',
])

/**
 * The text of the list as it is shipped, half a megabyte, read when the first password is chosen. A set of its words would
 * take ten times as much, to save a tenth of a millisecond a few times a day.
 */
let listed: string | undefined

/** Whether a word, in small letters, is one of the most common passwords. */
export function isCommonPassword(word: string): boolean {
  listed ??= readFileSync(fileURLToPath(import.meta.resolve(LIST)), 'utf8')
  return OWN_WORDS.has(word) || listed.includes(JSON.stringify(word))
}
