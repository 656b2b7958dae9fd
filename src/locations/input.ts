import { z } from 'zod'
import { blankAsAbsent, ticked, typedRequestId, typedVersion } from '#src/http/input.ts'
import { apiLitres, typedLitres } from '#src/ledger/input.ts'
import { LOCATION_CODE } from '#src/locations/code.ts'

const WRONG_CODE = 'Kode: huruf besar, angka, garis bawah atau strip; paling banyak 32.'
const code = z
  .string('Isi kode lokasi.')
  .regex(LOCATION_CODE, WRONG_CODE)
  .meta({ description: 'Kode, yang dipakai di alamat dan berkas.', examples: ['GENSET'] })

/** What a place, a genset or a tug is called. */
export const nameOf = (what: string) =>
  z
    .string(`Isi nama ${what}.`)
    .trim()
    .min(1, `Isi nama ${what}.`)
    .max(100, 'Nama paling banyak 100 huruf.')
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'Nama memuat tanda yang tidak bisa disimpan.')
    .meta({ description: `Nama ${what}.` })

const name = nameOf('lokasi')
const capacity = apiLitres
  .nullable()
  .meta({ description: 'Kapasitas; null bila tidak ditetapkan.' })
const lowStockThreshold = apiLitres
  .nullable()
  .meta({ description: 'Batas stok menipis; null bila tidak ditetapkan.' })
const active = z.boolean('Isi true atau false.').meta({ description: 'Masih dipakai.' })

const WITHOUT = { override: { default: null } }

/** What makes a location, for the API. */
export const LocationInput = z
  .strictObject({
    code,
    name,
    capacity: capacity.default(null).meta(WITHOUT),
    lowStockThreshold: lowStockThreshold.default(null).meta(WITHOUT),
    active: active.default(true),
  })
  .meta({
    id: 'NewLocation',
    description: 'Lokasi yang hendak dibuat.',
    override: { examples: [{ code: 'DERMAGA', name: 'Dermaga timur', capacity: '25000' }] },
  })
  .transform(({ capacity, lowStockThreshold, ...rest }) => ({
    ...rest,
    capacityLitres: capacity,
    lowStockLitres: lowStockThreshold,
  }))
export type LocationInput = z.output<typeof LocationInput>

/** What may be changed of it; what is left out stays as it is. */
export const LocationChange = z
  .strictObject({ code, name, capacity, lowStockThreshold, active })
  .partial()
  .meta({
    id: 'LocationChange',
    description: 'Yang hendak diubah; yang tidak disebut tetap.',
    override: { examples: [{ lowStockThreshold: '5000' }] },
  })
  .transform(({ capacity, lowStockThreshold, ...rest }) => ({
    ...rest,
    capacityLitres: capacity,
    lowStockLitres: lowStockThreshold,
  }))
export type LocationChange = { [Field in keyof LocationInput]?: LocationInput[Field] | undefined }

/** Litres as a person types them, or nothing where there is no limit. */
const typedLimit = z
  .preprocess(blankAsAbsent, typedLitres.optional())
  .transform((litres) => litres ?? null)

/** The row of a location as a form sends it. Small letters of a code are meant as large ones. */
export const TypedLocation = z
  .object({
    code: z.string('Isi kode lokasi.').trim().toUpperCase().min(1, 'Isi kode lokasi.').pipe(code),
    name,
    capacity: typedLimit,
    lowStockThreshold: typedLimit,
    active: ticked,
    version: typedVersion,
    requestId: typedRequestId,
  })
  .transform(({ capacity, lowStockThreshold, version, requestId, ...rest }) => ({
    location: { ...rest, capacityLitres: capacity, lowStockLitres: lowStockThreshold },
    version,
    requestId,
  }))
