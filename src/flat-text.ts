/**
 * The same text in one piece. What is put together bit by bit stays a chain of hundreds of pieces, ten times as large, and
 * is walked through again each time it becomes part of another text: what is kept should not be one.
 */
export const flat = (text: string): string => Buffer.from(text).toString()
