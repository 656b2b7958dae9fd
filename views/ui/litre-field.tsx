import { type Litres, toDecimal } from '#src/units/litres.ts'
import { describe, Field, type FieldProps } from '#views/ui/field.tsx'

export type LitreFieldProps = FieldProps & {
  name: string
  value: string
  isBig?: boolean
  /** What is left at each place before this amount, and whether the amount adds to it: for the echo while typing. */
  balances?: Record<string, Litres>
  direction?: 'in' | 'out'
}

/** Litres as people type them; the browser's script answers in the `<output>` how they are understood. */
export function LitreField(props: LitreFieldProps) {
  const echo = `${props.id}-echo`
  return (
    <Field {...props}>
      <div class={props.isBig ? 'litre big' : 'litre'}>
        <input
          class="input"
          id={props.id}
          name={props.name}
          type="text"
          inputmode="decimal"
          autocomplete="off"
          required={!props.isOptional}
          value={props.value === '' ? undefined : props.value}
          data-litres={props.direction ?? ''}
          data-balances={props.balances ? decimals(props.balances) : undefined}
          {...describe(props, echo)}
        />
        <span class="unit" aria-hidden="true">
          L
        </span>
      </div>
      <output class={props.error ? 'echo' : 'echo echo-waiting'} id={echo} for={props.id} />
    </Field>
  )
}

const decimals = (balances: Record<string, Litres>): string =>
  JSON.stringify(
    Object.fromEntries(Object.entries(balances).map(([code, left]) => [code, toDecimal(left)])),
  )
