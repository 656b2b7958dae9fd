import { z } from 'zod'
import { typedRequestId, typedVersion } from '#src/http/input.ts'
import type { Settings, Signatory, Signature } from '#src/settings/queries.ts'

export const MAX_NAME = 100
export const MAX_RECIPIENTS = 20
/** What the table holds for one setting. */
const MAX_VALUE = 1000
const TOO_MANY = `Paling banyak ${MAX_RECIPIENTS} email.`
const TOO_LONG = 'Daftar ini terlalu panjang untuk disimpan. Kurangi isinya.'

const text = (label: string) =>
  z
    .string(`Isi ${label.toLowerCase()}.`)
    .trim()
    .max(MAX_NAME, `${label} paling banyak ${MAX_NAME} huruf.`)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, `${label} memuat tanda yang tidak bisa disimpan.`)

const companyName = text('Nama perusahaan').meta({ description: 'Nama perusahaan.' })
const name = text('Nama').meta({ description: 'Nama penanda tangan.' })
const position = text('Jabatan').meta({ description: 'Jabatannya.' })

const Address = z.string().trim().toLowerCase().max(254).pipe(z.email())

/** Addresses, each once; the message names the line that is none. */
const recipients = z
  .array(z.string('Isi email.'), 'Isi daftar email.')
  .max(1000, TOO_MANY)
  .transform((lines, context) => {
    const found = new Set<string>()
    for (const [at, line] of lines.entries()) {
      if (line.trim() === '') continue
      const address = Address.safeParse(line)
      if (address.success) found.add(address.data)
      else {
        const shown = line.trim().slice(0, 60)
        context.addIssue(`Baris ${at + 1}, “${shown}”, bukan email yang lengkap.`)
        return z.NEVER
      }
    }
    return [...found]
  })
  .refine((addresses) => addresses.length <= MAX_RECIPIENTS, TOO_MANY)
  .refine((addresses) => JSON.stringify(addresses).length <= MAX_VALUE, TOO_LONG)
  .meta({
    description: `Email yang diberi tahu stok menipis, paling banyak ${MAX_RECIPIENTS}.`,
  })

const signatory = z
  .strictObject({ name, position })
  .meta({ description: 'Penanda tangan laporan.' })

/** What `PATCH /api/settings` may carry; what is left out stays as it is. */
export const SettingsChange = z
  .strictObject({
    companyName,
    alertRecipients: recipients,
    signatories: z
      .strictObject({
        prepared: signatory,
        checked: signatory,
        acknowledged: signatory,
        approved: signatory,
      })
      .partial(),
  })
  .partial()
  .meta({
    id: 'SettingsChange',
    description: 'Yang hendak diubah; yang tidak disebut tetap.',
    override: { examples: [{ companyName: 'PT Pelayaran Laut Biru' }] },
  })
export type SettingsChange = {
  [Field in Exclude<keyof Settings, 'signatories'>]?: Settings[Field] | undefined
} & { signatories?: { [Each in Signature]?: Signatory | undefined } | undefined }

const keys = { version: typedVersion, requestId: typedRequestId }

/** The forms of the parts of `/settings`. Each carries all of its part. */
export const TypedParts = {
  company: z
    .object({ companyName, ...keys })
    .transform(({ companyName: given, ...rest }) => ({ change: { companyName: given }, ...rest })),
  recipients: z
    .object({
      alertRecipients: z
        .string('Isi daftar email.')
        .transform((lines) => lines.split(/\r?\n/))
        .pipe(recipients),
      ...keys,
    })
    .transform(({ alertRecipients, ...rest }) => ({ change: { alertRecipients }, ...rest })),
  signatories: z
    .object({
      'signatories.prepared.name': name,
      'signatories.prepared.position': position,
      'signatories.checked.name': name,
      'signatories.checked.position': position,
      'signatories.acknowledged.name': name,
      'signatories.acknowledged.position': position,
      'signatories.approved.name': name,
      'signatories.approved.position': position,
      ...keys,
    })
    .transform(({ version, requestId, ...fields }) => {
      const signatoryOf = (signature: Signature): Signatory => ({
        name: fields[`signatories.${signature}.name`],
        position: fields[`signatories.${signature}.position`],
      })
      const signatories = {
        prepared: signatoryOf('prepared'),
        checked: signatoryOf('checked'),
        acknowledged: signatoryOf('acknowledged'),
        approved: signatoryOf('approved'),
      }
      return { change: { signatories }, version, requestId }
    }),
}
