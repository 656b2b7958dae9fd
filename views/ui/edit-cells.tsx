import type { Child } from 'hono/jsx'
import { controlId, formId, type RowForm } from '#views/ui/edit-row.tsx'
import { describe } from '#views/ui/field.tsx'
import type { Option } from '#views/ui/select.tsx'

/** A cell of a row that is being edited: its label is seen where cells stand below one another. */
export type EditCellProps = {
  form: RowForm
  name: string
  label: string
  /** Of the cell, the same as where the row is only read: "c-name". */
  class: string
}

export type TextCellProps = EditCellProps & {
  type?: 'text' | 'email'
  inputMode?: 'decimal' | 'numeric'
  maxLength?: number
}

export function TextCell(props: TextCellProps) {
  const { form, name } = props
  const value = form.values[name] ?? ''
  const isPerson = props.type === 'email'
  return (
    <Cell {...props} keptWords={form.kept[name]?.value}>
      <input
        class="input"
        {...controlOf(props)}
        type={props.type ?? 'text'}
        inputmode={props.inputMode}
        value={value === '' ? undefined : value}
        maxlength={props.maxLength}
        autocomplete="off"
        autocapitalize={isPerson ? 'none' : undefined}
        spellcheck={isPerson ? false : undefined}
      />
    </Cell>
  )
}

export function SelectCell(props: EditCellProps & { options: Option[] }) {
  const { form, name, options } = props
  const kept = form.kept[name]?.value
  const words = options.find(({ value }) => value === kept)?.label ?? kept
  return (
    <Cell {...props} keptWords={words}>
      <select class="input" {...controlOf(props)} autocomplete="off">
        {options.map(({ value, label }) => (
          <option value={value} selected={value === (form.values[name] ?? '')}>
            {label}
          </option>
        ))}
      </select>
    </Cell>
  )
}

/** Yes or no; `label` is what it says when it is ticked, `unticked` what it means when it is not. */
export function TickCell(props: EditCellProps & { unticked: string }) {
  const { form, name, label, unticked } = props
  const kept = form.kept[name]?.value
  const words = kept === undefined ? undefined : kept === 'true' ? label : unticked
  return (
    <td class={props.class}>
      <label class="tick" for={controlId(form, name)}>
        <input
          type="checkbox"
          {...controlOf(props)}
          value="true"
          checked={form.values[name] === 'true'}
          autocomplete="off"
        />
        {label}
      </label>
      <Below {...props} keptWords={words} />
    </td>
  )
}

type CellProps = EditCellProps & { keptWords: string | undefined; children: Child }

function Cell({ children, ...props }: CellProps) {
  return (
    <td class={props.class}>
      <label class="label" for={controlId(props.form, props.name)}>
        {props.label}
      </label>
      {children}
      <Below {...props} />
    </td>
  )
}

function controlOf({ form, name, label }: EditCellProps) {
  const id = controlId(form, name)
  const keptId = form.kept[name] === undefined ? undefined : `${id}-kept`
  const described = describe({ id, label, error: form.errors[name] }, keptId)
  return { id, name, form: formId(form), ...described }
}

/**
 * What is wrong with the field, and what this person had typed where somebody else was quicker. That is sent along, so
 * that it stands there again when the form comes back once more.
 */
export function Below({ form, name, keptWords }: Pick<CellProps, 'form' | 'name' | 'keptWords'>) {
  const id = controlId(form, name)
  const error = form.errors[name]
  const kept = form.kept[name]
  return (
    <>
      {error === undefined ? null : (
        <p class="error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
      {kept === undefined || keptWords === undefined ? null : (
        <p class="kept" id={`${id}-kept`} data-field={id}>
          Isian Anda: <b>{keptWords === '' ? 'kosong' : inLines(keptWords)}</b>
          <input type="hidden" form={formId(form)} name={`kept.${name}`} value={kept.value} />
          <input type="hidden" form={formId(form)} name={`beside.${name}`} value={kept.beside} />
        </p>
      )}
    </>
  )
}

/** Several lines begin below one another, in browsers without style sheets, too. */
function inLines(text: string): Child {
  const lines = text.split('\n')
  if (lines.length === 1) return text
  return lines.map((line) => (
    <>
      <br />
      {line}
    </>
  ))
}
