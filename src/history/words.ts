/** Shorter words are in no index. */
const SHORTEST = 3
/** Where the letters of Latin alphabets stand with their accents, and those as wide as Chinese signs. */
const VARIED = [
  [0xc0, 0x24f],
  [0x1e00, 0x1eff],
  [0xff10, 0xff5a],
] as const

/** The words of a text as the index of words cuts it: letters, digits and underscores. */
export const wordsOf = (text: string): string[] =>
  text.normalize('NFC').match(/[\p{L}\p{N}\p{M}_]+/gu) ?? []

/** Whether the index of words knows such a word. */
export const isLongWord = (word: string): boolean => [...word].length >= SHORTEST

/** Whether a search can be answered: one long word finds entries, shorter ones beside it choose among them. */
export const hasLongWord = (search: string): boolean => wordsOf(search).some(isLongWord)

/**
 * A regular expression for the databases: a word that begins so, whatever accents its letters bear. The index of words
 * makes no difference between "eko" and "Éko", as the collation does not; a regular expression would.
 */
export const beginningOf = (word: string): string =>
  `(?<![\\p{L}\\p{N}\\p{M}_])${[...word].map(variantsOf).join('')}`

function variantsOf(letter: string): string {
  const plain = plainOf(letter)
  const others = plain === null ? undefined : variants.get(plain)
  return others === undefined ? letter : `[${plain}${others}]`
}

/** "e" of "É"; null of what is no Latin letter or digit with accents. */
const plainOf = (letter: string): string | null =>
  /^([a-z0-9])\p{M}*$/u.exec(letter.normalize('NFKD').toLowerCase())?.[1] ?? null

const variants = new Map<string, string>()
for (const [first, last] of VARIED) {
  for (let code = first; code <= last; code += 1) {
    const letter = String.fromCharCode(code)
    const plain = plainOf(letter)
    if (plain !== null) variants.set(plain, `${variants.get(plain) ?? ''}${letter}`)
  }
}
