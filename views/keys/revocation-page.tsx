import { formatDayClock } from '#src/units/business-day.ts'
import { KeyFacts } from '#views/keys/key-facts.tsx'
import { KEYS_PATH, type KeyRow, revocationHref } from '#views/keys/words.ts'
import { Button, ButtonLink, Buttons } from '#views/ui/button.tsx'
import { Notice } from '#views/ui/notice.tsx'

export type RevocationPageProps = { formToken: string; requestId: string; row: KeyRow }

/** Asks once more before a key ends for good. */
export function RevocationPage({ formToken, requestId, row }: RevocationPageProps) {
  const { id, name, revokedClock } = row
  return (
    <>
      <div class="page-head">
        <h1>Cabut kunci API</h1>
        <p>
          <a href={KEYS_PATH}>Semua kunci</a>
        </p>
      </div>
      {revokedClock === null ? null : (
        <Notice heading={`Kunci ini sudah dicabut pada ${formatDayClock(revokedClock)}`}>
          <p>Kunci yang dicabut tidak bisa dipakai lagi. Buat kunci baru bila perlu.</p>
        </Notice>
      )}
      <section class="panel" aria-label={`Rincian kunci ${name}`}>
        <KeyFacts row={row} />
        {revokedClock === null ? (
          <form class="panel-body form revocation" method="post" action={revocationHref(id)}>
            <input type="hidden" name="formToken" value={formToken} />
            <input type="hidden" name="requestId" value={requestId} />
            <p>
              Program yang memakai kunci ini langsung ditolak. Pencabutan tidak bisa dibatalkan;
              catatan yang sudah dibuatnya tetap ada.
            </p>
            <Buttons>
              <Button look="danger">Cabut kunci ini</Button>
              <ButtonLink href={KEYS_PATH}>Batal</ButtonLink>
            </Buttons>
          </form>
        ) : null}
      </section>
    </>
  )
}
