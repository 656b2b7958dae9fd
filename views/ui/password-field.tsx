import { describe, Field, type FieldProps } from '#views/ui/field.tsx'

export type PasswordFieldProps = FieldProps & {
  name: string
  autocomplete: 'current-password' | 'new-password'
  isRequired?: boolean
  /** The one field of the page to begin with. */
  hasFocus?: boolean
}

/**
 * Never filled by the server. Its length is not limited here, since a browser would cut what is pasted without a word. The
 * script sets a button beside it that shows what was typed (public/js/password.ts).
 */
export function PasswordField(props: PasswordFieldProps) {
  return (
    <Field {...props}>
      <div class="password">
        <input
          class="input"
          id={props.id}
          name={props.name}
          type="password"
          autocomplete={props.autocomplete}
          autocapitalize="none"
          spellcheck={false}
          required={props.isRequired}
          autofocus={props.hasFocus}
          data-password
          {...describe(props)}
        />
      </div>
    </Field>
  )
}
