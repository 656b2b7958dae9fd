import { describe, Field, type FieldProps } from '#views/ui/field.tsx'

export type Option = { value: string; label: string }
export type OptionGroup = { label: string; options: Option[] }

export type SelectProps = FieldProps & {
  name: string
  value: string
  options: (Option | OptionGroup)[]
  /** Further attributes of the control, such as `hx-get`. */
  enhance?: Record<string, string>
}

export function Select(props: SelectProps) {
  return (
    <Field {...props}>
      <select
        class="input"
        id={props.id}
        name={props.name}
        autocomplete="off"
        {...describe(props)}
        {...props.enhance}
      >
        {props.options.map((option) =>
          'options' in option ? (
            <optgroup label={option.label}>
              {option.options.map((each) => (
                <Choice option={each} chosen={props.value} />
              ))}
            </optgroup>
          ) : (
            <Choice option={option} chosen={props.value} />
          ),
        )}
      </select>
    </Field>
  )
}

function Choice({ option, chosen }: { option: Option; chosen: string }) {
  return (
    <option value={option.value} selected={option.value === chosen}>
      {option.label}
    </option>
  )
}
