import { z } from 'zod'
import { apiLitres } from '#src/ledger/input.ts'
import { LOCATION_CODE } from '#src/locations/code.ts'

const code = z
  .string('Isi kode lokasi.')
  .regex(LOCATION_CODE, 'Kode: huruf besar, angka, garis bawah atau strip; paling banyak 32.')

const name = z
  .string('Isi nama lokasi.')
  .trim()
  .min(1, 'Isi nama lokasi.')
  .max(100, 'Nama paling banyak 100 huruf.')
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'Nama memuat tanda yang tidak bisa disimpan.')

const limit = apiLitres.nullable()
const active = z.boolean('Isi true atau false.')

/** What makes a location, for the API. */
export const LocationInput = z
  .strictObject({
    code,
    name,
    capacity: limit.default(null),
    lowStockThreshold: limit.default(null),
    active: active.default(true),
  })
  .transform(({ capacity, lowStockThreshold, ...rest }) => ({
    ...rest,
    capacityLitres: capacity,
    lowStockLitres: lowStockThreshold,
  }))
export type LocationInput = z.output<typeof LocationInput>

/** What may be changed of it; what is left out stays as it is. */
export const LocationChange = z
  .strictObject({ code, name, capacity: limit, lowStockThreshold: limit, active })
  .partial()
  .transform(({ capacity, lowStockThreshold, ...rest }) => ({
    ...rest,
    capacityLitres: capacity,
    lowStockLitres: lowStockThreshold,
  }))
export type LocationChange = { [Field in keyof LocationInput]?: LocationInput[Field] | undefined }
