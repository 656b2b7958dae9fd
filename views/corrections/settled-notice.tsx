import type { EntryView } from '#src/ledger/entry-view.ts'
import { formatDayClock } from '#src/units/business-day.ts'
import { wayBack } from '#views/corrections/correction-form.tsx'
import { EntryLink } from '#views/history/entry-link.tsx'
import type { CorrectionLinks } from '#views/history/entry-page.tsx'
import { HISTORY_PATH } from '#views/history/filter.ts'
import { ButtonLink, Buttons } from '#views/ui/button.tsx'

export type SettledNoticeProps = {
  entry: EntryView
  correction: CorrectionLinks
  filter: string
  /** Below its row, which tells what was true when the history was loaded. */
  isInline: boolean
  /** Somebody was quicker than this form. */
  isRefusal: boolean
}

/** Where there is nothing left to correct: by what it was done, and what can be corrected instead. */
export function SettledNotice(props: SettledNoticeProps) {
  const { entry, correction, filter, isInline, isRefusal } = props
  return (
    <div
      class={isRefusal ? 'notice bad' : 'notice'}
      {...(isRefusal ? { role: 'alert', tabindex: -1, 'data-errors': '' } : {})}
    >
      {entry.kind === 'reversal' ? (
        <OfReversal {...correction} />
      ) : (
        <OfReversed {...correction} isRefusal={isRefusal} />
      )}
      <Buttons>
        {isInline ? (
          <Reload filter={filter} />
        ) : (
          <ButtonLink href={wayBack(entry.id, filter)}>Kembali ke riwayat</ButtonLink>
        )}
      </Buttons>
    </div>
  )
}

function OfReversal({ originalId, replacement }: CorrectionLinks) {
  return (
    <>
      <h2>Perbaikan tidak bisa diperbaiki.</h2>
      <p>
        Yang diperbaiki: <EntryLink id={originalId} />.
        {replacement ? (
          <>
            {' '}
            Perbaiki penggantinya: <EntryLink id={replacement.id} />.
          </>
        ) : (
          ' Kalau pembatalannya salah, catat sekali lagi.'
        )}
      </p>
    </>
  )
}

function OfReversed({
  reversal,
  replacement,
  isRefusal,
}: CorrectionLinks & { isRefusal: boolean }) {
  const when = formatDayClock(reversal.recordedClock)
  return (
    <>
      <h2>
        {isRefusal ? 'Belum diperbaiki: catatan' : 'Catatan'} ini sudah diperbaiki pada {when} oleh{' '}
        {reversal.userName}.
      </h2>
      <p>
        Alasan: “{reversal.notes}”. Perbaikannya: <EntryLink id={reversal.id} />.
        {replacement ? (
          <>
            {' '}
            Penggantinya: <EntryLink id={replacement.id} />.
          </>
        ) : null}
      </p>
    </>
  )
}

/** Where to and how stands at the root of the history. */
function Reload({ filter }: { filter: string }) {
  const href = `${HISTORY_PATH}${filter === '' ? '' : `?${filter}`}`
  return (
    <a class="button" href={href} hx-get={href} hx-push-url="false">
      Muat ulang riwayat
    </a>
  )
}
