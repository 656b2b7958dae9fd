import { formatLitres, type Litres } from '#src/units/litres.ts'

/** Digits that fit on the widest plate at full size; longer numbers step down so that they are never cut. */
const LONG = 8
const LONGEST = 10

/** The number of a plate: whole litres large, hundredths and unit small. No spaces inside. */
export function LitreNumber({ litres }: { litres: Litres }) {
  const [whole = '0', hundredths = '00'] = formatLitres(litres).split(',')
  return (
    <strong class={`plate-number${sizeClass(whole)}`}>
      {whole}
      <small>,{hundredths}</small>
      <abbr title="liter">L</abbr>
    </strong>
  )
}

function sizeClass(whole: string): string {
  if (whole.length > LONGEST) return ' is-longest'
  return whole.length > LONG ? ' is-long' : ''
}
