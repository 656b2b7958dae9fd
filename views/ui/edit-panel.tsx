import type { Child } from 'hono/jsx'
import { Below } from '#views/ui/edit-cells.tsx'
import {
  controlId,
  EditLink,
  EndButtons,
  formAttributes,
  HiddenFields,
  type RowForm,
  sentByHtmx,
} from '#views/ui/edit-row.tsx'
import { ErrorSummary } from '#views/ui/error-summary.tsx'
import { describe, Field, type FieldProps } from '#views/ui/field.tsx'

export type RecordPanelProps = {
  id: string
  heading: string
  editHref: string
  /** It was just saved. */
  isNew?: boolean
  children: Child
}

/** A panel that turns into its form and back in its place, as a row of a table does. */
export function RecordPanel({ id, heading, editHref, isNew = false, children }: RecordPanelProps) {
  return (
    <Record id={id} heading={heading} isNew={isNew}>
      <div class="panel-head">
        <h2 id={`${id}-title`}>{heading}</h2>
        <p class="c-end">
          <EditLink href={editHref} label={`Ubah ${heading.toLowerCase()}`} />
        </p>
      </div>
      {children}
    </Record>
  )
}

export type EditPanelProps = {
  form: RowForm
  heading: string
  /** Where "Batal" leads to without a script, and what gives the panel back as it is. */
  cancelHref: string
  readHref: string
  /** The fields. */
  children: Child
}

/** The same as a form. Controls stand within it, and so it needs no script where it is a page of its own. */
export function EditPanel({ form, heading, cancelHref, readHref, children }: EditPanelProps) {
  const targets = Object.fromEntries(
    Object.keys(form.values).map((name) => [name, controlId(form, name)]),
  )
  const byHtmx = form.isInline ? sentByHtmx(form) : {}
  return (
    <Record id={form.id} heading={heading} isNew={false}>
      <div class="panel-head">
        <h2 id={`${form.id}-title`}>{heading}</h2>
      </div>
      <form {...formAttributes(form)} {...byHtmx} class="row-form form panel-body">
        <ErrorSummary errors={form.errors} targets={targets} outcome="Belum tersimpan." />
        {children}
        <HiddenFields form={form} />
        <div>
          <EndButtons form={form} cancelHref={cancelHref} rowHref={readHref} />
        </div>
      </form>
    </Record>
  )
}

type RecordProps = { id: string; heading: string; isNew: boolean; children: Child }

function Record({ id, isNew, children }: RecordProps) {
  return (
    <section
      class={`panel record${isNew ? ' panel-new' : ''}`}
      id={id}
      aria-labelledby={`${id}-title`}
      hx-target="this"
      hx-select="unset"
      hx-swap="outerHTML"
      hx-push-url="false"
    >
      {children}
    </section>
  )
}

export type EditFieldProps = Omit<FieldProps, 'id' | 'error'> & {
  form: RowForm
  name: string
  maxLength: number
  autocomplete?: string
}

/** A field of such a form: below it what is wrong with it, and what was typed where somebody else was quicker. */
export function EditField(props: EditFieldProps) {
  const value = props.form.values[props.name] ?? ''
  return (
    <Around {...props}>
      <input
        class="input"
        type="text"
        {...controlOf(props)}
        value={value === '' ? undefined : value}
        maxlength={props.maxLength}
        autocomplete={props.autocomplete ?? 'off'}
      />
    </Around>
  )
}

/** The same of several lines. */
export function EditArea({ rows, ...props }: EditFieldProps & { rows: number }) {
  return (
    <Around {...props}>
      {/* A browser drops the first line break after the tag, so one is written that may be dropped. */}
      <textarea class="input" {...controlOf(props)} maxlength={props.maxLength} rows={rows}>
        {`\n${props.form.values[props.name] ?? ''}`}
      </textarea>
    </Around>
  )
}

function Around({ children, ...props }: EditFieldProps & { children: Child }) {
  const { form, name, label, isOptional = false, hint } = props
  return (
    <Field id={controlId(form, name)} label={label} isOptional={isOptional} hint={hint}>
      {children}
      <Below form={form} name={name} keptWords={form.kept[name]?.value} />
    </Field>
  )
}

function controlOf({ form, name, label, hint }: EditFieldProps) {
  const id = controlId(form, name)
  const keptId = form.kept[name] === undefined ? undefined : `${id}-kept`
  return { id, name, ...describe({ id, label, hint, error: form.errors[name] }, keptId) }
}
