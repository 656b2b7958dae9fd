/** Shorter words are in no index. */
const SHORTEST = 3

/** The words of a text as the index of words cuts it: letters, digits and underscores, an apostrophe among them. */
export const wordsOf = (text: string): string[] =>
  text.match(/[\p{L}\p{N}_]+('[\p{L}\p{N}_]+)*/gu) ?? []

/** Whether the index of words knows such a word. */
export const isLongWord = (word: string): boolean => [...word].length >= SHORTEST

/** Whether a search can be answered: one long word finds entries, shorter ones beside it choose among them. */
export const hasLongWord = (search: string): boolean => wordsOf(search).some(isLongWord)
