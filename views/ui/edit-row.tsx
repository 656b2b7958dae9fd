import type { Child } from 'hono/jsx'
import { Button } from '#views/ui/button.tsx'
import { ErrorSummary, type Errors } from '#views/ui/error-summary.tsx'

/** A row of a table while it is a form. */
export type RowForm = {
  /** The row's own, such as "user-7"; the ids of its controls begin with it. */
  id: string
  /** Where the form is sent to. */
  action: string
  formToken: string
  requestId: string
  /** Of the record as the form shows it; empty where there is none yet. */
  version: string
  /** The list's own query, which leads back to it without a script. */
  filter: string
  /** What stands in each field, exactly as typed; a box that is ticked holds "true". */
  values: Record<string, string>
  /** A sentence for each field; under "" stands what belongs to none. */
  errors: Errors
  /** For each field that shows what somebody else saved meanwhile. */
  kept: Record<string, Kept>
  /** In the list, where htmx swaps it; else it stands on a page of its own. */
  isInline: boolean
}

/** What this person had typed into a field, and what it came to show in its place. */
export type Kept = { value: string; beside: string }

/** The id of a row's control. */
export const controlId = ({ id }: Pick<RowForm, 'id'>, name: string): string => `${id}-${name}`
export const formId = ({ id }: Pick<RowForm, 'id'>): string => `${id}-form`

/** One record of a table, with all that belongs to its row: htmx swaps it as a whole, whatever the row is just now. */
export function RecordRows({ children }: { children: Child }) {
  return (
    <tbody
      class="record"
      hx-target="this"
      hx-select="unset"
      hx-swap="outerHTML"
      hx-push-url="false"
    >
      {children}
    </tbody>
  )
}

/** Turns the row around it into a form; `label` names the row and begins with the visible word. */
export function EditLink({ href, label }: { href: string; label: string }) {
  return (
    <a href={href} aria-label={label} hx-get={href} hx-sync="this:drop">
      Ubah
    </a>
  )
}

export type AddLinkProps = {
  href: string
  /** Of the table's head, below which the new row comes. */
  headId: string
  /** The row that it opens. */
  opens: string
  look: 'primary' | 'compact'
  children: Child
}

/** Without a script a page of its own; with one an empty row on top of the table. */
export function AddLink({ href, headId, opens, look, children }: AddLinkProps) {
  return (
    <a
      class={`button ${look}`}
      href={href}
      hx-get={href}
      hx-target={`#${headId}`}
      hx-swap="afterend"
      hx-sync="this:drop"
      data-opens={opens}
    >
      {children}
    </a>
  )
}

export type EditRowProps = {
  form: RowForm
  /** How many cells the row has, its last one with the buttons included. */
  columns: number
  /** The list, or whatever page "Batal" leads to without a script. */
  cancelHref: string
  /** Gives the row back as it is; left out where "Batal" only takes it away. */
  rowHref?: string
  /** The cells, but for the last. */
  children: Child
}

/** A record as a form. Its controls name the form by their `form` attribute, since a row cannot stand within one. */
export function EditRow(props: EditRowProps) {
  const { form } = props
  const message = form.isInline ? form.errors[''] : undefined
  return (
    <RecordRows>
      {message === undefined ? null : (
        <tr class="editing editing-message">
          <td colspan={props.columns}>
            <div class="notice bad" role="alert" tabindex={-1} data-errors>
              {message}
            </div>
          </td>
        </tr>
      )}
      <tr class="editing" id={form.id}>
        {props.children}
        <td class="c-end">
          {form.isInline ? (
            <form {...formAttributes(form)} {...sentByHtmx(form)}>
              <HiddenFields form={form} />
              <EndButtons {...props} />
            </form>
          ) : (
            <EndButtons {...props} />
          )}
        </td>
      </tr>
    </RecordRows>
  )
}

/**
 * The same row on a page of its own: here the form stands around the table, since text browsers know nothing of the
 * attribute `form`.
 */
export function EditPage(props: { form: RowForm; heading: string; back: Child; children: Child }) {
  const { form } = props
  const targets = Object.fromEntries(
    Object.keys(form.values).map((name) => [name, controlId(form, name)]),
  )
  return (
    <>
      <div class="page-head">
        <h1>{props.heading}</h1>
        <p>{props.back}</p>
      </div>
      <form class="form" {...formAttributes(form)}>
        <ErrorSummary errors={form.errors} targets={targets} outcome="Belum tersimpan." />
        <HiddenFields form={form} />
        <div class="panel">{props.children}</div>
      </form>
    </>
  )
}

export const formAttributes = (form: RowForm) =>
  ({ id: formId(form), method: 'post', action: form.action, novalidate: true }) as const

export const sentByHtmx = ({ action }: RowForm) => ({
  class: 'row-form',
  'hx-post': action,
  'hx-sync': 'this:drop',
  'hx-disabled-elt': 'find button',
})

/**
 * Not the form's own: there is no button in a link. It waits in the form's line, though: once the form is on its way,
 * its answer says what has become of the row.
 */
const gotByHtmx = (href: string) => ({
  'hx-get': href,
  'hx-sync': 'closest form:drop',
  'hx-disabled-elt': 'unset',
})

export function HiddenFields({ form }: { form: RowForm }) {
  return (
    <>
      <input type="hidden" name="formToken" value={form.formToken} />
      <input type="hidden" name="requestId" value={form.requestId} />
      {form.version === '' ? null : <input type="hidden" name="version" value={form.version} />}
      {form.filter === '' ? null : <input type="hidden" name="filter" value={form.filter} />}
    </>
  )
}

export function EndButtons({
  form,
  cancelHref,
  rowHref,
}: Pick<EditRowProps, 'form' | 'cancelHref' | 'rowHref'>) {
  const byHtmx = rowHref === undefined ? {} : gotByHtmx(rowHref)
  return (
    <>
      <Button look="primary">Simpan</Button>{' '}
      <a class="button" href={cancelHref} data-cancel {...(form.isInline ? byHtmx : {})}>
        Batal
      </a>
    </>
  )
}
