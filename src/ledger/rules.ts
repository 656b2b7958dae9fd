import type { EntryType } from '#src/ledger/entry-view.ts'
import { type Litres, largest, smallest } from '#src/units/litres.ts'

/** One entry that counts: neither reversed nor a reversal. */
export type Move = { at: Date; type: EntryType; litres: Litres }

/** A move and where it stands within its minute; one that is new, and takes nobody's place, stands last. */
export type PlacedMove = Move & { standing: number }

export const LAST_OF_MINUTE = Number.POSITIVE_INFINITY

/** A business day in figures. `lowest` and `highest` are the extremes relative to the day's opening, itself included. */
export type DayFigures = {
  net: Litres
  litresIn: Litres
  litresOut: Litres
  entriesIn: number
  entriesOut: number
  lowest: Litres
  highest: Litres
}

export const QUIET_DAY: DayFigures = {
  net: 0n,
  litresIn: 0n,
  litresOut: 0n,
  entriesIn: 0,
  entriesOut: 0,
  lowest: 0n,
  highest: 0n,
}

/** What the history lists of a day: all rows of each type, also those that do not count, and when the last one moved. */
export type DayRows = { rowsIn: number; rowsOut: number; lastAt: Date | null }

export const NO_ROWS: DayRows = { rowsIn: 0, rowsOut: 0, lastAt: null }

/** A row as the day it falls on counts it. */
export type BookedRow = Pick<Move, 'type' | 'at'>

export function addRow({ rowsIn, rowsOut, lastAt }: DayRows, { type, at }: BookedRow): DayRows {
  return {
    rowsIn: rowsIn + (type === 'IN' ? 1 : 0),
    rowsOut: rowsOut + (type === 'OUT' ? 1 : 0),
    lastAt: lastAt === null || lastAt < at ? at : lastAt,
  }
}

export const signed = (move: Pick<Move, 'type' | 'litres'>): Litres =>
  move.type === 'IN' ? move.litres : -move.litres

/** The figures of a day after one more move at its end. */
export function appendMove(day: DayFigures, move: Pick<Move, 'type' | 'litres'>): DayFigures {
  const net = day.net + signed(move)
  const isIn = move.type === 'IN'
  return {
    net,
    litresIn: day.litresIn + (isIn ? move.litres : 0n),
    litresOut: day.litresOut + (isIn ? 0n : move.litres),
    entriesIn: day.entriesIn + (isIn ? 1 : 0),
    entriesOut: day.entriesOut + (isIn ? 0 : 1),
    lowest: smallest(day.lowest, net),
    highest: largest(day.highest, net),
  }
}

/** Puts a move into a day's moves, which are in the order of the ledger. */
export function insertMove(moves: PlacedMove[], move: PlacedMove): PlacedMove[] {
  const isLater = (other: PlacedMove) =>
    other.at > move.at || (other.at >= move.at && other.standing > move.standing)
  const later = moves.findIndex(isLater)
  const at = later < 0 ? moves.length : later
  return [...moves.slice(0, at), move, ...moves.slice(at)]
}

export function figuresOf(moves: Pick<Move, 'type' | 'litres'>[]): DayFigures {
  return moves.reduce(appendMove, QUIET_DAY)
}

/** The first moment at which the stock falls below zero, and how far; null where it never does. */
export function firstBreach(opening: Litres, moves: Move[]): { at: Date; balance: Litres } | null {
  let balance = opening
  for (const move of moves) {
    balance += signed(move)
    if (balance < 0n) return { at: move.at, balance }
  }
  return null
}
