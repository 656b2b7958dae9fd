import { type DecimalMark, provenMark } from '#src/imports/amounts.ts'
import { type DateOrder, readDateClue } from '#src/imports/times.ts'
import { Rejected } from '#src/rejected.ts'

/** What the rows of a file leave open, so that a person must say. The message also says how at the shell. */
export class OpenStyle extends Rejected {
  override name = 'OpenStyle'
  constructor(
    readonly asks: 'decimal' | 'dates',
    readonly question: string,
    advice: string,
  ) {
    super(422, `${question} ${advice}`)
  }
}

/** How a file writes numbers and dates, and whether its newest row comes first. */
export type FileStyle = { decimal: DecimalMark; dates: DateOrder; isNewestFirst: boolean }

/** A cell that shows something, for the sentence of a refusal. */
type Seen = { line: number; text: string } | null

/** What the rows of a file have shown so far: of one size, however long the file is. */
export type Evidence = {
  amounts: { comma: number; point: number; either: Seen }
  dates: { dmy: number; mdy: number; either: Seen; firstMonthDay: Seen; hasPointClock: boolean }
  /** Under each order of day and month: the row before, and how many rows went up and down in time. */
  runs: Record<DateOrder, { last: string; up: number; down: number }>
}

export function startEvidence(): Evidence {
  const run = () => ({ last: '', up: 0, down: 0 })
  return {
    amounts: { comma: 0, point: 0, either: null },
    dates: { dmy: 0, mdy: 0, either: null, firstMonthDay: null, hasPointClock: false },
    runs: { dmy: run(), mdy: run() },
  }
}

export function weighRow(
  { amounts, dates, runs }: Evidence,
  { line, date, amount }: { line: number; date: string; amount: string },
): void {
  const mark = provenMark(amount)
  if (mark === 'either') amounts.either ??= { line, text: amount }
  else if (mark) amounts[mark]++
  const clue = readDateClue(date)
  if (!clue) return
  if (clue.proves === 'either') dates.either ??= { line, text: date }
  else if (clue.proves) dates[clue.proves]++
  if (clue.proves === 'mdy') dates.firstMonthDay ??= { line, text: date }
  dates.hasPointClock ||= clue.hasPointClock
  weighDirection(runs.dmy, clue.sortKeys.dmy)
  weighDirection(runs.mdy, clue.sortKeys.mdy)
}

function weighDirection(run: { last: string; up: number; down: number }, key: string): void {
  if (run.last !== '' && key > run.last) run.up++
  if (key < run.last) run.down++
  run.last = key
}

/**
 * Decides for the whole file. What a person states goes before what the rows show.
 * Throws Rejected 422, naming the option, where the rows leave it open.
 */
export function decideStyle(
  evidence: Evidence,
  stated: {
    delimiter: string
    decimal?: DecimalMark | undefined
    dates?: DateOrder | undefined
  },
): FileStyle {
  const { dates: dateClues, runs } = evidence
  const decimal = stated.decimal ?? decideDecimal(evidence)
  const hasDecimalComma = stated.decimal === 'comma' || evidence.amounts.comma > 0
  const isIndonesian = stated.delimiter === ';' || hasDecimalComma || dateClues.hasPointClock
  const dates = stated.dates ?? decideDates(evidence, isIndonesian)
  return { decimal, dates, isNewestFirst: runs[dates].down > runs[dates].up }
}

/** Rows of the other style than most are found out later, one by one, as bad rows. */
function decideDecimal({ amounts: { comma, point, either } }: Evidence): DecimalMark {
  if (comma !== point) return comma > point ? 'comma' : 'point'
  if (comma > 0) {
    throw new OpenStyle(
      'decimal',
      'Sebagian jumlah memakai koma desimal, sebagian titik desimal.',
      'Jalankan lagi dengan --decimal comma atau --decimal point.',
    )
  }
  if (!either) return 'comma'
  const whole = either.text.trim().replace(/[.,]/, '')
  const [before, after] = either.text.trim().split(/[.,]/)
  throw new OpenStyle(
    'decimal',
    `Jumlah "${either.text.trim()}" di baris ${either.line} bisa berarti ${whole} liter atau ${before},${after} liter, dan tidak ada baris lain yang menentukan.`,
    'Jalankan lagi dengan --decimal comma (13,75) atau --decimal point (13.75).',
  )
}

function decideDates({ dates }: Evidence, isIndonesian: boolean): DateOrder {
  const { dmy, mdy, either, firstMonthDay } = dates
  if (dmy > 0) return 'dmy'
  if (mdy > 0 && firstMonthDay) {
    throw new OpenStyle(
      'dates',
      `Tanggal di berkas ini tampaknya bulan/hari/tahun ("${firstMonthDay.text.trim()}" di baris ${firstMonthDay.line}).`,
      'Jalankan lagi dengan --dates mdy bila memang begitu.',
    )
  }
  if (!either || isIndonesian) return 'dmy'
  throw new OpenStyle(
    'dates',
    `Tanggal "${either.text.trim()}" di baris ${either.line} bisa berarti hari/bulan atau bulan/hari, dan tidak ada baris lain yang menentukan.`,
    'Jalankan lagi dengan --dates dmy atau --dates mdy.',
  )
}
