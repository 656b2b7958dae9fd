import { randomUUID } from 'node:crypto'
import type { Rejected } from '#src/rejected.ts'
import { versionOf } from '#src/version.ts'
import type { RowForm } from '#views/ui/edit-row.tsx'

const CHANGED_AFTER_SAVING =
  'Formulir ini sudah dikirim dengan isi yang lain. Periksa isinya yang terbaru, lalu simpan lagi.'

type Values = Record<string, string>

/** What a row's form shows: values, sentences, and under which key and version it is sent. */
export type RowContent = Pick<RowForm, 'values' | 'errors' | 'kept' | 'requestId' | 'version'>

/** A form that nobody has typed into yet. `record` is what it changes; null where it makes a new one. */
export function freshRow(values: Values, record: object | null): RowContent {
  const version = record === null ? '' : versionOf(record)
  return { values, errors: {}, kept: {}, requestId: randomUUID(), version }
}

/**
 * A form that came back, with every value as typed. Where the record has become another one meanwhile, or the form's
 * key has saved something else, it shows what is saved now and keeps what was typed beside it; sending it once more
 * then changes that. `fresh` is what there is now, and what the form says of it.
 */
export function returnedRow(
  typed: Values,
  fresh: { values: Values; record: object | null },
  why: Pick<Rejected, 'message' | 'details'> & { status: number },
): RowContent {
  const own = typedInto(typed, fresh.values)
  const isUsedUp = why.status === 409 && Object.keys(why.details).length === 0
  const isStale = why.details.version !== undefined
  const requestId = isUsedUp || !typed.requestId ? randomUUID() : typed.requestId
  if (fresh.record !== null && (isStale || isUsedUp)) {
    return {
      ...freshRow(fresh.values, fresh.record),
      errors: { '': isUsedUp ? CHANGED_AFTER_SAVING : why.message },
      kept: differing(own, fresh.values),
      requestId,
    }
  }
  return {
    values: own,
    errors: errorsAt(fresh.values, { ...why, ...(isUsedUp && { message: CHANGED_AFTER_SAVING }) }),
    kept: {},
    requestId,
    version: typed.version ?? '',
  }
}

/** What was typed into the fields of a form; a box that was left empty is not sent at all. */
const typedInto = (typed: Values, fields: Values): Values =>
  Object.fromEntries(Object.keys(fields).map((name) => [name, typed[name] ?? '']))

/** Sentences at fields that the form has; where there is none, the refusal's own belongs to the whole of it. */
function errorsAt(fields: Values, why: Pick<Rejected, 'message' | 'details'>): Values {
  const atFields = Object.entries(why.details).filter(([name]) => name in fields)
  return atFields.length > 0 ? Object.fromEntries(atFields) : { '': why.message }
}

const differing = (own: Values, fresh: Values): Values =>
  Object.fromEntries(Object.entries(own).filter(([name, value]) => value !== fresh[name]))
