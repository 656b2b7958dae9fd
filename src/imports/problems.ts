import { formatDayClock, wallClock } from '#src/units/business-day.ts'
import { formatLitres, type Litres } from '#src/units/litres.ts'

/** A row that cannot be booked; a row with two faults gives two. */
export type RowProblem = {
  kind: 'row'
  line: number
  /** The column as the file's header names it; null where the whole row is at fault. */
  column: string | null
  /** What stands there; null where the whole row is at fault. */
  text: string | null
  reason: string
  /** What can be chosen for the whole file against it, in the words of who is asked. */
  advice?: RowAdvice
}

export type RowAdvice = 'create-locations' | 'opening'

/** A location whose stock would fall below zero on the merged timeline of books and file. */
export type Breach = {
  kind: 'breach'
  location: string
  /** The first moment at which it would. */
  at: Date
  /** The line of the file that does it, or else the entry of the books. */
  line: number | null
  entryId: number | null
  /** How far below zero, as a positive amount. */
  missing: Litres
  /** The opening stock with which no moment would be below zero. */
  cure: Cure
}

/** Either the figure for `--opening`, or how much more the opening that is booked already should have been. */
export type Cure = { opening: Litres } | { moreThanBooked: Litres }

export type Problem = RowProblem | Breach

const SHOWN_TEXT = 40

const ADVICE: Record<RowAdvice, string> = {
  'create-locations': ' Pakai --create-locations untuk membuatnya.',
  opening: ' Stok awal diberikan dengan --opening.',
}

/** The problem as a sentence. Text of the file is cut short and stripped of what a terminal would obey. */
export function describeProblem(problem: Problem, zone: string): string {
  return problem.kind === 'row' ? describeRow(problem) : describeBreach(problem, zone)
}

function describeRow({ line, column, text, reason, advice }: RowProblem): string {
  const sentence = `${reason}${advice ? ADVICE[advice] : ''}`
  const place = column === null ? `Baris ${line}` : `Baris ${line}, kolom ${show(column)}`
  return text === null || text.trim() === ''
    ? `${place}: ${sentence}`
    : `${place}: "${show(text)}". ${sentence}`
}

function describeBreach(breach: Breach, zone: string): string {
  const { location, at, line, entryId, missing, cure } = breach
  const source = line === null ? `catatan ${entryId} di buku` : `baris ${line}`
  const moment = formatDayClock(wallClock(at, zone))
  const advice =
    'opening' in cure
      ? `Stok awal yang cukup: --opening ${location}=${formatLitres(cure.opening)}`
      : `Buku perlu stok awal ${formatLitres(cure.moreThanBooked)} liter lebih banyak`
  return `${location}: pada ${moment} (${source}) stok kurang ${formatLitres(missing)} liter. ${advice}`
}

/** Cut short, and stripped of what a terminal would obey. */
export function show(text: string): string {
  const characters = [...text.replace(/\p{Cc}+/gu, ' ')]
  return characters.length > SHOWN_TEXT
    ? `${characters.slice(0, SHOWN_TEXT).join('')}…`
    : characters.join('')
}
