import type { EntryType } from '#src/ledger/entry-view.ts'
import { formatSigned, type Litres } from '#src/units/litres.ts'

export type SignedProps = { as: 'b' | 'dd'; type: EntryType; litres: Litres; unit?: string }

/** Litres in or out by sign and colour; a zero has neither. `litres` counts up for both. */
export function Signed({ as: Tag, type, litres, unit }: SignedProps) {
  const text = `${signedText(type, litres)}${unit ? ` ${unit}` : ''}`
  return <Tag class={litres === 0n ? undefined : moveClass(type)}>{text}</Tag>
}

export const signedText = (type: EntryType, litres: Litres): string =>
  formatSigned(type === 'IN' ? litres : -litres)

export const moveClass = (type: EntryType): 'in' | 'out' => (type === 'IN' ? 'in' : 'out')
