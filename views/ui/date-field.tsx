import { isDay } from '#src/units/business-day.ts'
import { TextField } from '#views/ui/field.tsx'

export type DateFieldProps = {
  name: string
  label: string
  value: string
  error: string | undefined
}

/** A picker drops what it cannot read as a day, so nonsense comes back in a plain text field. */
export function DateField({ name, label, value, error }: DateFieldProps) {
  const isPicked = value === '' || isDay(value)
  return (
    <TextField
      id={name}
      name={name}
      type={isPicked ? 'date' : 'text'}
      label={label}
      value={value}
      error={error}
    />
  )
}
