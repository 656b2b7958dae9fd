import { z } from 'zod'

/** What one field says: a text, a number, yes or no, a list of them, or nothing. */
export type State = string | number | boolean | null | readonly unknown[]

/** A field of what was changed, by its path ("signatories.checked.name"); undefined where that side has no such field. */
export type FieldChange = {
  path: string
  before: State | undefined
  after: State | undefined
  isChanged: boolean
}

/** A change, field by field. Of something new, or of which nothing is left, there is one side only. */
export type Comparison = {
  hasBefore: boolean
  hasAfter: boolean
  fields: FieldChange[]
  /** Where an entry was corrected: why, by which reversal, and by which replacement, if any. */
  correction: { reason: string; reversalId: number; replacementId: number | null } | null
}

const Fields = z.record(z.string(), z.unknown())
const Numbered = z.looseObject({ id: z.number() })
const Correction = z.object({
  reason: z.string(),
  reversal: Numbered,
  replacement: Numbered.nullable(),
})

/**
 * Puts both sides of a row of the audit trail beside each other. A correction compares the entry with what was booked in
 * its place. A text that is no JSON is shown as it stands.
 */
export function compareStates(row: {
  action: string
  before: string | null
  after: string | null
}): Comparison {
  const [before, after] = [row.before, row.after].map(parse)
  const corrected = row.action === 'entry.correct' ? Correction.safeParse(after).data : undefined
  if (!corrected) return { ...compare(before, after), correction: null }
  const { reason, reversal, replacement } = corrected
  const correction = { reason, reversalId: reversal.id, replacementId: replacement?.id ?? null }
  const { fields, ...sides } = compare(before, replacement ?? undefined)
  return { ...sides, fields: fields.map(withoutOwn), correction }
}

/** What every entry has for itself: that these differ says nothing. */
const OWN = new Set([
  'id',
  'recordedAt',
  'userId',
  'requestId',
  'requestHash',
  'reversesId',
  'replacesId',
  'placeOfId',
  'importId',
])

const withoutOwn = (field: FieldChange): FieldChange =>
  OWN.has(field.path) ? { ...field, isChanged: false } : field

/** Undefined where nothing is stored. */
function parse(text: string | null): unknown {
  if (text === null) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function compare(before: unknown, after: unknown): Omit<Comparison, 'correction'> {
  const [hasBefore, hasAfter] = [before !== undefined, after !== undefined]
  const [old, fresh] = [flatten(before), flatten(after)]
  const paths = new Set([...old.keys(), ...fresh.keys()])
  const fields = [...paths].map((path) => {
    const [was, is] = [old.get(path), fresh.get(path)]
    const isChanged = hasBefore && hasAfter && JSON.stringify(was) !== JSON.stringify(is)
    return { path, before: was, after: is, isChanged }
  })
  return { hasBefore, hasAfter, fields }
}

/** Every value that is not made of others, by the way to it. */
function flatten(value: unknown, path: string[] = []): Map<string, State> {
  const fields = Array.isArray(value) ? undefined : Fields.safeParse(value).data
  if (fields && Object.keys(fields).length > 0)
    return new Map(
      Object.entries(fields).flatMap(([name, part]) => [...flatten(part, [...path, name])]),
    )
  return value === undefined ? new Map() : new Map([[path.join('.'), stateOf(value)]])
}

function stateOf(value: unknown): State {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value
  return Array.isArray(value) ? value : null
}
