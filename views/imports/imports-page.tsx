import type { Draft } from '#src/imports/draft.ts'
import type { PastImport } from '#src/imports/queries.ts'
import { PastImports } from '#views/imports/past-imports.tsx'
import { previewHref } from '#views/imports/paths.ts'
import { UploadForm, type UploadFormProps } from '#views/imports/upload-form.tsx'
import { ButtonLink, Buttons } from '#views/ui/button.tsx'
import { Notice } from '#views/ui/notice.tsx'
import { Panel } from '#views/ui/panel.tsx'

export type ImportsPageProps = {
  form: UploadFormProps
  /** Uploaded and not yet booked. */
  open: Pick<Draft, 'id' | 'fileName'> | null
  past: PastImport[]
  zoneLabel: string
}

/** Where a file is brought in, and which were before. */
export function ImportsPage({ form, open, past, zoneLabel }: ImportsPageProps) {
  return (
    <div class="imports">
      <div class="page-head">
        <h1>Impor catatan</h1>
      </div>
      {open ? <OpenNotice {...open} /> : null}
      <div class="desk desk-import">
        <Panel id="upload" heading="Unggah berkas">
          <div class="panel-body">
            <UploadForm {...form} />
          </div>
        </Panel>
        <Panel id="file-help" heading="Isi berkas">
          <div class="panel-body">
            <FileHelp />
          </div>
        </Panel>
      </div>
      <PastImports past={past} zoneLabel={zoneLabel} />
    </div>
  )
}

function OpenNotice({ id, fileName }: Pick<Draft, 'id' | 'fileName'>) {
  return (
    <Notice heading="Berkas Anda belum dibukukan">
      <p class="file-name">{fileName}</p>
      <Buttons>
        <ButtonLink href={previewHref(id)}>Lanjutkan</ButtonLink>
      </Buttons>
    </Notice>
  )
}

function FileHelp() {
  return (
    <div class="file-help">
      <p>
        Baris pertama berisi judul kolom: <code>tanggal</code>, <code>jenis</code>,{' '}
        <code>lokasi</code>, <code>jumlah</code>, lalu bila ada <code>keterangan</code> dan{' '}
        <code>referensi</code>.
      </p>
      <ul>
        <li>Jenis: Masuk atau Keluar.</li>
        <li>Lokasi: kodenya, misalnya GENSET.</li>
        <li>Tanggal dan jam: misalnya 31/01/2026 14.05. Tanpa jam berarti pukul 00.00.</li>
        <li>Jumlah: liter, misalnya 1.250,50.</li>
      </ul>
      <p>
        Berkas yang diunduh dari Riwayat (Excel atau CSV) bisa diimpor apa adanya. Dari buku kerja
        Excel hanya lembar pertama yang dibaca.
      </p>
    </div>
  )
}
