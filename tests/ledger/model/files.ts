import { wallClock } from '#src/units/business-day.ts'
import {
  type Draft,
  type EntryKind,
  type EntryType,
  firstBelowZero,
  inOrder,
  type Place,
  plus,
  timelineOf,
} from '#tests/ledger/model/books.ts'
import { isOverfull } from '#tests/ledger/model/doubts.ts'
import { decimal } from '#tests/ledger/model/requests.ts'
import { judgeOpening } from '#tests/ledger/model/rules.ts'
import type { Model } from '#tests/ledger/model/state.ts'

export type FileRow = {
  place: Place | 'DERMAGA'
  type: EntryType
  litres: bigint
  at: number
  notes: string | null
  isIllegible: boolean
}

/** A file as it is brought in: its rows, and perhaps the stock before the first of them. */
export type ModelFile = { rows: FileRow[]; opening: { place: Place; litres: bigint } | null }

/** What the model says must become of a file. */
export type FileVerdict =
  | { outcome: 'booked'; why: string; drafts: Draft[]; marks: string[]; booked: number }
  | { outcome: 'refused'; why: string; problems: number; breaches: FileBreach[] }
  | { outcome: 'unusable'; why: string; sentence: string }

/** The first moment of a place below zero: a line of the file does it, or else an entry of the books. */
export type FileBreach = {
  location: Place
  at: Date
  line: number | null
  entryId: number | null
  missing: bigint
}

const MINUTE = 60_000
const ZONE = 'Asia/Makassar'

/** The lines of the file below its header. */
export function linesOf({ rows }: ModelFile): string[] {
  return rows.map(({ place, type, litres, at, notes, isIllegible }) => {
    const time = wallClock(new Date(at), ZONE).replace('T', ' ')
    return [time, type, place, isIllegible ? 'banyak' : decimal(litres), notes ?? '', ''].join(',')
  })
}

type NewRow = {
  place: Place
  type: EntryType
  kind: EntryKind
  litres: bigint
  at: number
  notes: string | null
  line: number | null
  mark: string
}

export function judgeFile(model: Model, file: ModelFile): FileVerdict {
  const problems = file.rows.reduce((sum, row) => sum + countProblems(model, row), 0)
  if (problems > 0) return { outcome: 'refused', why: 'bad rows', problems, breaches: [] }
  const rows = rowsInOrder(file).filter(({ mark }) => !model.marks.has(mark))
  const places = [...new Set(file.rows.map(({ place }) => place))]
  const judged = places.flatMap((place) => (place === 'DERMAGA' ? [] : [place]))
  const breaches: FileBreach[] = []
  for (const place of judged) {
    const opening = rows.find((row) => row.kind === 'opening' && row.place === place)
    const refusal = opening ? judgeOpening(model, opening) : null
    if (refusal)
      return { outcome: 'unusable', why: refusal.why, sentence: `${place}: ${refusal.sentence}` }
  }
  for (const place of judged) {
    const broken = firstBelowZero(withFile(model, place, rows))
    if (!broken) continue
    const { at, line, id } = broken.row
    const source = { line, entryId: line === null ? id : null }
    breaches.push({ location: place, at: new Date(at), ...source, missing: -broken.balance })
  }
  if (breaches.length > 0)
    return { outcome: 'refused', why: 'breach', problems: breaches.length, breaches }
  const drafts = rows.map((row) => draftOf(model, row, withFile(model, row.place, rows)))
  const marks = rows.map(({ mark }) => mark)
  const booked = rows.filter(({ kind }) => kind !== 'opening').length
  const why = rows.length === 0 ? 'nothing new' : booked < file.rows.length ? 'partly new' : 'new'
  return { outcome: 'booked', why, drafts, marks, booked }
}

function countProblems(model: Model, { place, at, isIllegible }: FileRow): number {
  const isClosed = place === 'DERMAGA' || model.closed.has(place)
  return Number(isClosed) + Number(at > model.now) + Number(isIllegible)
}

/** As they will be booked: by time, within a minute as they stand in the file, or against it where the newest comes first. */
function rowsInOrder({ rows, opening }: ModelFile): NewRow[] {
  const ups = rows.filter((row, index) => row.at > (rows[index - 1]?.at ?? row.at)).length
  const downs = rows.filter((row, index) => row.at < (rows[index - 1]?.at ?? row.at)).length
  const numbered = rows.map((row, index) => ({ ...row, line: index + 2 }))
  const direction = downs > ups ? -1 : 1
  numbered.sort((a, b) => a.at - b.at || direction * (a.line - b.line))
  const seen = new Map<string, number>()
  const known = numbered.flatMap(({ place, type, litres, at, notes, line }) => {
    if (place === 'DERMAGA') return []
    const said = JSON.stringify([at, type, place, String(litres), notes])
    const nth = (seen.get(said) ?? 0) + 1
    seen.set(said, nth)
    const kind: EntryKind = type === 'IN' ? 'delivery' : 'usage'
    return [{ place, type, kind, litres, at, notes, line, mark: `${said} ${nth}` }]
  })
  const all = opening ? [...openingRow(opening, known), ...known] : known
  return all.sort((a, b) => a.at - b.at)
}

/** One minute before the first row of its place, which may come after rows of another place. */
function openingRow({ place, litres }: { place: Place; litres: bigint }, rows: NewRow[]): NewRow[] {
  const first = rows.find((row) => row.place === place)
  if (!first) return []
  const at = first.at - MINUTE
  const mark = JSON.stringify(['opening', place, String(litres)])
  return [{ place, type: 'IN', kind: 'opening', litres, at, notes: null, line: null, mark }]
}

/** The timeline of a place with the rows of the file in it: they get higher numbers than the books have. */
function withFile(model: Model, place: Place, rows: NewRow[]) {
  const booked = timelineOf(model.entries, place).map((entry) => ({ ...entry, line: null }))
  const added = rows
    .filter((row) => row.place === place)
    .map((row, index) => ({ ...row, id: Number.MAX_SAFE_INTEGER - 1_000 + index, placeOfId: null }))
  return inOrder<Merged>([...booked, ...added])
}

type Merged = {
  id: number
  at: number
  type: EntryType
  kind: EntryKind
  litres: bigint
  placeOfId: number | null
  line: number | null
  mark?: string
}

function draftOf(model: Model, row: NewRow, timeline: Merged[]): Draft {
  const upTo = timeline.slice(0, timeline.findIndex(({ mark }) => mark === row.mark) + 1)
  const after = upTo.reduce((sum, one) => sum + plus(one), 0n)
  const { place, type, kind, litres, at, notes } = row
  return {
    place,
    type,
    kind,
    litres,
    at,
    by: 'wati',
    bookedAt: model.now,
    notes,
    consumer: null,
    reversesId: null,
    replacesId: null,
    placeOfId: null,
    isOverfull: isOverfull({ place, peak: type === 'IN' ? after : null }),
  }
}
