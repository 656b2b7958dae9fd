import type { WallClock } from '#src/units/business-day.ts'
import { TextField } from '#views/ui/field.tsx'

export type TimeFieldProps = {
  id: string
  name: string
  label: string
  value: string
  error?: string | undefined
  earliest?: WallClock | undefined
  latest: WallClock
  /** What an empty field stands for. */
  whenEmpty?: string
}

const WALL_CLOCK = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/

/**
 * A moment, or nothing for now. A picker drops a value that it cannot read, so what was typed
 * without one comes back in a plain text field.
 */
export function TimeField(props: TimeFieldProps) {
  const whenEmpty = props.whenEmpty ?? 'Sekarang, bila kosong.'
  const isPicked = props.value === '' || isRealClock(props.value)
  return (
    <TextField
      id={props.id}
      name={props.name}
      label={props.label}
      type={isPicked ? 'datetime-local' : 'text'}
      value={props.value}
      error={props.error}
      hint={
        isPicked ? (
          <PickedHint whenEmpty={whenEmpty} />
        ) : (
          `Tulis seperti 23/11/2026 14.05. ${whenEmpty}`
        )
      }
      earliest={isPicked ? props.earliest : undefined}
      latest={isPicked ? props.latest : undefined}
    />
  )
}

function PickedHint({ whenEmpty }: { whenEmpty: string }) {
  return (
    <>
      {whenEmpty}
      <noscript> Tanpa kalender, tulis seperti 23/11/2026 14.05.</noscript>
    </>
  )
}

const isRealClock = (text: string): boolean =>
  WALL_CLOCK.test(text) && !Number.isNaN(Date.parse(`${text}:00Z`))
