import type { KeptField, KeptForm } from '#src/http/kept-form.ts'
import { formatDayClock } from '#src/units/business-day.ts'
import { CONSUMER_KIND_LABELS, type ConsumerKind } from '#views/consumers/kind-labels.ts'
import { MessagePanel, type MessagePanelProps } from '#views/errors/message-panel.tsx'
import { entryFormHeading } from '#views/stock/entry-form.tsx'
import { Button, ButtonLink, Buttons } from '#views/ui/button.tsx'

export type KeptPageProps = Pick<MessagePanelProps, 'status' | 'requestId' | 'retryAfter'> & {
  form: KeptForm
}

const SIGN_OUT = '/logout'
const TITLES: Record<number, string> = {
  429: 'Terlalu banyak permintaan',
  503: 'Basis data sedang tidak terjangkau',
}
/** What became of what was sent. */
const OUTCOMES: Record<number, string> = {
  429: 'Kiriman ini belum tercatat.',
  503: 'Anda tetap masuk, tetapi kiriman ini belum pasti tercatat.',
}

/** Fields that people fill in, by the words of their forms. Others are sent again unseen. */
const LABELS: Record<string, string> = {
  location: 'Lokasi',
  amount: 'Jumlah (L)',
  occurredAt: 'Waktu',
  consumer: 'Untuk',
  reference: 'No. surat',
  notes: 'Keterangan',
  'replacement.amount': 'Jumlah yang benar (L)',
  'replacement.occurredAt': 'Waktu',
  'replacement.consumer': 'Untuk',
  'replacement.reference': 'No. surat',
  'replacement.notes': 'Keterangan',
  reason: 'Alasan',
  email: 'Email',
  name: 'Nama',
  code: 'Kode',
  capacity: 'Kapasitas (L)',
  lowStockThreshold: 'Batas stok menipis (L)',
  kind: 'Jenis',
  power: 'Daya (kW)',
  active: 'Aktif',
  companyName: 'Nama perusahaan',
  alertRecipients: 'Penerima peringatan',
  'signatories.prepared.name': 'Dibuat, nama',
  'signatories.prepared.position': 'Dibuat, jabatan',
  'signatories.checked.name': 'Diperiksa, nama',
  'signatories.checked.position': 'Diperiksa, jabatan',
  'signatories.acknowledged.name': 'Mengetahui, nama',
  'signatories.acknowledged.position': 'Mengetahui, jabatan',
  'signatories.approved.name': 'Menyetujui, nama',
  'signatories.approved.position': 'Menyetujui, jabatan',
}

export function keptTitle(status: number, action: string): string {
  if (action === SIGN_OUT) return 'Anda belum keluar'
  return TITLES[status] ?? 'Ada yang salah di sisi kami'
}

/** A form that could not be answered: what was typed into it, and a button that sends the very same again. */
export function KeptPage({ form, ...sign }: KeptPageProps) {
  return (
    <MessagePanel
      {...sign}
      heading={keptTitle(sign.status, form.action)}
      sentence={sentenceFor(sign, form)}
    >
      <Typed form={form} />
      {form.hasSecret ? (
        <Buttons>
          <ButtonLink look="primary" href={form.action}>
            Kembali ke formulir
          </ButtonLink>
        </Buttons>
      ) : (
        <SendAgain form={form} />
      )}
    </MessagePanel>
  )
}

type Sign = Omit<KeptPageProps, 'form'>

function sentenceFor({ status, retryAfter }: Sign, form: KeptForm): string {
  const { action, fields, hasSecret } = form
  // Only of too many is it known how long they last.
  const wait = status === 429 && retryAfter ? `tunggu ${retryAfter} detik` : 'tunggu sebentar'
  if (action === SIGN_OUT) {
    const reason = status === 429 ? 'Terlalu banyak permintaan' : 'Layanan sedang tidak terjangkau'
    return `${reason}, jadi Anda masih masuk. Coba keluar lagi sebentar.`
  }
  const isKeyed = fields.some(({ name, value }) => name === 'requestId' && value !== '')
  return [
    OUTCOMES[status] ?? 'Permintaan ini tidak selesai.',
    hasSecret
      ? `Isiannya ada di bawah ini, kecuali kata sandi: ${wait}, buka formulirnya, lalu isi kembali.`
      : `Isiannya masih ada di bawah ini: ${wait}, lalu kirim lagi.`,
    isKeyed && !hasSecret ? 'Tidak akan tercatat dua kali.' : '',
    OUTCOMES[status] ? '' : 'Bila terulang, beri tahu admin nomor di bawah ini.',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ')
}

function Typed({ form: { action, fields } }: { form: KeptForm }) {
  const typed = fields.filter(
    ({ name, value }) =>
      Object.hasOwn(LABELS, name) &&
      value.trim() !== '' &&
      (name !== 'kind' || isChosenKind(value)),
  )
  if (typed.length === 0) return null
  return (
    <>
      <h2>{headingOf(action, fields)}</h2>
      <dl class="facts">
        {typed.map((field) => (
          <div>
            <dt>{LABELS[field.name]}</dt>
            <dd class="as-typed">{shown(field)}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

function SendAgain({ form: { action, fields } }: { form: KeptForm }) {
  return (
    <form method="post" action={action}>
      {fields.map(({ name, value }) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <Buttons>
        <Button look="primary">{action === SIGN_OUT ? 'Keluar' : 'Kirim lagi'}</Button>
      </Buttons>
    </form>
  )
}

function headingOf(action: string, fields: KeptField[]): string {
  const isOpening = fields.some(({ name, value }) => name === 'kind' && value === 'opening')
  if (action === '/stock/in') return entryFormHeading(isOpening ? 'opening' : 'delivery')
  if (action === '/stock/corrections') return 'Perbaikan'
  return action === '/stock/out' ? entryFormHeading('usage') : 'Isian Anda'
}

/** A picker, a list and a box send what nobody has seen. */
function shown({ name, value }: KeptField): string {
  if (name.endsWith('occurredAt') && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(value))
    return formatDayClock(value)
  if (name === 'kind' && isChosenKind(value)) return CONSUMER_KIND_LABELS[value]
  return name === 'active' && value === 'true' ? 'Ya' : value
}

/** Of a genset or tug it is chosen; of a booking it is hidden. */
const isChosenKind = (value: string): value is ConsumerKind =>
  Object.hasOwn(CONSUMER_KIND_LABELS, value)
