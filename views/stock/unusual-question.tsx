import { formatLitres, type Litres, toDecimal } from '#src/units/litres.ts'
import { Button, ButtonLink, Buttons } from '#views/ui/button.tsx'

/** Why an amount looks like a slip of the finger, in a sentence. */
export type Question = { sentence: string; litres: Litres }

export type UnusualQuestionProps = {
  question: Question | null
  /** What the button will do: "catat". */
  verb: string
  amountId: string
}

/** Not an error: the form may be sent as it is, by the button that says what it will book. */
export function UnusualQuestion({ question, verb, amountId }: UnusualQuestionProps) {
  if (question === null) return null
  const amount = `${formatLitres(question.litres)} liter`
  return (
    <div class="notice low" role="alert" tabindex={-1} data-question>
      <h2>Periksa dulu: {amount}</h2>
      <p>{question.sentence} Angkanya benar?</p>
      <Buttons>
        <Button look="primary" name="confirmUnusual" value={toDecimal(question.litres)}>
          {`Ya, ${verb} ${amount}`}
        </Button>{' '}
        <ButtonLink href={`#${amountId}`}>Ubah angka</ButtonLink>
      </Buttons>
    </div>
  )
}
