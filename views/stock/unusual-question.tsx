import { formatLitres, type Litres, toDecimal } from '#src/units/litres.ts'
import { Button, ButtonLink, Buttons } from '#views/ui/button.tsx'

/** What the button sends that confirms taking an entry back, which has no amount of its own. */
export const REVERSAL = 'reversal'

/** Why an amount looks like a slip of the finger, in a sentence. Without litres an entry is taken back. */
export type Question = { sentence: string; litres: Litres | null }

export type UnusualQuestionProps = {
  question: Question | null
  /** What the button will do: "catat". */
  verb: string
  amountId: string
}

/** Not an error: the form may be sent as it is, by the button that says what it will book. */
export function UnusualQuestion({ question, verb, amountId }: UnusualQuestionProps) {
  if (question === null) return null
  const { litres } = question
  const amount = litres === null ? 'pembatalan' : `${formatLitres(litres)} liter`
  return (
    <div class="notice low" role="alert" tabindex={-1} data-question>
      <h2>Periksa dulu: {amount}</h2>
      <p>
        {question.sentence} {litres === null ? 'Tetap batalkan?' : 'Angkanya benar?'}
      </p>
      <Buttons>
        <Button
          look="primary"
          name="confirmUnusual"
          value={litres === null ? REVERSAL : toDecimal(litres)}
        >
          {`Ya, ${verb} ${amount}`}
        </Button>{' '}
        {litres === null ? null : <ButtonLink href={`#${amountId}`}>Ubah angka</ButtonLink>}
      </Buttons>
    </div>
  )
}
