import type { Child } from 'hono/jsx'

export type FieldProps = {
  id: string
  label: string
  isOptional?: boolean
  hint?: Child
  error?: string | undefined
}

/** Label above, hint and error below; `describe` wires them to the control inside. */
export function Field(props: FieldProps & { children: Child }) {
  return (
    <div class="field">
      <label for={props.id}>
        {props.label}
        {props.isOptional ? <span class="optional"> (boleh kosong)</span> : null}
      </label>
      {props.children}
      {props.hint ? (
        <p class="hint" id={`${props.id}-hint`}>
          {props.hint}
        </p>
      ) : null}
      {props.error ? (
        <p class="error" id={`${props.id}-error`}>
          {props.error}
        </p>
      ) : null}
    </div>
  )
}

/** The attributes that tie a control to the messages its Field shows. */
export function describe(props: FieldProps, alsoBy?: string) {
  const ids = [
    props.error ? `${props.id}-error` : '',
    props.hint ? `${props.id}-hint` : '',
    alsoBy ?? '',
  ].filter((id) => id !== '')
  return {
    'aria-invalid': props.error ? 'true' : undefined,
    'aria-describedby': ids.length > 0 ? ids.join(' ') : undefined,
  }
}

export type TextFieldProps = FieldProps & {
  name: string
  value: string
  type?: 'text' | 'email' | 'password' | 'search' | 'date' | 'datetime-local'
  maxLength?: number
  autocomplete?: string
  isRequired?: boolean
  /** The one field of the page to begin with. */
  hasFocus?: boolean
  /** The first and last value the browser's picker offers. The server decides in the end. */
  earliest?: string | undefined
  latest?: string | undefined
}

export function TextField(props: TextFieldProps) {
  const isPerson = props.type === 'email'
  return (
    <Field {...props}>
      <input
        class="input"
        id={props.id}
        name={props.name}
        type={props.type ?? 'text'}
        value={props.value === '' ? undefined : props.value}
        maxlength={props.maxLength}
        autocomplete={props.autocomplete ?? 'off'}
        autocapitalize={isPerson ? 'none' : undefined}
        spellcheck={isPerson ? false : undefined}
        required={props.isRequired}
        autofocus={props.hasFocus}
        min={props.earliest}
        max={props.latest}
        {...describe(props)}
      />
    </Field>
  )
}

export type TextAreaProps = FieldProps & {
  name: string
  value: string
  maxLength: number
  rows?: number
}

export function TextArea(props: TextAreaProps) {
  return (
    <Field {...props}>
      {/* A browser drops the first line break after the tag, so one is written that may be dropped. */}
      <textarea
        class="input"
        id={props.id}
        name={props.name}
        maxlength={props.maxLength}
        rows={props.rows ?? 2}
        {...describe(props)}
      >
        {`\n${props.value}`}
      </textarea>
    </Field>
  )
}
