import type { Draft } from '#src/imports/draft.ts'
import { bookedInWords } from '#views/imports/outcome-notice.tsx'
import { IMPORTS_PATH } from '#views/imports/paths.ts'
import { Button, Buttons } from '#views/ui/button.tsx'

/** The revision tells the server which state of the draft the person has seen. */
export function BookForm({ draft, formToken }: { draft: Draft; formToken: string }) {
  const { id, revision } = draft
  return (
    <form method="post" action={IMPORTS_PATH} aria-label="Bukukan berkas">
      <input type="hidden" name="formToken" value={formToken} />
      <input type="hidden" name="draft" value={id} />
      <input type="hidden" name="revision" value={String(revision)} />
      <Buttons>
        <Button look="primary">{`Bukukan ${bookedInWords(draft)}`}</Button>
      </Buttons>
    </form>
  )
}
