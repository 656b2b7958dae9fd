import { KeyFacts } from '#views/keys/key-facts.tsx'
import { DOCS_PATH, KEYS_PATH, type KeyRow } from '#views/keys/words.ts'
import { CopyButton } from '#views/ui/copy-button.tsx'
import { describe, Field } from '#views/ui/field.tsx'
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
  const field = {
    id: SECRET_ID,
    label: 'Kunci',
    hint: 'Simpan di program itu saja. Siapa pun yang memegangnya bertindak atas nama kunci ini.',
  }
  return (
    <Panel id="made-key" heading="Salin kuncinya sekarang">
      <div class="panel-body form">
        <p>
          <strong>Kunci ini hanya ditampilkan sekali.</strong> Sesudah halaman ini ditutup, tidak
          ada yang bisa melihatnya lagi.
        </p>
        <div class="copied">
          <Field {...field}>
            <input
              class="input secret"
              id={SECRET_ID}
              type="text"
              value={secret}
              readonly
              autocomplete="off"
              spellcheck={false}
              {...describe(field)}
            />
          </Field>
          <CopyButton of={SECRET_ID} label="Salin kunci" />
        </div>
        <div class="copied">
          <div>
            <h3>
              {row.scope === 'read' ? 'Contoh: membaca sisa stok' : 'Contoh: mencatat pemakaian'}
            </h3>
            <pre class="command" id={EXAMPLE_ID}>
              {commandFor(row, { secret, origin })}
            </pre>
            {row.scope === 'book' ? (
              <p class="hint">
                Ganti LITER dengan jumlahnya; perintah ini benar-benar mencatat. Beri setiap catatan
                Idempotency-Key sendiri: yang terkirim dua kali dicatat sekali.
              </p>
            ) : null}
          </div>
          <CopyButton of={EXAMPLE_ID} label="Salin contoh" />
        </div>
        <p>
          Alamat lain yang boleh dipakai kunci ini ada di <a href={DOCS_PATH}>dokumentasi API</a>.
        </p>
      </div>
    </Panel>
  )
}

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
