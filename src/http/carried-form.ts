import { z } from 'zod'
import { type KeptForm, MAX_FIELDS } from '#src/http/kept-form.ts'
import { localPath } from '#src/http/local-path.ts'

/** A form on its way through the sign-in: what was typed, without the token of the page it stood on. */
export type CarriedForm = Pick<KeptForm, 'action' | 'fields'>

/** More than any form of ours has; the page that carries it is sent and answered once more. */
const MAX_LENGTH = 100_000

const Carried = z.strictObject({
  action: z.string().refine((action) => isCarried(action)),
  fields: z
    .array(z.tuple([z.string(), z.string()]))
    .min(1)
    .max(MAX_FIELDS),
})

/** As a text in ASCII, which no browser mends on its way; null where the form is too large. */
export function packForm({ action, fields }: CarriedForm): string | null {
  if (!isCarried(action)) return null
  const typed = fields.filter(({ name }) => name !== 'formToken')
  if (typed.length === 0) return null
  const pairs = typed.map(({ name, value }) => [name, value])
  const text = JSON.stringify({ action, fields: pairs }).replace(/[^ -~]/g, escaped)
  return text.length > MAX_LENGTH ? null : text
}

/** The form in such a text; null where it is none of ours. */
export function unpackForm(text: string | undefined): CarriedForm | null {
  if (!text || text.length > MAX_LENGTH) return null
  const { data } = Carried.safeParse(parsed(text))
  return data
    ? { action: data.action, fields: data.fields.map(([name, value]) => ({ name, value })) }
    : null
}

/** Any form of a page behind the sign-in. */
const isCarried = (action: string): boolean =>
  localPath(action) === action && !/^\/(api|login|logout)(?![^/?])/.test(action)

const escaped = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
