/** What a spreadsheet takes for a formula, or what already looks guarded against that. */
const RISKY = /^'*[=+\-@\t\r]/
const GUARDED = /^''*[=+\-@\t\r]/

/** A leading apostrophe keeps a spreadsheet from calculating a text of a CSV file. */
export const guardText = (text: string): string => (RISKY.test(text) ? `'${text}` : text)

/** Takes exactly that apostrophe away again. */
export const unguardText = (text: string): string => (GUARDED.test(text) ? text.slice(1) : text)
