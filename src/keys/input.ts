import { z } from 'zod'
import { KEY_SCOPES } from '#src/database/schema/users.ts'
import { blankAsAbsent, typedRequestId } from '#src/http/input.ts'
import { LOCATION_CODE } from '#src/locations/code.ts'

export const MAX_NAME = 100

const name = z
  .string('Isi nama kunci.')
  .trim()
  .min(1, 'Isi nama kunci.')
  .max(MAX_NAME, `Nama paling banyak ${MAX_NAME} huruf.`)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'Nama memuat tanda yang tidak bisa disimpan.')
  .meta({
    description: 'Nama program atau alatnya; tampil sebagai pencatat.',
    override: { examples: ['Flow meter genset 1'] },
  })

const scope = z
  .enum(KEY_SCOPES, 'Pilih apa yang boleh dilakukan kunci ini.')
  .meta({ description: 'read: membaca. book: mencatat di satu lokasi.' })

const location = z
  .string('Pilih lokasi.')
  .regex(LOCATION_CODE, 'Lokasi tidak dikenal.')
  .nullish()
  .transform((value) => value ?? null)
  .meta({
    description: 'Kode lokasi. Wajib untuk book; tanpa ini read membaca semua lokasi.',
    override: { examples: ['GENSET'] },
  })

type Reach = { scope: (typeof KEY_SCOPES)[number]; location: string | null }
/** Whoever books does so at one place, where it can be seen who is to be asked. */
const hasPlaceToBook = ({ scope, location }: Reach) => scope !== 'book' || location !== null
const NO_PLACE = { path: ['location'], error: 'Pilih lokasi tempat kunci ini mencatat.' }

/** What makes a key: `POST /api/keys`. A key without a location reads all of them. */
export const KeyInput = z
  .strictObject({ name, scope, location })
  .refine(hasPlaceToBook, NO_PLACE)
  .meta({
    id: 'NewKey',
    description: 'Kunci yang hendak dibuat.',
    override: { examples: [{ name: 'Flow meter genset 1', scope: 'book', location: 'GENSET' }] },
  })
export type KeyInput = z.output<typeof KeyInput>

/** The same as a form sends it. */
export const TypedKey = z
  .object({
    name,
    scope,
    location: z.preprocess(blankAsAbsent, location),
    requestId: typedRequestId,
  })
  .refine(hasPlaceToBook, NO_PLACE)

export const TypedRevocation = z.object({ requestId: typedRequestId })
