import { randomUUID } from 'node:crypto'
import type { Context } from 'hono'
import { isFragment, type Page } from '#src/http/render.tsx'
import type { Env, Returned } from '#src/http/route.ts'
import { Rejected } from '#src/rejected.ts'
import { versionOf } from '#src/version.ts'
import type { Kept, RowForm } from '#views/ui/edit-row.tsx'

const CHANGED_AFTER_SAVING =
  'Formulir ini sudah dikirim dengan isi yang lain. Periksa isinya yang terbaru, lalu simpan lagi.'

/** The same of a form that made something: sent once more, it makes a second one. */
const CHANGED_AFTER_ADDING =
  'Kiriman sebelumnya sudah tersimpan dengan isi yang lain. Lihat daftarnya dulu; simpan lagi hanya bila memang perlu satu lagi.'

type Values = Record<string, string>
type KeptValues = RowForm['kept']

/** What a row's form shows: values, sentences, and under which key and version it is sent. */
export type RowContent = Pick<RowForm, 'values' | 'errors' | 'kept' | 'requestId' | 'version'>

/** Why a form comes back, and with which status. */
export type Refusal = {
  status: NonNullable<Page['status']>
  sentence: string
  /** A sentence for each field at fault. */
  details: Values
  /** The record is another one by now, or the form's key has saved something else. */
  isOvertaken: boolean
  /** The key is good for nothing any more. */
  isUsedUp: boolean
}

/**
 * What a row's form can be told; anything else is thrown on, to be answered as any failure is. htmx is told of every
 * refusal by 422, which it swaps in.
 */
export function refusalOf(c: Context<Env>, error: unknown): Refusal {
  if (!(error instanceof Rejected) || ![409, 422].includes(error.status)) throw error
  const { message, details } = error
  const isUsedUp = error.status === 409 && Object.keys(details).length === 0
  return {
    status: isFragment(c) ? 422 : error.status,
    sentence: isUsedUp ? CHANGED_AFTER_SAVING : message,
    details,
    isOvertaken: isUsedUp || details.version !== undefined,
    isUsedUp,
  }
}

/** The same for a form that the guard has sent back. */
export function unsent({ status, sentence }: Returned): Refusal {
  return { status, sentence, details: {}, isOvertaken: false, isUsedUp: false }
}

/** A form that nobody has typed into yet. `record` is what it changes; null where it makes a new one. */
export function freshRow(values: Values, record: object | null): RowContent {
  const version = record === null ? '' : versionOf(record)
  return { values, errors: {}, kept: {}, requestId: randomUUID(), version }
}

/**
 * A form that came back, with every value as typed. Where the record has become another one meanwhile, or the form's
 * key has saved something else, it shows what is saved now and keeps what was typed beside it; sending it once more
 * then changes that. What was kept before stays until a field holds it. `fresh` is what there is now, and what the form
 * says of it.
 */
export function returnedRow(
  typed: Values,
  fresh: { values: Values; record: object | null },
  why: Refusal,
): RowContent {
  const own = typedInto(typed, fresh.values)
  const before = keptIn(typed, fresh.values)
  const requestId = why.isUsedUp || !typed.requestId ? randomUUID() : typed.requestId
  if (fresh.record !== null && why.isOvertaken) {
    const kept = keptBeside(fresh.values, meant(own, before))
    const errors = { '': why.sentence }
    return { ...freshRow(fresh.values, fresh.record), errors, kept, requestId }
  }
  const isAddedBefore = fresh.record === null && why.isUsedUp
  const sentence = isAddedBefore ? CHANGED_AFTER_ADDING : why.sentence
  const errors = errorsAt(fresh.values, { ...why, sentence })
  const kept = notYetIn(own, before)
  return { values: own, errors, kept, requestId, version: typed.version ?? '' }
}

/** What was typed into the fields of a form; a box that was left empty is not sent at all. */
const typedInto = (typed: Values, fields: Values): Values =>
  Object.fromEntries(Object.keys(fields).map((name) => [name, typed[name] ?? '']))

/** Sentences at fields that the form has; where there is none, the refusal's own belongs to the whole of it. */
function errorsAt(fields: Values, { details, sentence }: Refusal): Values {
  const atFields = Object.entries(details).filter(([name]) => name in fields)
  return atFields.length > 0 ? Object.fromEntries(atFields) : { '': sentence }
}

/** What stood beside the fields of a form that comes back once more. */
function keptIn(typed: Values, fields: Values): KeptValues {
  const found = Object.keys(fields).flatMap((name): [string, Kept][] => {
    const [value, beside] = [typed[`kept.${name}`], typed[`beside.${name}`]]
    if (value === undefined || beside === undefined) return []
    return [[name, { value: plain(value), beside: plain(beside) }]]
  })
  return Object.fromEntries(found)
}

/** Whoever left a field as somebody else had saved it has typed what is kept beside it, and nothing newer. */
function meant(own: Values, before: KeptValues): Values {
  const meantIn = (name: string, text: string) => {
    const kept = before[name]
    return kept?.beside === text ? kept.value : text
  }
  return Object.fromEntries(
    Object.entries(own).map(([name, text]) => [name, meantIn(name, plain(text))]),
  )
}

function keptBeside(fresh: Values, own: Values): KeptValues {
  const both = Object.entries(fresh).map(([name, beside]): [string, Kept] => {
    return [name, { value: own[name] ?? '', beside }]
  })
  return Object.fromEntries(both.filter(([, { value, beside }]) => value !== beside))
}

const notYetIn = (own: Values, kept: KeptValues): KeptValues =>
  Object.fromEntries(
    Object.entries(kept).filter(([name, { value }]) => value !== plain(own[name] ?? '')),
  )

/** To be compared with what is saved: browsers send a line break of a text area as two characters. */
const plain = (text: string): string => text.replaceAll('\r\n', '\n')

/** The form as it is drawn, in the place of its row or on a page of its own. */
export function drawnForm(
  c: Context<Env>,
  content: RowContent,
  { id, action, filter = '' }: { id: string; action: string; filter?: string },
): RowForm {
  return { ...content, id, action, filter, formToken: c.get('formToken'), isInline: isFragment(c) }
}

/** What a page of the form is called: one that came back says so first. */
export const formTitle = ({ errors }: RowContent, heading: string): string =>
  Object.keys(errors).length > 0 ? `Belum tersimpan · ${heading}` : heading
