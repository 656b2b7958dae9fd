import type { Child } from 'hono/jsx'
import type { EntryView } from '#src/ledger/entry-view.ts'
import {
  CorrectionForm,
  type CorrectionFormProps,
  correctionHeading,
} from '#views/corrections/correction-form.tsx'
import { SettledNotice, type SettledNoticeProps } from '#views/corrections/settled-notice.tsx'
import { HISTORY_COLUMNS } from '#views/history/entries-table.tsx'
import { EntryFacts, inWords } from '#views/history/entry-facts.tsx'
import { HISTORY_PATH } from '#views/history/filter.ts'
import { drawerId } from '#views/ids.ts'

/** The form, or why there is none. */
export type CorrectionContent =
  | { form: CorrectionFormProps; settled?: undefined }
  | { settled: SettledNoticeProps; form?: undefined }

export type CorrectionPageProps = { entry: EntryView; zoneLabel: string } & CorrectionContent

export function CorrectionPage({ entry, zoneLabel, ...content }: CorrectionPageProps) {
  const heading = correctionHeading(entry)
  return (
    <>
      <div class="page-head">
        <div>
          <h1>{heading}</h1>
          <p>{inWords(entry.occurredClock, zoneLabel)}</p>
        </div>
        <p>
          <a href={`${HISTORY_PATH}/${entry.id}`}>Catatan nomor {entry.id}</a>
        </p>
      </div>
      <section class="panel" aria-label={`Catatan nomor ${entry.id}`}>
        <dl class="facts facts-two">
          <EntryFacts entry={entry} zoneLabel={zoneLabel} />
        </dl>
      </section>
      {content.form ? (
        <section class="panel" aria-label="Perbaikan">
          <div class="panel-body">
            <Content {...content} />
          </div>
        </section>
      ) : (
        <Content {...content} />
      )}
    </>
  )
}

/** The same below the entry's row in the history. */
export function CorrectionDrawer({ entry, ...content }: { entry: EntryView } & CorrectionContent) {
  return (
    <tr class="drawer" id={drawerId(entry.id)}>
      <td colspan={HISTORY_COLUMNS}>
        <Content {...content} />
      </td>
    </tr>
  )
}

function Content(content: CorrectionContent): Child {
  return content.form ? (
    <CorrectionForm {...content.form} />
  ) : (
    <SettledNotice {...content.settled} />
  )
}
