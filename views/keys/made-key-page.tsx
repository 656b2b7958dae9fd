import { KeyFacts } from '#views/keys/key-facts.tsx'
import { KEYS_PATH, type KeyRow } from '#views/keys/words.ts'
import { DOCS_PATH } from '#views/openapi/words.ts'
import { ButtonLink, Buttons } from '#views/ui/button.tsx'
import { CopyButton } from '#views/ui/copy-button.tsx'
import { Notice } from '#views/ui/notice.tsx'
import { Panel } from '#views/ui/panel.tsx'

export type MadeKeyPageProps = {
  row: KeyRow
  /** Null where it can no longer be shown. */
  secret: string | null
  /** What a program puts before the path. */
  origin: string
}

const SECRET_ID = 'secret'
const EXAMPLE_ID = 'example'
const EXAMPLE_HEADINGS = { read: 'Contoh: membaca sisa stok', book: 'Contoh: mencatat pemakaian' }

/** The one page on which a key can be read. */
export function MadeKeyPage({ row, secret, origin }: MadeKeyPageProps) {
  return (
    <>
      <div class="page-head">
        <h1>Kunci API dibuat</h1>
        <p>
          <a href={KEYS_PATH}>Semua kunci</a>
        </p>
      </div>
      {secret === null ? <Hidden /> : <Secret row={row} secret={secret} origin={origin} />}
      <section class="panel" aria-label="Rincian kunci">
        <KeyFacts row={row} />
      </section>
    </>
  )
}

function Hidden() {
  return (
    <Notice tone="low" heading="Kunci ini sudah pernah ditampilkan">
      <p>Kunci hanya ditampilkan sekali. Bila hilang, cabut kunci ini lalu buat yang baru.</p>
    </Notice>
  )
}

function Secret({ row, secret, origin }: { row: KeyRow; secret: string; origin: string }) {
  return (
    <Panel id="made-key" heading="Salin kuncinya sekarang">
      <div class="panel-body form made-key">
        <p>
          <strong>Kunci ini hanya ditampilkan sekali.</strong> Sesudah halaman ini ditutup, tidak
          ada yang bisa melihatnya lagi.
        </p>
        <div>
          <h3>Kunci</h3>
          <pre class="command command-whole" id={SECRET_ID}>
            {secret}
          </pre>
          <p class="hint">
            Simpan di program itu saja. Siapa pun yang memegangnya bertindak atas nama kunci ini.
          </p>
          <CopyButton of={SECRET_ID} label="Salin kunci" />
        </div>
        <div>
          <h3>{EXAMPLE_HEADINGS[row.scope]}</h3>
          <pre class="command" id={EXAMPLE_ID}>
            {commandFor(row, { secret, origin })}
          </pre>
          {row.scope === 'book' ? <BookingHint /> : null}
          <CopyButton of={EXAMPLE_ID} label="Salin contoh" />
        </div>
        <Buttons>
          <ButtonLink href={DOCS_PATH}>Dokumentasi API</ButtonLink>
        </Buttons>
      </div>
    </Panel>
  )
}

const BookingHint = () => (
  <p class="hint">
    Ganti LITER dengan jumlahnya; perintah ini benar-benar mencatat. Beri setiap catatan
    Idempotency-Key sendiri: yang terkirim dua kali dicatat sekali.
  </p>
)

function commandFor(
  { scope }: KeyRow,
  { secret, origin }: { secret: string; origin: string },
): string {
  const key = `-H 'Authorization: Bearer ${secret}'`
  if (scope === 'read') return `curl ${key} ${origin}/api/stock/summary`
  return [
    `curl ${key} -H 'Content-Type: application/json'`,
    `-H 'Idempotency-Key: contoh-1' -d '{"amount": "LITER"}'`,
    `${origin}/api/stock/out`,
  ].join(' ')
}
