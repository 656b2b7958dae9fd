import { isDay } from '#src/units/business-day.ts'
import type { Errors } from '#views/ui/error-summary.tsx'
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

export type PeriodFieldsProps = { values: { startDate: string; endDate: string }; errors: Errors }

/** The first and the last day of what is shown. */
export function PeriodFields({ values, errors }: PeriodFieldsProps) {
  return (
    <>
      <DateField
        name="startDate"
        label="Dari tanggal"
        value={values.startDate}
        error={errors.startDate}
      />
      <DateField
        name="endDate"
        label="Sampai tanggal"
        value={values.endDate}
        error={errors.endDate}
      />
    </>
  )
}
